import { Watch } from "./watch";

export type TransportName = "http" | "forward" | "reverse";

/** One call that reached the simulator, failed and faulty ones included. */
export interface Call {
  /** 1 for the first call of this simulator. */
  order: number;
  action: string;
  params: Readonly<Record<string, unknown>>;
  transport: TransportName;
  /** `performance.now()` at its arrival. */
  at: number;
}

/** Everything that was asked, in order of arrival. */
export class CallLog {
  readonly all: Call[] = [];
  private readonly watch = new Watch();

  add(action: string, params: Readonly<Record<string, unknown>>, transport: TransportName): Call {
    const call: Call = { order: this.all.length + 1, action, params, transport, at: performance.now() };
    this.all.push(call);
    this.watch.touch();
    return call;
  }

  /** The calls of one action so far. */
  of(action: string): Call[] {
    return this.all.filter((call) => call.action === action);
  }

  /** Waits until `action` has been called `times` times and answers the last of those calls. */
  wait(action: string, times = 1): Promise<Call> {
    return this.watch.until(`call ${times} of ${action}`, () => this.of(action)[times - 1]);
  }

  /** Waits until `count` calls of any kind have arrived. */
  async waitFor(count: number): Promise<void> {
    await this.watch.until(`call number ${count}`, () => this.all[count - 1]);
  }

  close(): void {
    this.watch.close();
  }
}
