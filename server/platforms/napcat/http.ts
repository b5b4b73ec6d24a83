import { PlatformError } from "../error";
import { createHttpClient, type HttpClientOptions } from "../http-client";
import { parseJson } from "../json";
import type { Send } from "../transport";
import { toHttp } from "./codec";
import { Answer, unwrap } from "./envelope";

export interface HttpOptions extends HttpClientOptions {
  url: string;
  token: string;
}

export interface HttpTransport {
  send: Send;
  close(): Promise<void>;
}

/** Everything but OneBot's JSON: NapCat's own refusal is a 403 of text, a stranger's page may be anything. */
function readBody(status: number, body: string): Answer {
  if (status === 401 || status === 403) throw new PlatformError("token_rejected", { isSent: true, detail: { status } });
  let parsed: unknown;
  try {
    parsed = parseJson(body);
  } catch (error) {
    throw new PlatformError("not_onebot", { isSent: true, detail: { status }, cause: error });
  }
  const answer = Answer.safeParse(parsed);
  if (answer.success) return answer.data;
  throw new PlatformError("not_onebot", { isSent: true, detail: { status } });
}

/**
 * Calls over HTTP: `POST <url>/<operation>` with a JSON body and the token as a Bearer header, never in the address.
 * Redirects are not followed.
 */
export function createHttpTransport({ url, token, ...options }: HttpOptions): HttpTransport {
  const base = new URL(url.endsWith("/") ? url : `${url}/`);
  const client = createHttpClient(options);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== "") headers.authorization = `Bearer ${token}`;

  return {
    async send(row, input, { signal, onWire }) {
      onWire?.({ over: "http", frame: null, http: toHttp(row, input) });
      const call = { headers, body: JSON.stringify(input), signal, isRead: row.risk === "read" };
      const { status, body } = await client.send(new URL(row.operation, base), call);
      return unwrap(row, readBody(status, body.toString("utf8")));
    },
    close: client.close,
  };
}
