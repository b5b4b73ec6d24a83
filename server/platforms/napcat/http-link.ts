import { AccountWatch } from "../account-watch";
import { createCall } from "../client";
import type { Clock } from "../clock";
import type { Resolve } from "../destination";
import type { Link, LinkHooks } from "../driver";
import { quietLog } from "../quiet";
import { createTimeWatch } from "../time-watch";
import { catalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { takePost } from "./post";

export interface HttpLinkOptions {
  httpUrl: string;
  token: string;
  accountId: string | null;
  hooks: LinkHooks;
  clock: Clock;
  random: () => number;
  resolve?: Resolve | undefined;
}

/** Calls over HTTP, events as signed posts. There is no socket to watch, so the account is asked every half minute. */
export function openHttp(options: HttpLinkOptions): Link {
  const { token, hooks, clock } = options;
  const transport = createHttpTransport({
    url: options.httpUrl,
    token,
    resolve: options.resolve,
    onDate: createTimeWatch(hooks),
  });
  const log = quietLog(hooks, clock);
  const watch = new AccountWatch({
    ...options,
    look: async (signal) => {
      const call = createCall(catalogue, transport.send, signal);
      const { user_id: accountId } = await call("get_login_info", {});
      const status = await call("get_status", {});
      return { accountId, isOnline: status.online, raw: status };
    },
  });
  /** A post of another account says nothing about our own connection: it is refused and noted. */
  const meet = (found: string): boolean => {
    if (watch.isOurs(found)) return true;
    log("error", "wrong_account", { expected: watch.accountId, found });
    return false;
  };

  return {
    send: (row, input, options) =>
      transport.send(row, input, { ...options, signal: AbortSignal.any([options.signal, watch.ended]) }),
    isConnected: () => watch.isConnected,
    acceptPost: (headers, rawBody) =>
      watch.ended.aborted ? { status: 503 } : takePost({ headers, rawBody, token, hooks, log, meet }),
    close: async () => {
      watch.end();
      await transport.close();
    },
  };
}
