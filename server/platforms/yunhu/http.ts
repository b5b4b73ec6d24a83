import { createHttpClient, type HttpClientOptions } from "../http-client";
import type { Send } from "../transport";
import { readAnswer, toBody } from "./codec";

export interface HttpTransport {
  send: Send;
  close(): Promise<void>;
}

/** Calls at the row's route. The token travels in a header called `token`, never in the address. */
export function createHttpTransport({
  url,
  token,
  ...options
}: HttpClientOptions & { url: string; token: string }): HttpTransport {
  const base = url.endsWith("/") ? url.slice(0, -1) : url;
  const client = createHttpClient(options);
  return {
    async send(row, input, { signal }) {
      const { body, contentType } = toBody(row, input);
      const headers = { token, "content-type": contentType };
      return readAnswer(row, input, await client.post(new URL(base + row.route.path), { headers, body, signal }));
    },
    close: client.close,
  };
}
