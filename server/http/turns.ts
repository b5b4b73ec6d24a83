/** So many at once, the others in order of arrival. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly limit: number) {}

  /**
   * Runs `act` when it is its turn; rejects with the signal's reason when it is aborted before that.
   */
  async run<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    await this.begin(signal);
    try {
      return await act();
    } finally {
      const next = this.waiting.shift();
      // The place goes on to who waits longest: it is never free between the two.
      if (next) next();
      else this.running -= 1;
    }
  }

  private begin(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.running < this.limit) {
      this.running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      this.waiting.push(go);
      signal.addEventListener("abort", leave, { once: true });
    });
  }
}
