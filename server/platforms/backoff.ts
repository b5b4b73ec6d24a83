/** Waits between attempts: doubling from one second to a minute, spread so that many bots do not return in step. */
export class Backoff {
  #attempt = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** The next wait in milliseconds: between 1 s and 60 s, longer after each failure. */
  next(): number {
    const ceiling = Math.min(60_000, 2_000 * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 10);
    return Math.round(Math.max(1_000, (ceiling * (1 + this.random())) / 2));
  }

  reset(): void {
    this.#attempt = 0;
  }
}
