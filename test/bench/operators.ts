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

  /** Opens their live streams. */
  static async open(stage: Stage, order: { url: string; cookies: string[] }): Promise<Operators> {
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

  /** From now on they wait for a request, upon which they ask what a page asks. Answers the way to when each did. */
  async expect(asked: Asked[], newest: string): Promise<() => Promise<Report>> {
    const report = this.order({ type: "expect", asked, newest });
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
