import type { Verb } from "@/lib/request";
import { Watch } from "../simulators/napcat/watch";

/** What the desk has told an operator that it has done. */
export interface Acknowledged {
  by: string;
  requestId: string;
  decisionId: string;
  verb: Verb;
}

/** What the operators were told: the desk has to stand by it, whatever happens to it afterwards. */
export class Ledger {
  readonly decided: Acknowledged[] = [];
  /** Decisions that were taken back, by their id. */
  readonly undone: string[] = [];
  /** Batches that were taken, with how many requests. */
  readonly batches: { id: string; size: number }[] = [];
  /** How often each move succeeded and how often each refusal was met. */
  readonly counts = new Map<string, number>();
  /** What no operator should ever be told. */
  readonly faults: string[] = [];
  /** How many things operators were told are done. */
  steps = 0;
  /** Leases by request, with the moments at which they were asked for and told of. */
  private readonly leases = new Map<string, { token: string; asked: number; told: number }[]>();
  private moments = 0;
  /** How many operators are doing something now, and not waiting for news. */
  private busy = 0;
  private readonly watch = new Watch();

  /** An operator begins to do something (1), or has come to wait for news (-1). */
  turn(change: 1 | -1): void {
    this.busy += change;
    this.watch.touch();
  }

  /** Waits until nobody does anything: all have seen what there is and wait for news. */
  async lull(): Promise<void> {
    await this.watch.until("a lull", () => (this.busy === 0 ? true : undefined));
  }

  /** A moment of now: of two, the later is the larger. */
  moment(): number {
    this.moments += 1;
    return this.moments;
  }

  /** Somebody was told of a lease they had asked for at `asked`. */
  lease(requestId: string, token: string, asked: number): void {
    const leases = this.leases.get(requestId) ?? [];
    this.leases.set(requestId, [...leases, { token, asked, told: this.moment() }]);
  }

  /** Was this lease lost for certain at that moment, since a later one had been asked for and told of by then? */
  isLost(requestId: string, token: string, moment: number): boolean {
    const leases = this.leases.get(requestId) ?? [];
    const own = leases.find((each) => each.token === token);
    return own !== undefined && leases.some((each) => each.asked > own.told && each.told < moment);
  }

  /** One more thing was done. */
  step(what: string): void {
    this.count(what);
    this.steps += 1;
    this.watch.touch();
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Waits until `steps` things were done. */
  async waitFor(steps: number): Promise<void> {
    await this.watch.until(`step ${steps}`, () => (this.steps >= steps ? true : undefined));
  }

  close(): void {
    this.watch.close();
  }
}
