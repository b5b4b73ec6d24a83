import type { Writable } from "node:stream";
import type { WebSocket } from "ws";
import type { Clock } from "../clock";
import type { LinkHooks } from "../driver";
import { PlatformError } from "../error";
import { Standing } from "../standing";
import type { Send } from "../transport";
import { Session } from "./session";

export interface LineOptions {
  token: string;
  accountId: string | null;
  hooks: LinkHooks;
  clock: Clock;
  onReady?(): void;
  onLost?(error: PlatformError): void;
}

/** The one socket that currently serves a bot, over all its reconnects. A newer socket replaces an older one. */
export class Line {
  readonly #options: LineOptions;
  readonly #standing: Standing;
  #generation = 0;
  #session: Session | null = null;
  #isClosed = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#standing = new Standing(options.hooks, options.accountId);
  }

  get accountId(): string | null {
    return this.#standing.accountId;
  }

  get hasSocket(): boolean {
    return this.#session !== null;
  }

  isConnected(): boolean {
    return this.#session?.isReady ?? false;
  }

  readonly send: Send = (row, input, options) => {
    const session = this.#session;
    if (!session?.isReady) return Promise.reject(new PlatformError("not_connected", { isSent: false }));
    return session.send(row, input, options);
  };

  /** Puts `socket` (connecting or open) to use. The one before it ends: a client that dials anew knows best. */
  adopt(socket: WebSocket, stream?: Writable): void {
    const { hooks, token, clock, onReady, onLost } = this.#options;
    const generation = ++this.#generation;
    const previous = this.#session;
    this.#session = null;
    if (previous !== null) {
      const error = new PlatformError("connection_lost", { isSent: true, detail: { reason: "replaced" } });
      this.#standing.replaced(error);
      hooks.log("info", "replaced", { generation });
      void previous.end(error);
    }
    // What a socket says after a newer one took over is not believed.
    const isStale = () => this.#isClosed || generation !== this.#generation;
    this.#session = new Session({
      socket,
      stream,
      generation,
      token,
      accountId: this.#standing.accountId,
      clock,
      hooks: {
        state: (state) => isStale() || hooks.state(state),
        event: (inbound, raw) => isStale() || hooks.event(inbound, raw),
        log: (level, code, detail) => isStale() || hooks.log(level, code, detail),
        account: (accountId) => isStale() || this.#standing.isOurs(accountId),
      },
      onReady: () => {
        if (isStale()) return;
        this.#standing.connected();
        onReady?.();
      },
      onLost: (error) => {
        if (isStale()) return;
        this.#session = null;
        this.#standing.failed(error);
        onLost?.(error);
      },
    });
  }

  /** Tells of an attempt that failed before there was a socket. */
  fail(error: PlatformError): void {
    this.#standing.failed(error);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#standing.end();
    const session = this.#session;
    this.#session = null;
    await session?.end(new PlatformError("connection_lost", { isSent: true, detail: { reason: "closed" } }));
  }
}
