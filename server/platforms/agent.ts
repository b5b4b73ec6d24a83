import { Agent } from "undici";
import { type Allow, guardedLookup, type Resolve } from "./destination";

/** More than the pace of any bot lets out at once: nothing waits for a connection, and nothing can open a thousand. */
const maximumConnections = 24;
/** How long a kept connection waits for the next call, ms: shorter than servers wait, so that they seldom close it first. */
const keptMs = 4_000;

/**
 * The connections of one HTTP client, bounded in number. Answers over `maxBytes` are refused, addresses no bot lives in
 * are not dialled.
 * @param isKept calls follow each other on the same connection; else each has one of its own.
 * @param isAllowed which addresses names may lead to, where fewer are to be dialled.
 */
export function createAgent(maxBytes: number, isKept: boolean, resolve?: Resolve, isAllowed?: Allow): Agent {
  return new Agent({
    connections: maximumConnections,
    pipelining: isKept ? 1 : 0,
    keepAliveTimeout: keptMs,
    keepAliveMaxTimeout: keptMs,
    connect: { lookup: guardedLookup(resolve, isAllowed) },
    maxResponseSize: maxBytes,
    // The signal is the one owner of time.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
