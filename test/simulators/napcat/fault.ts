import { setTimeout as delay } from "node:timers/promises";
import type { Failure, Result } from "./answer";
import type { Call, CallLog } from "./call";
import type { Wire } from "./wire";

/** An answer printed as it is: the HTTP response, or over a socket a frame with `body`. */
export interface RawAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/** A call that is held. `call` resolves when it has arrived (and, held "after", has been acted on). */
export interface Latch {
  call: Promise<Call>;
  release(): void;
}

/** What happens to one call instead of the usual. */
export interface Plan {
  /** Instead of acting: this result. */
  result?: Result;
  /** After acting: this data in place of the action's own. */
  data?: Wire;
  before?: (call: Call) => Promise<void>;
  after?: (call: Call) => Promise<void>;
  raw?: RawAnswer;
  /** Drops the connection: "before" acting, or "after", so that the caller cannot know. */
  hangUp?: "before" | "after";
  isTwice?: boolean;
}

/** Faults of calls, by action ("*" is any). Each lasts for a number of calls, one unless told; the oldest goes first. */
export class CallFaults {
  private readonly planned: { action: string; left: number; plan: Plan }[] = [];
  private readonly ending = new AbortController();
  private choose: (action: string) => Plan = () => ({});

  constructor(private readonly calls: CallLog) {}

  /** Asked for every call that none of the faults below is planned for: what goes wrong with it. */
  otherwise(choose: (action: string) => Plan): void {
    this.choose = choose;
  }

  /** Answers ok and does nothing: NapCat's "submitted" that QQ never granted. */
  okWithoutActing(action: string, options: { times?: number; data?: Wire } = {}): void {
    this.plan(action, { result: { data: options.data ?? null } }, options.times);
  }

  /** Fails the next call with the given words. */
  failNext(action: string, words: string, failure: Failure = "business", times?: number): void {
    this.plan(action, { result: { failure, words } }, times);
  }

  /** Acts, and answers `data` instead of what it should. */
  answerWith(action: string, data: Wire, times?: number): void {
    this.plan(action, { data }, times);
  }

  /** Does not act, and answers something that is no OneBot envelope: a redirect, a page, broken JSON. */
  answerRaw(action: string, raw: RawAnswer, times?: number): void {
    this.plan(action, { raw }, times);
  }

  /** Acts once and answers twice. Over HTTP it is an ordinary answer. */
  answerTwice(action: string, times?: number): void {
    this.plan(action, { isTwice: true }, times);
  }

  /** Drops the connection of the next call instead of answering it. */
  hangUp(action: string, when: "before" | "after" = "before", times?: number): void {
    this.plan(action, { hangUp: when }, times);
  }

  /**
   * Holds the next call before it acts, or after it acted and before it answers, until `release`.
   * @param words held before it acts: with them it then fails.
   */
  hold(action: string, when: "before" | "after" = "after", words?: string): Latch {
    const arrived = withResolvers<Call>();
    const released = withResolvers<void>();
    // Closing the simulator lets go of everything that is held.
    this.ending.signal.addEventListener("abort", () => released.resolve(), { once: true });
    const wait = (call: Call): Promise<void> => {
      arrived.resolve(call);
      return released.promise;
    };
    const result = words === undefined ? {} : { result: { failure: "business" as const, words } };
    this.plan(action, when === "before" ? { before: wait, ...result } : { after: wait });
    return { call: arrived.promise, release: () => released.resolve() };
  }

  /** Answers the next call only after `count` more calls have arrived: answers out of order. */
  answerAfter(action: string, count: number): void {
    const wait = async (call: Call): Promise<void> => {
      await this.calls.waitFor(call.order + count);
    };
    this.plan(action, { after: wait });
  }

  /** Answers slowly. For the demo; tests hold and release. */
  slow(action: string, ms: number, times = Number.POSITIVE_INFINITY): void {
    const wait = async (): Promise<void> => {
      // Aborted by close: then there is nobody left to answer.
      await delay(ms, undefined, { signal: this.ending.signal }).catch(() => undefined);
    };
    this.plan(action, { after: wait }, times);
  }

  /** Takes back every fault that has not been used. */
  clear(): void {
    this.planned.length = 0;
  }

  /** The plan for this call, used up by asking. */
  take(action: string): Plan {
    const at = this.planned.findIndex((each) => each.action === action || each.action === "*");
    const found = this.planned[at];
    if (!found) return this.choose(action);
    found.left -= 1;
    if (found.left <= 0) this.planned.splice(at, 1);
    return found.plan;
  }

  close(): void {
    this.ending.abort();
    this.clear();
  }

  private plan(action: string, plan: Plan, times = 1): void {
    this.planned.push({ action, left: times, plan });
  }
}

/** Promise.withResolvers comes with Node 22. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
