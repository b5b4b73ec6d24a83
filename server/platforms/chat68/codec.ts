import type { Codec } from "../correlator";
import type { Row } from "../row";
import type { HttpCall } from "../transport";
import { type AnswerFrame, refusal, relayOf, unwrap } from "./envelope";

/** The helper over HTTP: the body as JSON, and no token: it serves its own machine only. */
export function toHttp(row: Row, body: unknown): HttpCall {
  return { ...row.route, token: "none", kind: "json", content: body };
}

/**
 * The helper over WebSocket: `{id, type, data}`, answered with the same `id`. The id is always text, and never the chat's
 * id inside `data`.
 */
export const helperCodec: Codec<AnswerFrame> = {
  encode: (row, body, key) => {
    const type = relayOf(row) === null ? row.route.path.slice(1) : "request";
    return JSON.stringify({ id: key, type, data: body });
  },
  toHttp,
  keyOf: (frame) => frame.id,
  decode: (row, frame) => {
    if (frame.error !== undefined && frame.error !== null) throw refusal(row, frame.error);
    return unwrap(row, frame.data);
  },
};
