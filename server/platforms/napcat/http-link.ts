import { Backoff } from "../backoff";
import { createCall } from "../client";
import { type Clock, Timers } from "../clock";
import type { Resolve } from "../destination";
import type { Link, LinkHooks } from "../driver";
import { PlatformError } from "../error";
import { toPlatformError } from "../network";
import { quietLog } from "../quiet";
import { createTimeWatch } from "../time-watch";
import { catalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { takePost } from "./post";

const checkEvery = 30_000;
const checkTimeout = 10_000;

export interface HttpLinkOptions {
  httpUrl: string;
  token: string;
  accountId: string | null;
  hooks: LinkHooks;
  clock: Clock;
  random: () => number;
  resolve?: Resolve | undefined;
}

/**
 * Calls over HTTP, events as signed posts. There is no socket to watch, so the account is asked every half minute, and
 * after a failure with growing waits; its state is told as if it were a heartbeat.
 */
export function openHttp(options: HttpLinkOptions): Link {
  const { token, hooks, clock } = options;
  const transport = createHttpTransport({
    url: options.httpUrl,
    token,
    resolve: options.resolve,
    onDate: createTimeWatch(hooks),
  });
  const timers = new Timers<"check" | "timeout">(clock);
  const backoff = new Backoff(options.random);
  const ended = new AbortController();
  const log = quietLog(hooks, clock);
  let accountId = options.accountId;
  let isConnected = false;
  let toldFailure: string | null = null;

  const fail = (error: PlatformError) => {
    const wasConnected = isConnected;
    isConnected = false;
    hooks.state({ isConnected: false, error });
    if (!wasConnected && toldFailure === error.code) return;
    toldFailure = error.code;
    const own = error.code === "token_rejected" || error.code === "wrong_account" ? error.code : null;
    const detail = { ...error.detail, error: error.code, text: error.text };
    hooks.log("error", own ?? (wasConnected ? "disconnected" : "connect_failed"), detail);
  };
  const isOurs = (found: string): boolean => {
    if (accountId === null) {
      accountId = found;
      hooks.log("info", "account_known", { account: found });
      hooks.account(found);
    }
    return accountId === found;
  };
  const wrongAccount = (found: string) => ({ expected: accountId, found });
  /** A post of another account says nothing about our own connection: it is refused and noted. */
  const meet = (found: string): boolean => {
    if (isOurs(found)) return true;
    log("error", "wrong_account", wrongAccount(found));
    return false;
  };
  const check = async (): Promise<boolean> => {
    const timeout = new AbortController();
    timers.set("timeout", checkTimeout, () => timeout.abort(new DOMException("check", "TimeoutError")));
    const call = createCall(catalogue, transport.send, AbortSignal.any([timeout.signal, ended.signal]));
    try {
      const info = await call("get_login_info", {});
      const status = await call("get_status", {});
      if (ended.signal.aborted) return false;
      if (!isOurs(info.user_id))
        throw new PlatformError("wrong_account", { isSent: true, detail: wrongAccount(info.user_id) });
      if (!isConnected) {
        isConnected = true;
        toldFailure = null;
        hooks.log("info", "connected", { account: info.user_id });
        hooks.state({ isConnected: true });
      }
      hooks.event({ type: "heartbeat", isOnline: status.online, interval: checkEvery }, status);
      return true;
    } catch (error) {
      if (!ended.signal.aborted) fail(toPlatformError(error));
      return false;
    } finally {
      timers.cancel("timeout");
    }
  };
  const loop = async () => {
    const isWell = await check();
    if (ended.signal.aborted) return;
    if (isWell) backoff.reset();
    timers.set("check", isWell ? checkEvery : backoff.next(), () => void loop());
  };
  timers.set("check", 0, () => void loop());

  return {
    send: (row, input, options) =>
      transport.send(row, input, { ...options, signal: AbortSignal.any([options.signal, ended.signal]) }),
    isConnected: () => isConnected,
    acceptPost: (headers, rawBody) =>
      ended.signal.aborted ? { status: 503 } : takePost({ headers, rawBody, token, hooks, log, meet }),
    close: async () => {
      ended.abort(new PlatformError("connection_lost", { isSent: true }));
      timers.clear();
      await transport.close();
    },
  };
}
