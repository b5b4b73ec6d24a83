import type { Writable } from "node:stream";
import type { WebSocket } from "ws";
import type { Clock } from "../clock";
import type { LinkHooks } from "../driver";
import { PlatformError } from "../error";
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
  #accountId: string | null;
  #generation = 0;
  #session: Session | null = null;
  /** The code of the last failure told to the log, so that an outage of a night is one line and not a thousand. */
  #toldFailure: string | null = null;
  #isUp = false;
  #isClosed = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#accountId = options.accountId;
  }

  get accountId(): string | null {
    return this.#accountId;
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
      if (this.#isUp) hooks.state({ isConnected: false, error });
      this.#isUp = false;
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
      accountId: this.#accountId,
      clock,
      hooks: {
        state: (state) => isStale() || hooks.state(state),
        event: (inbound, raw) => isStale() || hooks.event(inbound, raw),
        log: (level, code, detail) => isStale() || hooks.log(level, code, detail),
        account: (accountId) => isStale() || this.#learn(accountId),
      },
      onReady: ({ accountId }) => {
        if (isStale()) return;
        this.#toldFailure = null;
        this.#isUp = true;
        hooks.log("info", "connected", { account: accountId });
        hooks.state({ isConnected: true });
        onReady?.();
      },
      onLost: (error) => {
        if (isStale()) return;
        const wasUp = this.#isUp;
        this.#isUp = false;
        this.#session = null;
        this.fail(error, wasUp);
        onLost?.(error);
      },
    });
  }

  /** Tells of a failed attempt, or of a lost connection. */
  fail(error: PlatformError, wasConnected = false): void {
    const { hooks } = this.#options;
    hooks.state({ isConnected: false, error });
    if (!wasConnected && error.code === this.#toldFailure) return;
    this.#toldFailure = error.code;
    const own = error.code === "token_rejected" || error.code === "wrong_account" ? error.code : null;
    const code = own ?? (wasConnected ? "disconnected" : "connect_failed");
    hooks.log("error", code, { ...error.detail, error: error.code, text: error.text });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const session = this.#session;
    this.#session = null;
    await session?.end(new PlatformError("connection_lost", { isSent: true, detail: { reason: "closed" } }));
  }

  #learn(accountId: string): void {
    this.#accountId = accountId;
    this.#options.hooks.log("info", "account_known", { account: accountId });
    this.#options.hooks.account(accountId);
  }
}
