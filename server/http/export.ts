import type { IncomingMessage, ServerResponse } from "node:http";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { Logger } from "@/server/log";
import { readBody } from "./body";
import { refuse, replyText } from "./reply";

/** A client that takes nothing for so long has gone away without saying so, ms. */
const stallMs = 60_000;

/** A file that is made while it is sent. */
export interface Download {
  fileName: string;
  contentType: string;
  /** Its text, made as fast as it is taken. */
  chunks: AsyncGenerator<string, void>;
  /** Told once how it ended: null when all of it was handed to the connection. Never throws. */
  end(error: ErrorCode | null): Promise<void>;
}

/** Opens what a form asks for; throws DeskError when it is refused. */
export type OpenDownload = (request: IncomingMessage, fields: URLSearchParams) => Promise<Download>;

/**
 * Files by form. Nothing is held but the piece being sent. Whoever goes away in the middle leaves a file without its last
 * chunk, which browsers call a failed download, and `end` is told so. What it cannot tell: whether the last piece, once the
 * operating system has taken it, arrived.
 */
export class Downloads {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly open: OpenDownload,
    private readonly log: Logger,
    private readonly limitMs: number = stallMs,
  ) {}

  /** Answers a form's POST with the file, or with a closed code. */
  async post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return replyText(response, 405);
    }
    if (this.stopping.signal.aborted) return refuse(response, 503, "shutting_down");
    const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
    if (type !== "application/x-www-form-urlencoded") return refuse(response, 400, "invalid_input");
    const body = await readBody(request);
    if (body === null) return refuse(response, 413, "invalid_input");
    const download = await this.begin(request, response, new URLSearchParams(body.toString("utf8")));
    if (download === null) return;
    const task = this.stream(download, response);
    this.running.add(task);
    await task.finally(() => this.running.delete(task));
  }

  /** Cuts what is under way and waits until each was told. */
  async close(): Promise<void> {
    this.stopping.abort(new DeskError("shutting_down"));
    await Promise.all(this.running);
  }

  private async begin(
    request: IncomingMessage,
    response: ServerResponse,
    fields: URLSearchParams,
  ): Promise<Download | null> {
    try {
      return await this.open(request, fields);
    } catch (cause) {
      const code = cause instanceof DeskError ? cause.code : "internal";
      if (!(cause instanceof DeskError)) this.log.error({ err: cause }, "a download could not be opened");
      refuse(response, statuses[code] ?? 500, code);
      return null;
    }
  }

  private async stream(download: Download, response: ServerResponse): Promise<void> {
    const { chunks } = download;
    const gone = new AbortController();
    response.once("close", () => gone.abort(new DeskError("aborted")));
    if (response.destroyed) gone.abort(new DeskError("aborted"));
    const signal = AbortSignal.any([gone.signal, this.stopping.signal]);
    let error: ErrorCode | null = null;
    try {
      // Before the head: what fails now can still be answered with its code.
      let next = await chunks.next();
      response.writeHead(200, {
        "content-type": download.contentType,
        "content-disposition": `attachment; filename="${download.fileName}"`,
        "cache-control": "no-store",
      });
      for (; !next.done; next = await chunks.next()) {
        signal.throwIfAborted();
        if (!response.write(next.value)) await this.wait(response, "drain", signal);
      }
      response.end();
      if (!response.writableFinished) await this.wait(response, "finish", signal);
    } catch (cause) {
      error = this.fail(response, cause);
    } finally {
      await chunks.return();
      await download.end(error);
    }
  }

  /** An answer that has begun is torn off: ended properly it would pass for a whole one. */
  private fail(response: ServerResponse, cause: unknown): ErrorCode {
    const code = cause instanceof DeskError ? cause.code : "internal";
    if (!(cause instanceof DeskError)) this.log.error({ err: cause }, "a download failed in the middle");
    if (response.headersSent) response.destroy();
    else refuse(response, statuses[code] ?? 500, code);
    return code;
  }

  /** Waits for the client to take what was written. Rejects with DeskError `aborted`, `timeout` or `shutting_down`. */
  private wait(response: ServerResponse, event: "drain" | "finish", signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => leave(() => reject(new DeskError("timeout"))), this.limitMs);
      const done = () => leave(resolve);
      const abort = () => leave(() => reject(signal.reason));
      const leave = (tell: () => void) => {
        clearTimeout(timer);
        response.off(event, done);
        signal.removeEventListener("abort", abort);
        tell();
      };
      response.once(event, done);
      signal.addEventListener("abort", abort);
      if (signal.aborted) abort();
    });
  }
}

/** The HTTP status of a refusal; anything else is our own fault. */
const statuses: Partial<Record<ErrorCode, number>> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  invalid_input: 400,
  throttled: 429,
  shutting_down: 503,
};
