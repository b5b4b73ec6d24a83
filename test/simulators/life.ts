import { Dice } from "./dice";

export interface LifeOptions {
  seed: number;
  /** The average pause between two happenings. */
  pauseMs: number;
}

/** What goes on around one simulated account. Owns its only timer. */
export abstract class Life {
  protected readonly dice: Dice;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: LifeOptions) {
    this.dice = new Dice(options.seed);
  }

  /** Friends, groups with members, and what was waiting before anybody looked. Call it before the desk connects. */
  abstract populate(): void;

  /** A first wave that is pushed: call it once the desk listens. */
  abstract greet(): void;

  /** What happens, and how often. */
  protected abstract readonly happenings: readonly (readonly [() => void, number])[];

  /** Something happens from now on until `stop`. */
  start(): void {
    if (this.timer) return;
    const pause = this.options.pauseMs * (0.4 + 1.2 * this.dice.next());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.happen();
      this.start();
    }, pause);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** One thing happens. */
  happen(): void {
    this.dice.weighted(this.happenings)();
  }
}
