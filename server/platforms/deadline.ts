import { setMaxListeners } from "node:events";

/** A signal that calls of the same moment share. */
interface Moment {
  controller: AbortController;
  /** When a call is too late to share it, by performance.now(). */
  closesAt: number;
  timer: NodeJS.Timeout;
  calls: number;
  end(reason?: unknown): void;
}

/**
 * A time limit for calls: `ms` long, and at most a hundredth longer, because calls that begin within that hundredth share
 * one signal and one timer. A signal for each call (AbortSignal.any over AbortSignal.timeout) costs more than all the rest
 * of a call, and leaves a timer and a place in the longer-lived signal's list behind until it is collected.
 */
export class Deadline {
  readonly #moments = new WeakMap<AbortSignal, Moment>();

  constructor(private readonly ms: number) {}

  /** Runs `act` with a signal that aborts when `signal` does, and with a TimeoutError when the time is over. */
  async within<T>(signal: AbortSignal, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const moment = this.#moment(signal);
    moment.calls += 1;
    moment.timer.ref();
    try {
      return await act(moment.controller.signal);
    } finally {
      moment.calls -= 1;
      if (moment.calls === 0) this.#leave(signal, moment);
    }
  }

  #moment(signal: AbortSignal): Moment {
    const now = performance.now();
    const current = this.#moments.get(signal);
    if (current && now < current.closesAt && !current.controller.signal.aborted) return current;
    if (current?.calls === 0) current.end();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const share = this.ms / 100;
    const follow = () => moment.end(signal.reason);
    const late = () => moment.end(new DOMException("The call took too long.", "TimeoutError"));
    const moment: Moment = {
      ...{ controller, calls: 0, closesAt: now + share, timer: setTimeout(late, this.ms + share) },
      end: (reason?: unknown) => {
        clearTimeout(moment.timer);
        signal.removeEventListener("abort", follow);
        if (reason !== undefined) controller.abort(reason);
      },
    };
    if (signal.aborted) follow();
    else signal.addEventListener("abort", follow);
    this.#moments.set(signal, moment);
    return moment;
  }

  /** Nobody is under way in it: it may still be shared by who comes, but keeps no process alive. */
  #leave(signal: AbortSignal, moment: Moment): void {
    if (this.#moments.get(signal) === moment) moment.timer.unref();
    else moment.end();
  }
}
