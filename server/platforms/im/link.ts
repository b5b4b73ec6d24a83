import { Backoff } from "../backoff";
import { createCall } from "../client";
import { type Clock, Timers } from "../clock";
import type { Resolve } from "../destination";
import type { Link, LinkHooks } from "../driver";
import { PlatformError } from "../error";
import { parseJson } from "../json";
import { toPlatformError } from "../network";
import { Standing } from "../standing";
import { createTimeWatch } from "../time-watch";
import type { Send } from "../transport";
import { catalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { PushSocket } from "./socket";
import { TokenKeeper } from "./token";
import { guardTransfer } from "./transfer";
import { typingFrame } from "./typing";

const checkMs = 10_000;

export interface LinkOptions {
  baseUrl: string;
  token: string;
  accountId: string | null;
  hooks: LinkHooks;
  saveCredentials: (next: { token: string }) => Promise<void>;
  clock: Clock;
  random: () => number;
  resolve?: Resolve | undefined;
}

/** Opens the connection of one account: calls by HTTP, pushes over its one socket. */
export function openLink(options: LinkOptions): Link {
  return new ImLink(options);
}

/** Connected means that the account has answered and its socket stands. Signed out over there, it waits for a new token. */
class ImLink implements Link {
  readonly #options: LinkOptions;
  readonly #keeper: TokenKeeper;
  readonly #http: ReturnType<typeof createHttpTransport>;
  readonly #guarded: Send;
  readonly #timers: Timers<"connect" | "check">;
  readonly #backoff: Backoff;
  readonly #ended = new AbortController();
  readonly #standing: Standing;
  #socket: PushSocket | null = null;
  #isSignedOut = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { baseUrl, token, hooks, resolve } = options;
    this.#standing = new Standing(hooks, options.accountId);
    this.#keeper = new TokenKeeper({
      token,
      save: options.saveCredentials,
      failed: () => hooks.log("error", "credentials_not_saved", {}),
    });
    this.#http = createHttpTransport({ baseUrl, keeper: this.#keeper, resolve, onDate: createTimeWatch(hooks) });
    this.#guarded = guardTransfer(this.#http.send);
    this.#timers = new Timers(options.clock);
    this.#backoff = new Backoff(options.random);
    this.#timers.set("connect", 0, () => void this.#connect());
  }

  readonly send: Send = async (row, input, options) => {
    const socket = this.#socket;
    if (!this.#standing.isConnected || socket === null) throw new PlatformError("not_connected", { isSent: false });
    if (!row.transports.includes("http")) {
      const frame = typingFrame(input);
      options.onWire?.({ over: "ws", frame: parseJson(frame), http: null });
      await socket.write(frame);
      return null;
    }
    try {
      const signal = AbortSignal.any([options.signal, this.#ended.signal]);
      return await this.#guarded(row, input, { ...options, signal });
    } catch (error) {
      if (error instanceof PlatformError && error.code === "signed_out_there") this.#signedOut(error);
      throw error;
    }
  };

  isConnected(): boolean {
    return this.#standing.isConnected;
  }

  async close(): Promise<void> {
    this.#standing.end();
    this.#ended.abort(new PlatformError("connection_lost", { isSent: true }));
    this.#timers.clear();
    await this.#socket?.end();
    await this.#http.close();
    // The next start needs the newest token.
    await this.#keeper.saved();
  }

  async #connect(): Promise<void> {
    try {
      await this.#check();
      if (this.#ended.signal.aborted) return;
      this.#dial();
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#failed(toPlatformError(error));
    }
  }

  /** Asks who is there: the token works, and it is the account we expect. */
  async #check(): Promise<void> {
    const timeout = new AbortController();
    this.#timers.set("check", checkMs, () => timeout.abort(new DOMException("check", "TimeoutError")));
    try {
      const call = createCall(catalogue, this.#http.send, AbortSignal.any([timeout.signal, this.#ended.signal]));
      const { account } = await call("get.me.info", {});
      if (!this.#ended.signal.aborted) this.#standing.meet(account.id);
    } finally {
      this.#timers.cancel("check");
    }
  }

  #dial(): void {
    const { baseUrl, clock, hooks, resolve } = this.#options;
    this.#socket = new PushSocket({
      ...{ baseUrl, clock, resolve, token: this.#keeper.current, ownId: this.#standing.accountId },
      hooks,
      onOpen: () => {
        this.#backoff.reset();
        this.#standing.connected();
      },
      onLost: (error) => {
        this.#socket = null;
        // Known already when the account was signed out: that ended the socket.
        if (!this.#isSignedOut) this.#failed(error);
      },
    });
  }

  /** Nothing but a new token helps: the socket ends, and nothing is tried again until the bot is signed in anew. */
  #signedOut(error: PlatformError): void {
    if (this.#isSignedOut || this.#ended.signal.aborted) return;
    this.#isSignedOut = true;
    void this.#socket?.end();
    this.#socket = null;
    this.#standing.failed(error);
  }

  #failed(error: PlatformError): void {
    if (error.code === "signed_out_there") {
      this.#signedOut(error);
      return;
    }
    this.#standing.failed(error);
    // At least a second: the server takes the pushes of all sockets away when it notices the end of the last one.
    this.#timers.set("connect", this.#backoff.next(), () => void this.#connect());
  }
}
