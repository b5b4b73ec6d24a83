import { request } from "undici";
import { createAgent } from "./agent";
import { checkLiteral, type Resolve } from "./destination";
import { maxFrameBytes } from "./driver";
import { PlatformError } from "./error";
import { abortError, toPlatformError } from "./network";

export interface HttpClientOptions {
  maxBytes?: number | undefined;
  resolve?: Resolve | undefined;
}

export interface HttpAnswer {
  status: number;
  /** "" where the other side names none. */
  contentType: string;
  body: Buffer;
}

/** What goes out; the body's content type is among the headers. */
export interface HttpPost {
  headers: Record<string, string>;
  body: string | Uint8Array;
  signal: AbortSignal;
}

export interface HttpClient {
  post(url: URL, what: HttpPost): Promise<HttpAnswer>;
  /** Cuts whatever is under way. */
  close(): Promise<void>;
}

/** What is no HTTP at all is told by a code whose text names OneBot; here something else was expected. */
function toCommonError(error: unknown): PlatformError {
  const known = toPlatformError(error);
  return known.code === "not_onebot" ? new PlatformError("bad_answer", { isSent: true, cause: error }) : known;
}

/**
 * Posts of platforms that are no OneBot. Each has a connection of its own: a kept one that the other side has just
 * closed would leave a write in doubt. Redirects are not followed, answers over `maxBytes` are refused, addresses no
 * bot lives in are not dialled. Throws PlatformError only.
 */
export function createHttpClient({ maxBytes = maxFrameBytes, resolve }: HttpClientOptions = {}): HttpClient {
  const agent = createAgent(maxBytes, resolve);
  return {
    async post(url, { headers, body, signal }) {
      if (signal.aborted) throw abortError(signal, false);
      checkLiteral(url);
      try {
        const response = await request(url, { method: "POST", headers, body, dispatcher: agent, signal });
        const contentType = response.headers["content-type"];
        return {
          status: response.statusCode,
          contentType: typeof contentType === "string" ? contentType : "",
          body: Buffer.from(await response.body.arrayBuffer()),
        };
      } catch (error) {
        if (signal.aborted && !(error instanceof PlatformError)) throw abortError(signal, true);
        throw toCommonError(error);
      }
    },
    close: () => agent.destroy(),
  };
}
