import { AccountWatch } from "../account-watch";
import { createCall } from "../client";
import type { Clock } from "../clock";
import type { Resolve } from "../destination";
import type { Link, LinkHooks } from "../driver";
import { createTimeWatch } from "../time-watch";
import { catalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { PushSocket } from "./push";
import type { Connection } from "./settings";

const checkEvery = 60_000;

export interface LinkOptions {
  connection: Connection;
  token: string;
  accountId: string | null;
  hooks: LinkHooks;
  clock: Clock;
  random: () => number;
  resolve?: Resolve | undefined;
}

/**
 * Calls over HTTP, and the socket that pushes beside them where its address is set; without it the list is polled alone.
 * Connected means that the list of requests can be read: the socket proves nothing about the token that calls use.
 */
export function openLink(options: LinkOptions): Link {
  const { connection, token, hooks, resolve } = options;
  const transport = createHttpTransport({
    ...{ url: connection.apiUrl, token, resolve },
    onDate: createTimeWatch(hooks),
  });
  const watch: AccountWatch = new AccountWatch({
    ...options,
    every: checkEvery,
    look: async (signal) => {
      await createCall(catalogue, transport.send, signal)("request-list", {});
      return { accountId: connection.userId, isOnline: true };
    },
  });

  const { pushUrl } = connection;
  const push = pushUrl === undefined ? null : new PushSocket({ ...options, pushUrl });

  return {
    send: (row, input, options) =>
      transport.send(row, input, { ...options, signal: AbortSignal.any([options.signal, watch.ended]) }),
    isConnected: () => watch.isConnected,
    close: async () => {
      watch.end();
      await push?.close();
      await transport.close();
    },
  };
}
