import { Agent } from "undici";
import { guardedLookup, type Resolve } from "./destination";

/**
 * The connections of one HTTP client. Each call has one of its own: a kept one that the other side has just closed would
 * leave a write in doubt. Answers over `maxBytes` are refused, addresses no bot lives in are not dialled.
 */
export function createAgent(maxBytes: number, resolve?: Resolve): Agent {
  return new Agent({
    pipelining: 0,
    connect: { lookup: guardedLookup(resolve) },
    maxResponseSize: maxBytes,
    // The signal is the one owner of time.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
