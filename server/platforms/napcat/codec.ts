import type { Codec } from "../correlator";
import { type Answer, unwrap } from "./envelope";

/** OneBot over WebSocket: `{action, params, echo}`, answered with the same `echo`. */
export const onebotCodec: Codec<Answer> = {
  encode: (row, input, key) => JSON.stringify({ action: row.operation, params: input, echo: key }),
  keyOf: (answer) => (typeof answer.echo === "string" ? answer.echo : null),
  decode: (row, answer) => unwrap(row, answer),
};
