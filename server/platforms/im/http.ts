import { PlatformError } from "../error";
import { createHttpClient, type HttpClientOptions, withoutOneBot } from "../http-client";
import { abortError } from "../network";
import type { Row } from "../row";
import type { Send, SendOptions } from "../transport";
import { addressOf } from "./address";
import { unwrap } from "./envelope";
import { encodeForm, toFields } from "./form";
import type { TokenKeeper } from "./token";

export interface HttpOptions extends HttpClientOptions {
  baseUrl: string;
  /** Null before anybody has signed in: only what is anonymous can be called then. */
  keeper: TokenKeeper | null;
}

export interface HttpTransport {
  send: Send;
  close(): Promise<void>;
}

/**
 * Calls of an IM server: multipart bodies, queries for GET, the raw token in `Authorization` and never in the address.
 * The fresh token of every answer is handed to the keeper. Redirects are not followed.
 */
export function createHttpTransport({ baseUrl, keeper, ...options }: HttpOptions): HttpTransport {
  const client = createHttpClient(options);

  const once = async (row: Row, input: unknown, { signal, onWire }: SendOptions): Promise<unknown> => {
    if (signal.aborted) throw abortError(signal, false);
    const url = addressOf(baseUrl, row, input);
    const form = row.route.method === "GET" ? null : encodeForm(toFields(input));
    const ticket = row.isAnonymous ? null : (keeper?.begin() ?? null);
    if (ticket === null && !row.isAnonymous) throw new PlatformError("not_connected", { isSent: false });
    const token = ticket === null ? "none" : "raw";
    const kind = form === null ? "query" : "form";
    onWire?.({ over: "http", frame: null, http: { ...row.route, token, kind, content: input } });
    try {
      const { status, body } = await client.send(url, {
        method: row.route.method,
        headers: {
          ...(form === null ? {} : { "content-type": form.contentType }),
          ...(ticket === null ? {} : { authorization: ticket.token }),
        },
        body: form?.body ?? null,
        signal,
        isRead: row.risk === "read",
        onHead: (code, { authorization: fresh }) => {
          // Taken as soon as it is known: the body may never end, and the token is new all the same.
          if (ticket !== null && typeof fresh === "string" && code !== 401) keeper?.take(fresh, ticket.call);
        },
      });
      return unwrap(row, status, body.toString("utf8"));
    } catch (error) {
      const known = withoutOneBot(error);
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
    close: client.close,
  };
}

/** A call was refused for a token that is not the current one any more. */
class StaleToken extends Error {
  override readonly name = "StaleToken";
  constructor(readonly known: PlatformError) {
    super("stale token");
  }
}
