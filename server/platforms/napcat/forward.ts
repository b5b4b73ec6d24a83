import { WebSocket } from "ws";
import { Backoff } from "../backoff";
import { Timers } from "../clock";
import { checkLiteral, guardedLookup, type Resolve } from "../destination";
import { type Link, maxFrameBytes } from "../driver";
import { toPlatformError } from "../network";
import { Line, type LineOptions } from "./line";

export interface ForwardOptions extends Omit<LineOptions, "onReady" | "onLost"> {
  wsUrl: string;
  random: () => number;
  resolve?: Resolve | undefined;
}

/**
 * A socket to `wsUrl`, not yet open. The token travels in the header; redirects are not followed. Throws
 * PlatformError `destination_refused` for an address that is not allowed.
 */
export function dial(wsUrl: string, token: string, resolve?: Resolve): WebSocket {
  const url = new URL(wsUrl);
  checkLiteral(url);
  return new WebSocket(url, {
    headers: token === "" ? {} : { authorization: `Bearer ${token}` },
    lookup: guardedLookup(resolve),
    maxPayload: maxFrameBytes,
    followRedirects: false,
    perMessageDeflate: false,
  });
}

/** Keeps a socket to NapCat's WebSocket server, dialling again with growing, jittered waits, until it is closed. */
export function openForward(options: ForwardOptions): Link {
  const { wsUrl, token, clock, random, resolve } = options;
  const timers = new Timers<"reconnect">(clock);
  const backoff = new Backoff(random);
  let isClosed = false;

  const retry = () => {
    if (isClosed) return;
    timers.set("reconnect", backoff.next(), connect);
  };
  const line = new Line({ ...options, onReady: () => backoff.reset(), onLost: retry });
  const connect = () => {
    try {
      line.adopt(dial(wsUrl, token, resolve));
    } catch (error) {
      line.fail(toPlatformError(error));
      retry();
    }
  };
  // Not within `open`: its caller does not hold the link yet when the first hook is called.
  timers.set("reconnect", 0, connect);

  return {
    send: line.send,
    isConnected: () => line.isConnected(),
    close: async () => {
      isClosed = true;
      timers.clear();
      await line.close();
    },
  };
}
