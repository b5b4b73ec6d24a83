import type { ConsoleAnswer } from "../api";

/** The call as a command to paste into a shell: address and token as its variables, secrets masked as they are here. */
export function toCurl({ method, path, body }: ConsoleAnswer["request"]): string {
  const quoted = JSON.stringify(body ?? {}).replaceAll("'", "'\\''");
  return [
    `curl -X ${method} "$URL${path}"`,
    `  -H "Authorization: Bearer $TOKEN"`,
    `  -H 'Content-Type: application/json'`,
    `  --data-raw '${quoted}'`,
  ].join(" \\\n");
}
