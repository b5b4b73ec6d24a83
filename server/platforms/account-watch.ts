import { Backoff } from "./backoff";
import { type Clock, Timers } from "./clock";
import type { LinkHooks } from "./driver";
import { PlatformError } from "./error";
import { toPlatformError } from "./network";
import { Standing } from "./standing";

const usual = 30_000;
const checkTimeout = 10_000;

/** What a look at the account found. `isOnline` false: whoever answers is there and the account is not. */
export interface Seen {
  accountId: string;
  isOnline: boolean;
  /** The platform's own words for it. */
  raw?: unknown;
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
 * Keeps asking who is there, where nothing tells it: after a failure with growing waits. What it finds is told to the
 * owner's hooks, presence as if it were a heartbeat.
 */
export class AccountWatch {
  readonly #options: WatchOptions;
  readonly #timers: Timers<"check" | "timeout">;
  readonly #backoff: Backoff;
  readonly #ended = new AbortController();
  readonly #every: number;
  readonly #standing: Standing;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#standing = new Standing(options.hooks, options.accountId);
    this.#every = options.every ?? usual;
    this.#timers = new Timers(options.clock);
    this.#backoff = new Backoff(options.random);
    // Not within `open`: its caller does not hold the link yet when the first hook is called.
    this.#timers.set("check", 0, () => void this.#loop());
  }

  get isConnected(): boolean {
    return this.#standing.isConnected;
  }

  get accountId(): string | null {
    return this.#standing.accountId;
  }

  /** Is this our account? The first one met becomes it where none was known. */
  isOurs(found: string): boolean {
    return this.#standing.isOurs(found);
  }

  /** Aborted when the link closes. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** What the link lives on broke: told at once, and tried again soon. */
  lost(error: PlatformError): void {
    if (this.#ended.signal.aborted || !this.isConnected) return;
    this.#standing.failed(error);
    this.#timers.set("check", this.#backoff.next(), () => void this.#loop());
  }

  end(): void {
    this.#ended.abort(new PlatformError("connection_lost", { isSent: true }));
    this.#standing.end();
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
      this.#standing.meet(seen.accountId);
      this.#standing.connected();
      hooks.event({ type: "heartbeat", isOnline: seen.isOnline, interval: this.#every }, seen.raw ?? null);
      return true;
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#standing.failed(toPlatformError(error));
      return false;
    } finally {
      this.#timers.cancel("timeout");
    }
  }
}
