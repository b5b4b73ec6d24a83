import type { ServerResponse } from "node:http";
import type { ErrorCode, ErrorDetail } from "@/lib/errors";

/** Answers with JSON, unless an answer has already begun. */
export function replyJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}

/** Answers with plain text, unless an answer has already begun. */
export function replyText(response: ServerResponse, status: number, text = ""): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}

/**
 * Refuses with a closed code. Beside `code` the body has the shape of a tRPC error, so that the browser's one error
 * path understands a call that was refused before it reached the API.
 */
export function refuse(response: ServerResponse, status: number, code: ErrorCode, detail: ErrorDetail = {}): void {
  const data = {
    code: status === 413 ? "PAYLOAD_TOO_LARGE" : "FORBIDDEN",
    httpStatus: status,
    desk: { code, detail },
  };
  replyJson(response, status, { code, error: { json: { message: code, code: -32_003, data } } });
}
