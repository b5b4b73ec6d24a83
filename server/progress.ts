import { performance } from "node:perf_hooks";

/** Says what the start is doing, one line a step with the seconds since the process began. */
export function step(what: string): void {
  const seconds = (performance.now() / 1000).toFixed(2).padStart(5);
  process.stdout.write(`[${seconds} s] ${what}\n`);
}

/** What is owned so far, so that a start that fails and a stop both end it all, last begun first. */
export class Owned {
  readonly #ends: { name: string; end: () => Promise<void> | void }[] = [];

  add(name: string, end: () => Promise<void> | void): void {
    this.#ends.push({ name, end });
  }

  /** Ends everything once. One that fails does not keep the others from ending. */
  async end(report: (name: string, error: unknown) => void): Promise<void> {
    for (let owned = this.#ends.pop(); owned !== undefined; owned = this.#ends.pop()) {
      try {
        await owned.end();
      } catch (error) {
        report(owned.name, error);
      }
    }
  }
}
