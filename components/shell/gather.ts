/**
 * Gathers what comes in bursts: the first is handed on at once, what follows within `pause` ms together when that is
 * over, and so on until nothing came for a whole pause. `stop` drops what waits.
 */
export class Gather<T> {
  private waiting: T[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly pause: number,
    private readonly hand: (items: readonly T[]) => void,
  ) {}

  put(item: T): void {
    this.waiting.push(item);
    if (this.timer === null) this.flush();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.waiting = [];
  }

  private flush(): void {
    this.timer = null;
    if (this.waiting.length === 0) return;
    const items = this.waiting;
    this.waiting = [];
    this.timer = setTimeout(() => this.flush(), this.pause);
    this.hand(items);
  }
}
