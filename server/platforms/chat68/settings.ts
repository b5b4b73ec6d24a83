import { z } from "zod";
import { plainUrl } from "../address";

const HttpUrl = plainUrl(/^https?$/, "http://127.0.0.1:5598");
const WsUrl = plainUrl(/^wss?$/, "ws://127.0.0.1:5600");

/**
 * How the helper is reached. It has no password: whoever reaches the port is the account, so it belongs on this machine.
 * Helpers up to July 2026 listen on 5599 instead of 5600.
 */
export const Connection = z.discriminatedUnion("transport", [
  z
    .strictObject({
      transport: z.literal("ws"),
      wsUrl: WsUrl.default("ws://127.0.0.1:5600"),
      /** For the operations that the socket does not have; without it they cannot be called. */
      httpUrl: HttpUrl.optional(),
    })
    .describe("calls and pushes over its WebSocket"),
  z
    .strictObject({ transport: z.literal("http"), httpUrl: HttpUrl.default("http://127.0.0.1:5598") })
    .describe("calls over HTTP; nothing is pushed"),
]);
export type Connection = z.infer<typeof Connection>;

/** There are none. */
export const Credentials = z.strictObject({});
