import { randomBytes } from "node:crypto";
import { DeskError } from "@/lib/errors";
import { createSealer, SealError } from "@/server/auth/seal";
import { type Clock, systemClock } from "@/server/platforms/clock";

/** How long an answer waits to be looked at, ms. */
export const sealedForMs = 60_000;

/** Answers that may wait at once. Above it the oldest is gone: somebody calls and does not look. */
const maximumWaiting = 100;

/**
 * Answers that hand out secrets, between the call and the one look at them. They are in this process's memory only, each
 * sealed under a key of its own that only its token has: what is kept here opens nothing by itself, and a restart ends it.
 * With several instances the look has to reach the one that called.
 */
export class SealedAnswers {
  readonly #waiting = new Map<string, { sealed: Uint8Array<ArrayBuffer>; cancel: () => void }>();
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Keeps an answer for `owner`, which names who may open it. The token is for them alone and must not be stored. */
  keep(owner: string, answer: unknown): string {
    const id = randomBytes(16).toString("base64url");
    const key = randomBytes(32).toString("base64url");
    const sealed = createSealer(key).seal({ answer }, owner);
    this.#waiting.set(id, { sealed, cancel: this.#clock.schedule(sealedForMs, () => this.#forget(id)) });
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > maximumWaiting && oldest !== undefined) this.#forget(oldest);
    return `${id}.${key}`;
  }

  /**
   * The answer, which is gone from here with that. Throws DeskError `reveal_gone` for one that was opened before, has
   * expired, or is not `owner`'s; the last stays where it is.
   */
  take(owner: string, token: string): unknown {
    const [id = "", key = ""] = token.split(".");
    const found = this.#waiting.get(id);
    if (!found) throw new DeskError("reveal_gone");
    const answer = open(found.sealed, key, owner);
    this.#forget(id);
    return answer;
  }

  /** Forgets everything. */
  clear(): void {
    for (const id of [...this.#waiting.keys()]) this.#forget(id);
  }

  #forget(id: string): void {
    this.#waiting.get(id)?.cancel();
    this.#waiting.delete(id);
  }
}

function open(sealed: Uint8Array, key: string, owner: string): unknown {
  try {
    const opened = createSealer(key).open(sealed, owner);
    return typeof opened === "object" && opened !== null && "answer" in opened ? opened.answer : null;
  } catch (cause) {
    if (cause instanceof SealError) throw new DeskError("reveal_gone");
    throw cause;
  }
}
