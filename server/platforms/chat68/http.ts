import { PlatformError } from "../error";
import { createHttpClient, type HttpClientOptions, withoutOneBot } from "../http-client";
import type { Send } from "../transport";
import { toHttp } from "./codec";
import { readHttp, unwrap } from "./envelope";

export interface HttpTransport {
  post: Send;
  close(): Promise<void>;
}

/** Bodies to the helper's HTTP server, at the row's route. */
export function createHttpTransport({ url, ...options }: HttpClientOptions & { url: string }): HttpTransport {
  const base = url.endsWith("/") ? url.slice(0, -1) : url;
  const client = createHttpClient(options);
  return {
    async post(row, body, { signal, onWire }) {
      if (!row.transports.includes("http"))
        throw new PlatformError("not_offered", { isSent: false, detail: { transport: "http" } });
      onWire?.({ over: "http", frame: null, http: toHttp(row, body) });
      const call = {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal,
        isRead: row.risk === "read",
      };
      const answer = await client.send(new URL(base + row.route.path), call).catch((error: unknown) => {
        throw withoutOneBot(error);
      });
      return unwrap(row, readHttp(row, answer.status, answer.body.toString("utf8")));
    },
    close: client.close,
  };
}
