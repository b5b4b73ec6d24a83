import type { Codec } from "../correlator";
import type { Row } from "../row";
import type { HttpCall } from "../transport";
import { type Answer, unwrap } from "./envelope";

/** OneBot over HTTP: the input as JSON, the token as a Bearer header. */
export function toHttp(row: Row, input: unknown): HttpCall {
  return { ...row.route, token: "bearer", kind: "json", content: input };
}

/** OneBot over WebSocket: `{action, params, echo}`, answered with the same `echo`. */
export const onebotCodec: Codec<Answer> = {
  encode: (row, input, key) => JSON.stringify({ action: row.operation, params: input, echo: key }),
  toHttp,
  keyOf: (answer) => (typeof answer.echo === "string" ? answer.echo : null),
  decode: (row, answer) => unwrap(row, answer),
};
