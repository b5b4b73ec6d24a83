import { PlatformError } from "../error";

/** One piece of a message in text form: text, or a code with its parameters, all as text. */
export interface CqSegment {
  type: string;
  data: Record<string, string>;
}

const code = /\[CQ:([A-Za-z][\w.-]*)((?:,[^,=[\]]+=[^,[\]]*)*)\]/g;
const name = /^[A-Za-z][\w.-]*$/;
const key = /^[^,=[\]]+$/;

const escaped: Readonly<Record<string, string>> = { "&": "&amp;", "[": "&#91;", "]": "&#93;", ",": "&#44;" };
const plain = Object.fromEntries(Object.entries(escaped).map(([char, entity]) => [entity, char]));

function unescapeCq(text: string): string {
  // One pass: `&amp;#91;` is the text `&#91;`, not a bracket.
  return text.replace(/&(?:amp|#91|#93|#44);/g, (entity) => plain[entity] ?? entity);
}

/** Makes of any text one in which nothing is a code. */
export function escapeCqText(text: string): string {
  return text.replace(/[&[\]]/g, (char) => escaped[char] ?? char);
}

function escapeValue(text: string): string {
  return text.replace(/[&[\],]/g, (char) => escaped[char] ?? char);
}

/** The pieces of a message in text form, in order. Takes any text: what is no well-formed code is text. Never throws. */
export function parseCqCode(message: string): CqSegment[] {
  const segments: CqSegment[] = [];
  // Neighbouring texts are one: in the written form nothing tells them apart.
  const addText = (text: string) => {
    const last = segments.at(-1);
    if (last?.type === "text") last.data.text += text;
    else if (text !== "") segments.push({ type: "text", data: { text } });
  };
  let end = 0;
  for (const match of message.matchAll(code)) {
    addText(unescapeCq(message.slice(end, match.index)));
    end = match.index + match[0].length;
    const [, type = "", parameters = ""] = match;
    const pairs = parameters.split(",").slice(1);
    const data = pairs.map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), unescapeCq(pair.slice(at + 1))];
    });
    const fields = Object.fromEntries(data);
    if (type === "text") addText(fields.text ?? match[0]);
    else segments.push({ type, data: fields });
  }
  addText(unescapeCq(message.slice(end)));
  return segments;
}

function writeValue(type: string, field: string, value: unknown): string {
  if (typeof value === "string") return escapeValue(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  throw new PlatformError("invalid_input", { isSent: false, detail: { field: `${type}.${field}` } });
}

/**
 * A message in text form. Parameters that are undefined or null are left out. Throws PlatformError `invalid_input`,
 * naming the field, for what has no text form: nested parameters and names that would break the code.
 */
export function writeCqCode(
  segments: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[],
): string {
  return segments
    .map(({ type, data }) => {
      if (type === "text") {
        if (typeof data.text === "string") return escapeCqText(data.text);
        throw new PlatformError("invalid_input", { isSent: false, detail: { field: "text.text" } });
      }
      if (!name.test(type)) throw new PlatformError("invalid_input", { isSent: false, detail: { field: "type" } });
      const pairs = Object.entries(data).filter(([, value]) => value !== undefined && value !== null);
      const parameters = pairs.map(([field, value]) => {
        if (!key.test(field)) throw new PlatformError("invalid_input", { isSent: false, detail: { field: type } });
        return `,${field}=${writeValue(type, field, value)}`;
      });
      return `[CQ:${type}${parameters.join("")}]`;
    })
    .join("");
}
