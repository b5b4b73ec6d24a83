import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order, Report } from "./echo-program";
import type { Stage } from "./stage";

const program = fileURLToPath(new URL("./echo-program.ts", import.meta.url));

/** A OneBot server in a process of its own that does nothing but answer: what is measured is who asks. */
export class EchoServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly wsUrl: string,
  ) {}

  static async start(stage: Stage): Promise<EchoServer> {
    const child = fork(program, [], { execArgv: ["--import", "tsx"] });
    stage.own(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      if (child.connected) child.disconnect();
      await ended;
    });
    // The first thing it says.
    const [report] = (await once(child, "message")) as [Report];
    if (report.type !== "listening") throw new Error("the echo server does not listen");
    return new EchoServer(child, `ws://127.0.0.1:${report.port}`);
  }

  /** So many events go to the socket that was opened as the `to`-th, the first being 0. */
  emit(to: number, count: number): void {
    const order: Order = { type: "emit", to, count };
    this.child.send(order);
  }
}
