import { request } from "undici";
import { createAgent } from "../agent";
import { checkLiteral, type Resolve } from "../destination";
import { maxFrameBytes } from "../driver";
import { PlatformError } from "../error";
import { abortError, toPlatformError } from "../network";
import type { Row } from "../row";
import type { Send, SendOptions } from "../transport";
import { addressOf } from "./address";
import { unwrap } from "./envelope";
import { encodeForm, toFields } from "./form";
import type { TokenKeeper } from "./token";

export interface HttpOptions {
  baseUrl: string;
  /** Null before anybody has signed in: only what is anonymous can be called then. */
  keeper: TokenKeeper | null;
  maxBytes?: number;
  resolve?: Resolve | undefined;
}

export interface HttpTransport {
  send: Send;
  close(): Promise<void>;
}

/** What went wrong on the way, in our codes. Something that does not speak HTTP answers badly, whatever it is. */
function explain(error: unknown): PlatformError {
  const known = toPlatformError(error);
  if (known.code !== "not_onebot") return known;
  return new PlatformError("bad_answer", { isSent: known.isSent, detail: known.detail, cause: error });
}

/**
 * Calls of an IM server: multipart bodies, queries for GET, the raw token in `Authorization` and never in the address.
 * The fresh token of every answer is handed to the keeper. Each call has a connection of its own: a kept one that the
 * other side has just closed would leave a write in doubt. Redirects are not followed.
 */
export function createHttpTransport({
  baseUrl,
  keeper,
  maxBytes = maxFrameBytes,
  resolve,
}: HttpOptions): HttpTransport {
  const agent = createAgent(maxBytes, resolve);

  const once = async (row: Row, input: unknown, { signal, onWire }: SendOptions): Promise<unknown> => {
    if (signal.aborted) throw abortError(signal, false);
    const url = addressOf(baseUrl, row, input);
    checkLiteral(url);
    const form = row.route.method === "GET" ? null : encodeForm(toFields(input));
    const ticket = row.isAnonymous ? null : (keeper?.begin() ?? null);
    if (ticket === null && !row.isAnonymous) throw new PlatformError("not_connected", { isSent: false });
    const token = ticket === null ? "none" : "raw";
    const kind = form === null ? "query" : "form";
    onWire?.({ over: "http", frame: null, http: { ...row.route, token, kind, content: input } });
    try {
      const response = await request(url, {
        method: row.route.method,
        headers: {
          ...(form === null ? {} : { "content-type": form.contentType }),
          ...(ticket === null ? {} : { authorization: ticket.token }),
        },
        body: form?.body ?? null,
        dispatcher: agent,
        signal,
      });
      const fresh = response.headers.authorization;
      // Taken as soon as it is known: the body may never end, and the token is new all the same.
      if (ticket !== null && typeof fresh === "string" && response.statusCode !== 401) keeper?.take(fresh, ticket.call);
      return unwrap(row, response.statusCode, await response.body.text());
    } catch (error) {
      if (signal.aborted && !(error instanceof PlatformError)) throw abortError(signal, true);
      const known = explain(error);
      // Another call has brought a newer token meanwhile: a 401 says that nothing was done, so it may be sent again.
      const isStale = known.code === "signed_out_there" && ticket !== null && ticket.token !== keeper?.current;
      if (isStale) throw new StaleToken(known);
      throw known;
    }
  };

  return {
    async send(row, input, options) {
      try {
        return await once(row, input, options);
      } catch (error) {
        if (!(error instanceof StaleToken)) throw error;
        return await once(row, input, options).catch((again: unknown) => {
          throw again instanceof StaleToken ? again.known : again;
        });
      }
    },
    close: () => agent.destroy(),
  };
}

/** A call was refused for a token that is not the current one any more. */
class StaleToken extends Error {
  override readonly name = "StaleToken";
  constructor(readonly known: PlatformError) {
    super("stale token");
  }
}
