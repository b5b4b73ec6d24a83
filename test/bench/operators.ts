import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order, Report } from "./operators-program";
import type { Asked } from "./screen";
import type { Stage } from "./stage";

const program = fileURLToPath(new URL("./operators-program.ts", import.meta.url));

/** Operators beside the one whose screen is watched, in a process of their own: their work must not delay the watch. */
export class Operators {
  private constructor(private readonly child: ChildProcess) {}

  /** Opens their live streams. @param asked what a page asks upon an event, of the request with the id `sample`. */
  static async open(
    stage: Stage,
    order: { url: string; cookies: string[]; asked: Asked[]; sample: string },
  ): Promise<Operators> {
    const child = fork(program, [], { execArgv: ["--import", "tsx"] });
    stage.own(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      if (child.connected) child.disconnect();
      await ended;
    });
    const operators = new Operators(child);
    await operators.order({ type: "open", ...order });
    return operators;
  }

  /** From now on they look out for a request that says `words`. Answers the way to when each heard of it and had its row. */
  async expect(words: string): Promise<() => Promise<Report>> {
    const report = this.order({ type: "expect", words });
    report.catch(() => undefined);
    await this.order({ type: "ready" });
    return () => report;
  }

  private order(order: Order): Promise<Report> {
    return new Promise((resolve, reject) => {
      const take = (report: Report) => {
        if (report.of !== order.type) return;
        this.child.off("message", take);
        this.child.off("exit", leave);
        if (report.fault === null) resolve(report);
        else reject(new Error(`an operator: ${report.fault}`));
      };
      const leave = () => reject(new Error("the operators' process ended"));
      this.child.on("message", take);
      this.child.once("exit", leave);
      this.child.send(order);
    });
  }
}
