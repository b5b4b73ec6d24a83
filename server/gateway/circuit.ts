import type { ErrorCode } from "@/lib/errors";
import { type Clock, systemClock } from "@/server/platforms/clock";
import { PlatformError } from "@/server/platforms/error";

/** By these a platform, or the way to it, has not answered as one that works. A refusal is an answer and is none of them. */
const failures: ReadonlySet<ErrorCode> = new Set([
  "timeout",
  "connection_lost",
  "connection_refused",
  "unreachable",
  "name_not_found",
  "tls_failed",
  "not_onebot",
  "bad_answer",
  "answer_too_large",
]);

/** Does this code say that a platform, or the way to it, does not work as it should? */
export function isFailure(code: ErrorCode): boolean {
  return failures.has(code);
}

/** These were given up by us: they say nothing about the platform. */
const neutral: ReadonlySet<ErrorCode> = new Set(["aborted", "shutting_down", "not_connected", "internal"]);

/** After so many failures in a row nothing is sent any more. */
export const failureLimit = 5;
/** How long nothing is sent then, ms; twice as long after each look that fails, up to the most. */
export const firstPauseMs = 15_000;
export const longestPauseMs = 300_000;

/** The part of a circuit that calls go through. */
export interface Gate {
  readonly isOpen: boolean;
  /** Throws `circuit_open` while nothing may be sent. */
  refuse(): void;
  /** Sends, and takes note of how it went. Throws what `send` throws, or `circuit_open` without having sent. */
  run<T>(send: () => Promise<T>): Promise<T>;
}

/** The gate of the one look at a platform that is paused: it is let through, once, and settles nothing by itself. */
export const lookThrough: Gate = { isOpen: true, refuse: () => undefined, run: (send) => send() };

export interface CircuitOptions {
  /** One read. That it is answered, even with a refusal, ends the pause. */
  look: () => Promise<unknown>;
  opened?: (pause: { error: ErrorCode; seconds: number }) => void;
  closed?: () => void;
  clock?: Clock | undefined;
  random?: () => number;
}

/**
 * Stops sending to a platform that does not answer any more: a hundred calls that each wait for fifteen seconds help
 * nobody, and an account that knocks without end gets banned. While it is open every call is refused at once; when the
 * pause is over one read is made, by the circuit itself and alone, and only its answer lets the others through again.
 */
export class Circuit implements Gate {
  readonly #options: CircuitOptions;
  readonly #clock: Clock;
  /** Failures in a row. Calls that were under way together and fail together are one. */
  #count = 0;
  #lastFailureAt = Number.NEGATIVE_INFINITY;
  #pauses = 0;
  #since: number | null = null;
  #until = 0;
  #cancel: (() => void) | null = null;
  /** A look that ends after a reset settles nothing. */
  #generation = 0;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  get isOpen(): boolean {
    return this.#since !== null;
  }

  /** For how long nothing has been sent, ms; null while it is closed. */
  get openMs(): number | null {
    return this.#since === null ? null : this.#clock.now() - this.#since;
  }

  refuse(): void {
    if (this.#since === null) return;
    const seconds = Math.max(1, Math.ceil((this.#until - this.#clock.now()) / 1_000));
    throw new PlatformError("circuit_open", { isSent: false, detail: { seconds } });
  }

  async run<T>(send: () => Promise<T>): Promise<T> {
    this.refuse();
    const startedAt = this.#clock.now();
    try {
      const answer = await send();
      this.#succeed();
      return answer;
    } catch (error) {
      this.#fail(error, startedAt);
      throw error;
    }
  }

  /** Forgets everything: the connection is a new one, or is gone. */
  reset(): void {
    this.#generation += 1;
    this.#cancel?.();
    this.#cancel = null;
    this.#count = 0;
    this.#pauses = 0;
    this.#since = null;
  }

  #succeed(): void {
    // What was sent before the pause and is answered during it does not end it: only the look does.
    if (this.#since !== null) return;
    this.#count = 0;
    this.#pauses = 0;
  }

  #fail(error: unknown, startedAt: number): void {
    const code = error instanceof PlatformError ? error.code : "internal";
    if (neutral.has(code) || this.#since !== null) return;
    if (!failures.has(code)) {
      this.#succeed();
      return;
    }
    if (startedAt < this.#lastFailureAt) return;
    this.#lastFailureAt = this.#clock.now();
    this.#count += 1;
    if (this.#count >= failureLimit) this.#open(code);
  }

  #open(error: ErrorCode): void {
    this.#since ??= this.#clock.now();
    // Spread, so that many bots of one platform do not knock in step.
    const spread = 1 + 0.2 * (this.#options.random ?? Math.random)();
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#pauses) * spread;
    this.#pauses = Math.min(this.#pauses + 1, 10);
    this.#until = this.#clock.now() + pauseMs;
    this.#cancel = this.#clock.schedule(pauseMs, () => void this.#look());
    this.#options.opened?.({ error, seconds: Math.ceil(pauseMs / 1_000) });
  }

  async #look(): Promise<void> {
    const generation = this.#generation;
    this.#cancel = null;
    let failure: ErrorCode | null = null;
    try {
      await this.#options.look();
    } catch (error) {
      const code = error instanceof PlatformError ? error.code : "internal";
      if (failures.has(code) || neutral.has(code)) failure = code;
    }
    if (generation !== this.#generation) return;
    if (failure !== null) {
      this.#open(failure);
      return;
    }
    this.#since = null;
    // On probation: the first call that fails opens it again, for longer; the first that is answered ends that.
    this.#count = failureLimit - 1;
    this.#options.closed?.();
  }
}
