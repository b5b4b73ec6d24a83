import type { IncomingHttpHeaders } from "node:http";
import type { LinkHooks } from "../driver";
import { deliver, logFault, readFrame } from "./frame";
import { isSigned } from "./proof";

/** An event is a few kilobytes; more than this is no event. */
export const maxPostBytes = 1024 * 1024;

/**
 * Takes one posted event: signed with the token over the raw bytes, about the account `meet` accepts. Answers the
 * status to reply with: 204 taken, 413 too large, 401 bad signature, 403 another account, 400 unreadable. A repeated
 * post is harmless, because arrivals are stored under a key.
 */
export function takePost(options: {
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
  token: string;
  hooks: LinkHooks;
  /** For what strangers can cause. */
  log: LinkHooks["log"];
  meet: (accountId: string) => boolean;
}): { status: number } {
  const { headers, rawBody, token, hooks, log, meet } = options;
  if (rawBody.length > maxPostBytes) {
    log("warn", "post_too_large", { bytes: rawBody.length });
    return { status: 413 };
  }
  if (!isSigned(headers["x-signature"], token, rawBody)) {
    log("warn", "bad_signature", { isMissing: headers["x-signature"] === undefined });
    return { status: 401 };
  }
  const text = rawBody.toString("utf8");
  const frame = readFrame(text);
  if (frame.type !== "event") {
    const noEvent = { type: "fault", code: "bad_shape", field: "post_type", isEvent: false } as const;
    logFault(hooks, frame.type === "fault" ? frame : noEvent, text, token);
    return { status: 400 };
  }
  if (!meet(frame.selfId)) return { status: 403 };
  deliver(hooks, frame);
  return { status: 204 };
}
