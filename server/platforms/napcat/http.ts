import { request } from "undici";
import { createAgent } from "../agent";
import { checkLiteral, type Resolve } from "../destination";
import { maxFrameBytes } from "../driver";
import { PlatformError } from "../error";
import { parseJson } from "../json";
import { abortError, toPlatformError } from "../network";
import type { Send } from "../transport";
import { toHttp } from "./codec";
import { Answer, unwrap } from "./envelope";

export interface HttpOptions {
  url: string;
  token: string;
  maxBytes?: number;
  resolve?: Resolve;
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
 * Each call has a connection of its own: a kept one that the other side has just closed would leave a write in doubt.
 * Redirects are not followed.
 */
export function createHttpTransport({ url, token, maxBytes = maxFrameBytes, resolve }: HttpOptions): HttpTransport {
  const base = new URL(url.endsWith("/") ? url : `${url}/`);
  const agent = createAgent(maxBytes, resolve);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== "") headers.authorization = `Bearer ${token}`;

  return {
    async send(row, input, { signal, onWire }) {
      if (signal.aborted) throw abortError(signal, false);
      checkLiteral(base);
      onWire?.({ over: "http", frame: null, http: toHttp(row, input) });
      try {
        const response = await request(new URL(row.operation, base), {
          method: "POST",
          headers,
          body: JSON.stringify(input),
          dispatcher: agent,
          signal,
        });
        return unwrap(row, readBody(response.statusCode, await response.body.text()));
      } catch (error) {
        if (signal.aborted && !(error instanceof PlatformError)) throw abortError(signal, true);
        throw toPlatformError(error);
      }
    },
    close: () => agent.destroy(),
  };
}
