import { createHttpClient, type HttpClientOptions, withoutOneBot } from "../http-client";
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
    async send(row, input, { signal, onWire }) {
      const { body, contentType } = toBody(row, input);
      const bytes = typeof body === "string" ? {} : { bytes: Buffer.from(body).toString("base64") };
      const kind = row.body === "protobuf" ? "protobuf" : "json";
      onWire?.({ over: "http", frame: null, http: { ...row.route, token: "token", kind, content: input, ...bytes } });
      const headers = { token, "content-type": contentType };
      const call = { headers, body, signal, isRead: row.risk === "read" };
      const answer = await client.send(new URL(base + row.route.path), call).catch((error: unknown) => {
        throw withoutOneBot(error);
      });
      return readAnswer(row, input, answer);
    },
    close: client.close,
  };
}
