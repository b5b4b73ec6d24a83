import type { Readable } from "node:stream";
import { type Agent, type Dispatcher, request } from "undici";
import { DeskError } from "@/lib/errors";
import { type MediaKind, mediaLimits } from "@/lib/media";
import { createAgent } from "./agent";
import { checkLiteral, hostKey, isPublicAddress, type Resolve } from "./destination";
import { sniffBytes, sniffType } from "./media-type";

/** What is to be fetched, and from where it may come. */
export interface MediaFrom {
  url: URL;
  kind: MediaKind;
  ownHosts: readonly string[];
  headers: Readonly<Record<string, string>>;
}

/** What has begun to arrive. */
export interface Fetched {
  type: string;
  /** Bytes; null where the other side does not tell. */
  size: number | null;
  /** All of it, its first bytes included. Ends with DeskError `media_too_large` past the limit. */
  chunks: AsyncGenerator<Uint8Array, void>;
}

const mostRedirects = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches what strangers have named. Only public addresses are dialled, and the bot's own host; where a redirect leads is
 * checked anew. No cookie, no credential and no referrer goes along.
 */
export class MediaFetcher {
  private readonly anywhere: Agent;
  private readonly own: Agent;

  constructor(resolve?: Resolve) {
    this.anywhere = createAgent(mediaLimits.file, false, resolve, isPublicAddress);
    this.own = createAgent(mediaLimits.file, false, resolve);
  }

  /**
   * @throws DeskError `media_gone`, `media_refused` for a type that is not shown, `media_too_large`; PlatformError
   *   `destination_refused`; whatever undici does.
   */
  async fetch(from: MediaFrom, signal: AbortSignal): Promise<Fetched> {
    const limit = mediaLimits[from.kind];
    const { headers, body } = await this.follow(from, signal);
    try {
      const encoding = textOf(headers["content-encoding"]);
      if (encoding !== "" && encoding !== "identity") throw new DeskError("media_refused");
      const told = textOf(headers["content-length"]);
      const size = /^\d{1,15}$/.test(told) ? Number(told) : null;
      if (size !== null && size > limit) throw new DeskError("media_too_large", { limit });
      const chunks = counted(body, limit);
      const head = await take(chunks, sniffBytes);
      const type = sniffType(head, from.kind);
      if (type === null) throw new DeskError("media_refused");
      return { type, size, chunks: joined(head, chunks) };
    } catch (cause) {
      drop(body);
      throw cause;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.anywhere.destroy(), this.own.destroy()]);
  }

  private async follow({ url, ownHosts, headers }: MediaFrom, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    let at = url;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const answer = await this.ask(at, ownHosts.includes(hostKey(at)), headers, signal);
      if (answer.statusCode === 200) return answer;
      drop(answer.body);
      const { location } = answer.headers;
      if (!redirects.has(answer.statusCode) || typeof location !== "string" || !URL.canParse(location, at))
        throw new DeskError("media_gone");
      at = new URL(location, at);
    }
    throw new DeskError("media_gone");
  }

  private async ask(url: URL, isOwn: boolean, headers: Readonly<Record<string, string>>, signal: AbortSignal) {
    if (url.protocol !== "http:" && url.protocol !== "https:") throw new DeskError("media_gone");
    if (!isOwn) checkLiteral(url, isPublicAddress);
    // Names and passwords in an address are nobody's business here.
    const clean = new URL(url);
    Object.assign(clean, { username: "", password: "", hash: "" });
    return await request(clean, {
      dispatcher: isOwn ? this.own : this.anywhere,
      signal,
      headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "Mozilla/5.0 (Gatehouse)", ...headers },
    });
  }
}

async function* counted(body: Readable, limit: number): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  for await (const chunk of body) {
    // Without an encoding set, undici's bodies give bytes.
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > limit) throw new DeskError("media_too_large", { limit });
    yield bytes;
  }
}

/** The first bytes, at least `count` of them unless there are fewer. */
async function take(chunks: AsyncGenerator<Uint8Array, void>, count: number): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < count) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* joined(head: Buffer, rest: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  try {
    yield head;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/** Ends an answer that nobody reads; what it still has to say is no fault of anybody's. */
function drop(body: Readable): void {
  body.on("error", () => undefined);
  body.destroy();
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === "string" ? header.trim().toLowerCase() : "";
}
