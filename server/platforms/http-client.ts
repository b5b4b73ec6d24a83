import { type Agent, request } from "undici";
import { createAgent } from "./agent";
import { checkLiteral, type Resolve } from "./destination";
import { maxFrameBytes } from "./driver";
import { PlatformError } from "./error";
import { decompressed } from "./inflate";
import { abortError, toPlatformError } from "./network";
import type { Row } from "./row";

export interface HttpClientOptions {
  maxBytes?: number | undefined;
  resolve?: Resolve | undefined;
  /** Told the other side's time with each answer, NaN where it tells none. */
  onDate?: ((theirs: number) => void) | undefined;
}

export interface HttpAnswer {
  status: number;
  /** "" where the other side names none. */
  contentType: string;
  body: Buffer;
}

/** What goes out; the body's content type is among the headers. */
export interface HttpCall {
  method?: Row["route"]["method"];
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  signal: AbortSignal;
  /** Only looks: it may go over a connection that was used before. */
  isRead?: boolean;
  /** Told as soon as the head of the answer is there: its body may never end. */
  onHead?: (status: number, headers: Readonly<Record<string, string | string[] | undefined>>) => void;
}

export interface HttpClient {
  send(url: URL, call: HttpCall): Promise<HttpAnswer>;
  /** Cuts whatever is under way. */
  close(): Promise<void>;
}

/**
 * Calls over HTTP. Reads share a few kept connections; what changes something has one of its own, because a kept one
 * that the other side has just closed would leave it in doubt. Redirects are not followed, answers over `maxBytes` are
 * refused, compressed or not, addresses no bot lives in are not dialled. Throws PlatformError only; `not_onebot` for what
 * is no HTTP at all.
 */
export function createHttpClient({ maxBytes = maxFrameBytes, resolve, onDate }: HttpClientOptions = {}): HttpClient {
  const kept = createAgent(maxBytes, true, resolve);
  const single = createAgent(maxBytes, false, resolve);

  const once = async (dispatcher: Agent, url: URL, call: HttpCall): Promise<HttpAnswer> => {
    const { method = "POST", headers, body, signal, onHead } = call;
    try {
      const response = await request(url, { method, headers, body, dispatcher, signal });
      onDate?.(Date.parse(textOf(response.headers.date)));
      onHead?.(response.statusCode, response.headers);
      const raw = Buffer.from(await response.body.arrayBuffer());
      return {
        status: response.statusCode,
        contentType: textOf(response.headers["content-type"]),
        body: await decompressed(raw, textOf(response.headers["content-encoding"]), maxBytes),
      };
    } catch (error) {
      if (signal.aborted && !(error instanceof PlatformError)) throw abortError(signal, true);
      throw toPlatformError(error);
    }
  };

  return {
    async send(url, call) {
      if (call.signal.aborted) throw abortError(call.signal, false);
      checkLiteral(url);
      if (call.isRead !== true) return await once(single, url, call);
      let hasHead = false;
      const onHead: HttpCall["onHead"] = (status, headers) => {
        hasHead = true;
        call.onHead?.(status, headers);
      };
      try {
        return await once(kept, url, { ...call, onHead });
      } catch (error) {
        const isStale = error instanceof PlatformError && error.code === "connection_lost" && !hasHead;
        if (!isStale || call.signal.aborted) throw error;
        // The other side may have closed the kept connection just when it was used: nothing is wrong with it then.
        return await once(single, url, call);
      }
    },
    close: async () => {
      await Promise.all([kept.destroy(), single.destroy()]);
    },
  };
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

/** What is no HTTP at all is told by a code whose text names OneBot; for a platform that is none it is a bad answer. */
export function withoutOneBot(error: unknown): PlatformError {
  const known = toPlatformError(error);
  if (known.code !== "not_onebot") return known;
  return new PlatformError("bad_answer", { isSent: known.isSent, detail: known.detail, cause: error });
}
