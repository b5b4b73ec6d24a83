/** Time, injected so that tests move it by hand instead of waiting. */
export interface Clock {
  /** Milliseconds since some moment: how long things last, whatever somebody sets the wall clock to. */
  now(): number;
  /** Runs once after `ms`; the returned function calls it off. */
  schedule(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The one owner of a connection's timers: at most one of each name, and `clear` ends them all. */
export class Timers<Name extends string> {
  readonly #running = new Map<Name, () => void>();

  constructor(private readonly clock: Clock) {}

  /** Starts `name` anew; an earlier one of that name never fires. */
  set(name: Name, ms: number, run: () => void): void {
    this.#running.get(name)?.();
    const cancel = this.clock.schedule(ms, () => {
      this.#running.delete(name);
      run();
    });
    this.#running.set(name, cancel);
  }

  cancel(name: Name): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  clear(): void {
    for (const cancel of this.#running.values()) cancel();
    this.#running.clear();
  }
}
