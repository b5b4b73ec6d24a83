import type { Wire, WireObject } from "./wire";

/** Why an action failed: `schema` before it ran, `business` while it ran, `unknown` when there is no such action. */
export type Failure = "business" | "schema" | "unknown";
export type Result = { data: Wire } | { failure: Failure; words: string };

/** NapCat's codes differ by transport: over HTTP an unknown action and a business error share 200. */
const retcodes = {
  http: { business: 200, schema: 400, unknown: 200 },
  ws: { business: 1200, schema: 1400, unknown: 1404 },
} as const;

/** The envelope every answer has. `wording` repeats `message`. */
export function envelope(
  status: "ok" | "failed",
  retcode: number,
  data: Wire,
  message: string,
  echo: Wire,
): WireObject {
  return { status, retcode, data, message, wording: message, echo, stream: "normal-action" };
}

/** The answer to one call, as `wire` ("http" or "ws") would print it. */
export function toAnswer(result: Result, wire: keyof typeof retcodes, echo: Wire): WireObject {
  if ("data" in result) return envelope("ok", 0, result.data, "", echo);
  // The schema check over HTTP answers before the echo is looked at.
  const isEchoed = !(wire === "http" && result.failure === "schema");
  return envelope("failed", retcodes[wire][result.failure], null, result.words, isEchoed ? echo : null);
}
