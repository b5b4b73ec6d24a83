import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { MediaKind } from "@/lib/media";
import type { Logger } from "@/server/log";
import { Deadline } from "@/server/platforms/deadline";
import type { Resolve } from "@/server/platforms/destination";
import { type Fetched, MediaFetcher, type MediaFrom } from "@/server/platforms/media-fetch";
import { toPlatformError } from "@/server/platforms/network";
import { toDisposition } from "./disposition";
import { refuse, replyText } from "./reply";
import { Turns } from "./turns";

/** What is fetched for somebody, and how a downloaded file is called. */
export type MediaWanted = MediaFrom & { name: string | null };

/** Reads an address of the desk's own for whoever asks. Throws DeskError when they may not. */
export type OpenMedia = (request: IncomingMessage, token: string) => Promise<MediaWanted>;

export interface MediaLimits {
  /** Until the first bytes are there, ms. */
  headMs: number;
  /** Until the last, by kind, ms. */
  wholeMs: Record<MediaKind, number>;
  /** So many fetched at once. */
  turns: Record<MediaKind, number>;
}

const minute = 60_000;
const usual: MediaLimits = {
  headMs: 12_000,
  wholeMs: { image: minute / 2, audio: 5 * minute, video: 10 * minute, file: 60 * minute },
  turns: { image: 16, audio: 6, video: 6, file: 6 },
};

/**
 * Shows what lies at addresses of platforms without telling them who looks, and without trusting what comes: bounded in
 * size, time and number, called what its first bytes say it is, and never run.
 */
export class MediaProxy {
  private readonly fetcher: MediaFetcher;
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly deadlines: Record<MediaKind, Deadline>;
  private readonly turns: Record<MediaKind, Turns>;
  private readonly headMs: number;

  constructor(
    private readonly open: OpenMedia,
    private readonly log: Logger,
    { limits = {}, resolve }: { limits?: Partial<MediaLimits>; resolve?: Resolve } = {},
  ) {
    const { headMs, wholeMs, turns } = { ...usual, ...limits };
    this.fetcher = new MediaFetcher(resolve);
    this.headMs = headMs;
    this.deadlines = each((kind) => new Deadline(wholeMs[kind]));
    this.turns = each((kind) => new Turns(turns[kind]));
  }

  /** Answers with what the address stands for, or with a closed code. */
  async get(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    if (request.method !== "GET") {
      response.setHeader("allow", "GET");
      return replyText(response, 405);
    }
    if (this.stopping.signal.aborted) return refuse(response, 503, "shutting_down");
    const task = this.serve(request, response, token);
    this.running.add(task);
    await task.finally(() => this.running.delete(task));
  }

  /** Cuts what is under way. */
  async close(): Promise<void> {
    this.stopping.abort(new DeskError("shutting_down"));
    await Promise.all(this.running);
    await this.fetcher.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort(new DeskError("aborted")));
    const either = AbortSignal.any([gone.signal, this.stopping.signal]);
    try {
      const wanted = await this.open(request, token);
      await this.turns[wanted.kind].run(either, () =>
        this.deadlines[wanted.kind].within(either, (signal) => this.pass(wanted, response, signal)),
      );
    } catch (cause) {
      this.fail(response, cause);
    }
  }

  private async pass(wanted: MediaWanted, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const cut = new AbortController();
    const late = setTimeout(() => cut.abort(new DeskError("timeout")), this.headMs);
    const both = AbortSignal.any([signal, cut.signal]);
    try {
      const fetched = await this.fetcher.fetch(wanted, both);
      clearTimeout(late);
      response.writeHead(200, headersOf(fetched, wanted));
      await send(fetched.chunks, response, both);
    } catch (cause) {
      // What a cut connection throws says nothing; why it was cut does.
      throw both.aborted ? both.reason : cause;
    } finally {
      clearTimeout(late);
      // Whatever is still open on the other side ends with it.
      cut.abort(new DeskError("aborted"));
    }
  }

  /** An answer that has begun is torn off: ended properly it would pass for a whole one. */
  private fail(response: ServerResponse, cause: unknown): void {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const code = codeOf(cause);
    if (code === "internal") this.log.error({ err: cause }, "media could not be fetched");
    refuse(response, statuses[code] ?? 502, code, cause instanceof DeskError ? cause.detail : {});
  }
}

async function send(chunks: Fetched["chunks"], response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      if (!response.write(chunk)) await once(response, "drain", { signal });
    }
    response.end();
    if (!response.writableFinished) await once(response, "finish", { signal });
  } finally {
    await chunks.return();
  }
}

/** Nothing of what the other side said goes on but its size. */
function headersOf({ type, size }: Fetched, { kind, name }: MediaWanted): Record<string, string> {
  return {
    "content-type": type,
    ...(size === null ? {} : { "content-length": String(size) }),
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'",
    "content-disposition": toDisposition(kind === "file" ? "attachment" : "inline", name),
    // Kept by the browser alone, and only for who is signed in as the same.
    "cache-control": kind === "file" ? "no-store" : "private, max-age=86400",
    vary: "cookie",
    "accept-ranges": "none",
  };
}

function codeOf(cause: unknown): ErrorCode {
  if (cause instanceof DeskError) return cause.code;
  if (cause instanceof DOMException) return cause.name === "TimeoutError" ? "timeout" : "aborted";
  const { code } = toPlatformError(cause);
  // What is no HTTP is told by a code whose text names OneBot.
  return code === "not_onebot" ? "bad_answer" : code;
}

function each<T>(make: (kind: MediaKind) => T): Record<MediaKind, T> {
  return { image: make("image"), video: make("video"), audio: make("audio"), file: make("file") };
}

/** The HTTP status of a refusal; anything else is the other side's fault. */
const statuses: Partial<Record<ErrorCode, number>> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  media_gone: 410,
  media_too_large: 413,
  media_refused: 415,
  destination_refused: 403,
  timeout: 504,
  shutting_down: 503,
  internal: 500,
};
