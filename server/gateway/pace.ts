import { type PaceSettings, paceDefaults } from "@/lib/pace";

interface Waiter {
  start: () => void;
  stop: (cause: unknown) => void;
}

/**
 * The pace of one bot: writes with a gap between them, one at a time unless more are allowed, and reads in a bounded number beside them.
 * Owns its only timer; `close` ends it and rejects who waits.
 */
export class Pace {
  private readonly writes: Waiter[] = [];
  private readonly reads: Waiter[] = [];
  private writing = 0;
  private reading = 0;
  private nextWriteAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private closed: unknown = null;

  constructor(private settings: PaceSettings = paceDefaults.napcat) {}

  get writeLimit(): number {
    return this.settings.writeLimit;
  }

  /** From the next call on. The gap that is running keeps its length. */
  change(settings: PaceSettings): void {
    this.settings = settings;
    this.pump();
  }

  /**
   * Runs `act` when it is its turn. When `signal` aborts first, `act` never runs and the signal's reason is thrown.
   */
  async run<T>(kind: "read" | "write", signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    await this.turn(kind === "write" ? this.writes : this.reads, signal);
    try {
      return await act();
    } finally {
      if (kind === "write") {
        this.writing -= 1;
        this.nextWriteAt = performance.now() + this.settings.writeGapMs;
      } else this.reading -= 1;
      this.pump();
    }
  }

  /** Rejects everybody who waits and stops the timer. What runs already goes on. */
  close(cause: unknown): void {
    this.closed = cause;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (const waiter of [...this.writes.splice(0), ...this.reads.splice(0)]) waiter.stop(cause);
  }

  private turn(queue: Waiter[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.closed !== null) return reject(this.closed);
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        start: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
        stop: (cause) => {
          signal.removeEventListener("abort", leave);
          reject(cause);
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      queue.push(waiter);
      this.pump();
    });
  }

  private pump(): void {
    if (this.closed !== null) return;
    // Places are taken here and not when the waiter wakes: two pumps in one tick must not give one place away twice.
    while (this.reading < this.settings.readLimit && this.reads.length > 0) {
      this.reading += 1;
      this.reads.shift()?.start();
    }
    while (this.writing < this.settings.writeLimit && this.writes.length > 0) {
      const now = performance.now();
      if (now < this.nextWriteAt) {
        this.pumpAt(this.nextWriteAt - now);
        return;
      }
      this.writing += 1;
      this.nextWriteAt = now + this.settings.writeGapMs;
      this.writes.shift()?.start();
    }
  }

  private pumpAt(wait: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.pump();
    }, wait);
  }
}
