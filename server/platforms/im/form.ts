import { randomBytes } from "node:crypto";
import { PlatformError } from "../error";

export type Field = readonly [name: string, value: string];

function toText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
  throw new PlatformError("invalid_input", { isSent: false, detail: { field: name } });
}

/**
 * An input as the server reads it: plain names, a list as its name repeated, nothing for what is left out. Throws
 * `invalid_input` for a value that no form can carry.
 */
export function toFields(input: unknown): Field[] {
  // Inputs of the rows are objects: each was parsed by its row.
  return Object.entries(input as Record<string, unknown>).flatMap(([name, value]): Field[] => {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.map((each: unknown): Field => [name, toText(name, each)]);
    return [[name, toText(name, value)]];
  });
}

/** Names of ours have none of these; escaped as browsers do, so that nothing ever leaves the quotes. */
function quoted(name: string): string {
  return name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
}

/**
 * A multipart body. Written by hand because undici's FormData turns every line break of a value into CRLF: a message
 * would arrive with other line breaks than it was typed with. The boundary is random, so no value can end its part.
 */
export function encodeForm(fields: readonly Field[]): { contentType: string; body: Buffer } {
  const boundary = `----gatehouse${randomBytes(16).toString("hex")}`;
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value.toWellFormed()}\r\n`,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.from(`${parts.join("")}--${boundary}--\r\n`, "utf8"),
  };
}
