import type { IncomingMessage, ServerResponse } from "node:http";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { Logger } from "@/server/log";
import { refuse, replyJson, replyText } from "./reply";

/** Takes the body in; throws DeskError when it is refused. */
export type ReceiveUpload = (request: IncomingMessage) => Promise<{ id: string; name: string; size: number }>;

/** Answers the POST of one file, as it is, with the number it is taken by, or with a closed code. */
export async function replyUpload(
  request: IncomingMessage,
  response: ServerResponse,
  receive: ReceiveUpload,
  log: Logger,
): Promise<void> {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    return replyText(response, 405);
  }
  // A form of another page could send any of the three types that browsers let it; this is none of them.
  if (request.headers["content-type"] !== "application/octet-stream") return refuse(response, 400, "invalid_input");
  try {
    replyJson(response, 200, await receive(request));
  } catch (cause) {
    const code = cause instanceof DeskError ? cause.code : "internal";
    if (!(cause instanceof DeskError)) log.error({ err: cause }, "an upload failed");
    // What is still to come of the body is not read: the connection ends with the answer.
    response.once("finish", () => request.destroy());
    if (!response.headersSent) response.setHeader("connection", "close");
    refuse(response, statuses[code] ?? 500, code, cause instanceof DeskError ? cause.detail : {});
  }
}

const statuses: Partial<Record<ErrorCode, number>> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  invalid_input: 400,
  throttled: 429,
  file_too_large: 413,
  aborted: 400,
  not_recorded: 503,
};
