import type { IncomingHttpHeaders } from "node:http";
import type { Link } from "../driver";
import { PlatformError } from "../error";
import { quietLog } from "../quiet";
import { Line, type LineOptions } from "./line";
import { isBearer } from "./proof";

export type ReverseOptions = Omit<LineOptions, "onReady" | "onLost">;

const refusals = { token_rejected: 401, wrong_role: 403, wrong_account: 403 } as const;

/** Accepts the sockets that NapCat's WebSocket client dials in with; the newest one serves. A token is a must here. */
export function openReverse(options: ReverseOptions): Link {
  const { token, hooks } = options;
  const line = new Line(options);
  const log = quietLog(hooks, options.clock);
  let isClosed = false;

  /** Why a socket with these headers may not come in, or null. */
  const objection = (headers: IncomingHttpHeaders): keyof typeof refusals | null => {
    if (!isBearer(headers.authorization, token)) return "token_rejected";
    // A socket for calls only or events only would serve half a bot.
    const role = headers["x-client-role"];
    if (typeof role === "string" && role.toLowerCase() !== "universal") return "wrong_role";
    const self = headers["x-self-id"];
    if (line.accountId !== null && typeof self === "string" && self !== "" && self !== line.accountId)
      return "wrong_account";
    return null;
  };
  const refuse = (headers: IncomingHttpHeaders): keyof typeof refusals | null => {
    const fault = objection(headers);
    if (fault === null) return null;
    // Only who holds the token, and only while nothing serves, changes what the bot's page says.
    if (fault === "wrong_account" && !line.hasSocket)
      line.fail(new PlatformError(fault, { isSent: false, detail: { direction: "in" } }));
    else log("warn", fault, { direction: "in" });
    return fault;
  };

  return {
    send: line.send,
    isConnected: () => line.isConnected(),
    refuseSocket: (headers) => {
      if (isClosed) return 503;
      const fault = refuse(headers);
      return fault === null ? null : refusals[fault];
    },
    acceptSocket: (socket, request) => {
      // Until the session listens, an error on the socket would have no listener and end the process.
      socket.on("error", () => undefined);
      if (!isClosed && objection(request.headers) === null) {
        line.adopt(socket, request.socket);
        return;
      }
      socket.close(1008);
      socket.terminate();
    },
    close: async () => {
      isClosed = true;
      await line.close();
    },
  };
}
