import { Backoff } from "./backoff";
import { type Clock, Timers } from "./clock";
import type { LinkHooks } from "./driver";
import { PlatformError } from "./error";
import { toPlatformError } from "./network";

const usual = 30_000;
const checkTimeout = 10_000;

/** What a look at the account found. `isOnline` false: whoever answers is there and the account is not. */
export interface Seen {
  accountId: string;
  isOnline: boolean;
}

export interface WatchOptions {
  /** The account this bot is known to be. */
  accountId: string | null;
  hooks: LinkHooks;
  clock: Clock;
  random: () => number;
  /** Milliseconds from one look to the next; half a minute when it is left out. */
  every?: number;
  /** Asks who is there; it must end when `signal` does. */
  look(signal: AbortSignal): Promise<Seen>;
}

/**
 * Keeps asking who is there, for a platform that tells nothing by itself: after a failure with growing waits. It tells the owner's hooks of connection, account and presence, once a change.
 */
export class AccountWatch {
  readonly #options: WatchOptions;
  readonly #timers: Timers<"check" | "timeout">;
  readonly #backoff: Backoff;
  readonly #ended = new AbortController();
  readonly #every: number;
  #accountId: string | null;
  #isConnected = false;
  #toldFailure: string | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#accountId = options.accountId;
    this.#every = options.every ?? usual;
    this.#timers = new Timers(options.clock);
    this.#backoff = new Backoff(options.random);
    // Not within `open`: its caller does not hold the link yet when the first hook is called.
    this.#timers.set("check", 0, () => void this.#loop());
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Aborted when the link closes. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** What the link lives on broke: told at once, and tried again soon. */
  lost(error: PlatformError): void {
    if (this.#ended.signal.aborted || !this.#isConnected) return;
    this.#fail(error);
    this.#timers.set("check", this.#backoff.next(), () => void this.#loop());
  }

  end(): void {
    this.#ended.abort(new PlatformError("connection_lost", { isSent: true }));
    this.#isConnected = false;
    this.#timers.clear();
  }

  async #loop(): Promise<void> {
    const isWell = await this.#check();
    if (this.#ended.signal.aborted) return;
    if (isWell) this.#backoff.reset();
    this.#timers.set("check", isWell ? this.#every : this.#backoff.next(), () => void this.#loop());
  }

  async #check(): Promise<boolean> {
    const { hooks, look } = this.#options;
    const timeout = new AbortController();
    this.#timers.set("timeout", checkTimeout, () => timeout.abort(new DOMException("check", "TimeoutError")));
    try {
      const seen = await look(AbortSignal.any([timeout.signal, this.#ended.signal]));
      if (this.#ended.signal.aborted) return false;
      this.#meet(seen.accountId);
      if (!this.#isConnected) {
        this.#isConnected = true;
        this.#toldFailure = null;
        hooks.log("info", "connected", { account: seen.accountId });
        hooks.state({ isConnected: true });
      }
      hooks.event({ type: "heartbeat", isOnline: seen.isOnline, interval: this.#every }, null);
      return true;
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#fail(toPlatformError(error));
      return false;
    } finally {
      this.#timers.cancel("timeout");
    }
  }

  /** Throws `wrong_account` when it is not the one this bot is; the first one met is, when none is known. */
  #meet(found: string): void {
    if (this.#accountId === null) {
      this.#accountId = found;
      this.#options.hooks.log("info", "account_known", { account: found });
      this.#options.hooks.account(found);
    }
    if (this.#accountId === found) return;
    throw new PlatformError("wrong_account", { isSent: true, detail: { expected: this.#accountId, found } });
  }

  #fail(error: PlatformError): void {
    const { hooks } = this.#options;
    const wasConnected = this.#isConnected;
    this.#isConnected = false;
    hooks.state({ isConnected: false, error });
    if (!wasConnected && this.#toldFailure === error.code) return;
    this.#toldFailure = error.code;
    const own = error.code === "token_rejected" || error.code === "wrong_account" ? error.code : null;
    const detail = { ...error.detail, error: error.code, text: error.text };
    hooks.log("error", own ?? (wasConnected ? "disconnected" : "connect_failed"), detail);
  }
}
