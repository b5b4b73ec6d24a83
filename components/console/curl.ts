import type { HttpCall } from "../api";
import { toJsonText } from "../json-text";

/**
 * The call as a command to paste into a POSIX shell: the bot's address and token as its variables, secrets masked as they
 * are in `call`.
 */
export function toCurl({ method, path, token, kind, content, bytes = "" }: HttpCall): string {
  const lines = [`curl${kind === "query" ? " -G" : ` -X ${method}`} "$URL${path}"`];
  if (token === "bearer") lines.push(`-H "Authorization: Bearer $TOKEN"`);
  if (token === "raw") lines.push(`-H "Authorization: $TOKEN"`);
  if (token === "token") lines.push(`-H "token: $TOKEN"`);
  if (kind === "json") lines.push("-H 'Content-Type: application/json'", `--data-raw ${quoted(toJson(content))}`);
  // Not -F, which would read a file where a value begins with @ or <.
  if (kind === "form") lines.push(...fieldsOf(content).map((field) => `--form-string ${quoted(field)}`));
  if (kind === "query") lines.push(...fieldsOf(content).map((field) => `--data-urlencode ${quoted(field)}`));
  if (kind !== "protobuf") return lines.join(" \\\n  ");
  lines.push("-H 'Content-Type: application/octet-stream'", "--data-binary @-", "-o answer.bin");
  return `printf %s ${quoted(bytes)} | base64 -d | ${lines.join(" \\\n  ")}`;
}

function toJson(content: unknown): string {
  return toJsonText(content ?? {});
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `name=value` of each field; a list is its name repeated, as the server reads one. */
function fieldsOf(content: unknown): string[] {
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).flatMap(([name, value]: [string, unknown]) => {
    const values = Array.isArray(value) ? value : [value];
    return values.filter((each) => each !== undefined && each !== null).map((each) => `${name}=${String(each)}`);
  });
}
