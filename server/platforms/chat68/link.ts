import { AccountWatch } from "../account-watch";
import { createCall } from "../client";
import type { Clock } from "../clock";
import type { Resolve } from "../destination";
import type { Link, LinkHooks } from "../driver";
import { PlatformError } from "../error";
import { toPlatformError } from "../network";
import { createTimeWatch } from "../time-watch";
import type { Send } from "../transport";
import { catalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import type { Draw, Reserve } from "./message-id";
import { createService } from "./service";
import { dial, Session } from "./session";
import type { Connection } from "./settings";

export interface LinkOptions {
  connection: Connection;
  accountId: string | null;
  hooks: LinkHooks;
  clock: Clock;
  random: () => number;
  reserve: Reserve;
  draw?: Draw | undefined;
  resolve?: Resolve | undefined;
}

/** A way to the helper. `ready` resolves when a body can be sent, opening what must be open for it. */
interface Way {
  post: Send;
  ready(signal: AbortSignal): Promise<void>;
  /** Gives up what `ready` opened: it looks open and does not answer. */
  drop(error: PlatformError): void;
  close(): Promise<void>;
}

function overHttp(httpUrl: string, { hooks, resolve }: Pick<LinkOptions, "hooks" | "resolve">): Way {
  const transport = createHttpTransport({ url: httpUrl, resolve, onDate: createTimeWatch(hooks) });
  return { post: transport.post, ready: () => Promise.resolve(), drop: () => undefined, close: transport.close };
}

/** One socket at a time, dialled when it is needed and there is none. What only HTTP has goes over HTTP where that is set. */
function overSocket(
  wsUrl: string,
  options: Pick<LinkOptions, "hooks" | "clock" | "resolve">,
  aside: Way | null,
  onDown: (error: PlatformError) => void,
): Way {
  const { hooks, clock, resolve } = options;
  let generation = 0;
  let current: Session | null = null;
  let isUp = false;
  let isClosed = false;

  const dialAnew = (signal: AbortSignal): Promise<void> =>
    new Promise((done, fail) => {
      const own = ++generation;
      const isStale = () => isClosed || own !== generation;
      const onAbort = () => session.lose(new PlatformError("timeout", { isSent: false }));
      const session = new Session({
        socket: dial(wsUrl, resolve),
        generation: own,
        clock,
        hooks: {
          event: (inbound, raw) => isStale() || hooks.event(inbound, raw),
          log: (level, code, detail) => isStale() || hooks.log(level, code, detail),
        },
        onHello: () => {
          signal.removeEventListener("abort", onAbort);
          isUp = true;
          done();
        },
        onLost: (error) => {
          signal.removeEventListener("abort", onAbort);
          if (current === session) {
            current = null;
            const wasUp = isUp;
            isUp = false;
            if (wasUp && !isClosed) onDown(error);
          }
          fail(error);
        },
      });
      signal.addEventListener("abort", onAbort);
      current = session;
    });

  return {
    post: (row, body, options) => {
      if (aside !== null && !row.transports.includes("ws")) return aside.post(row, body, options);
      if (current === null) return Promise.reject(new PlatformError("not_connected", { isSent: false }));
      return current.post(row, body, options);
    },
    ready: (signal) => (isUp ? Promise.resolve() : dialAnew(signal)),
    drop: (error) => {
      isUp = false;
      current?.lose(error);
    },
    close: async () => {
      isClosed = true;
      isUp = false;
      const session = current;
      current = null;
      await session?.end(new PlatformError("connection_lost", { isSent: true, detail: { reason: "closed" } }));
      await aside?.close();
    },
  };
}

/**
 * A link to the helper over HTTP or its WebSocket. The account is asked for every half minute: the document knows no
 * heartbeat, and a helper that answers for nobody is not an account that is online.
 */
export function openLink(options: LinkOptions): Link {
  const { connection, hooks, clock, reserve, draw, resolve } = options;
  const onDown = (error: PlatformError) => watch.lost(error);
  const way =
    connection.transport === "http"
      ? overHttp(connection.httpUrl, { hooks, resolve })
      : overSocket(
          connection.wsUrl,
          { hooks, clock, resolve },
          connection.httpUrl === undefined ? null : overHttp(connection.httpUrl, { hooks, resolve }),
          onDown,
        );
  const send = createService({ post: way.post, reserve, draw });
  const watch: AccountWatch = new AccountWatch({
    ...options,
    look: async (signal) => {
      await way.ready(signal);
      try {
        const { userInfo } = await createCall(catalogue, send, signal)("UserInfo", {});
        return { accountId: userInfo.uid, isOnline: true };
      } catch (error) {
        const known = toPlatformError(error);
        if (known.code === "timeout") way.drop(known);
        throw known;
      }
    },
  });
  return {
    send: (row, input, options) =>
      send(row, input, { ...options, signal: AbortSignal.any([options.signal, watch.ended]) }),
    isConnected: () => watch.isConnected,
    close: async () => {
      watch.end();
      await way.close();
    },
  };
}
