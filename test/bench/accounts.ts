import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";
import type { Order, Report } from "./accounts-program";

const program = fileURLToPath(new URL("./accounts-program.ts", import.meta.url));

/** A server of many accounts in a process of its own, which can be killed and started again on its port. */
export class Accounts {
  private child: ChildProcess | null = null;
  private port = 0;

  constructor(private readonly eventsASecond: number) {}

  url(account: number): string {
    return `ws://127.0.0.1:${this.port}/account/${account}`;
  }

  /** Resolves when it listens: the first time on a free port, then on the same. */
  async start(): Promise<void> {
    this.child = fork(program, [], { execArgv: ["--import", "tsx"] });
    const order: Order = { type: "listen", port: this.port, eventsASecond: this.eventsASecond };
    this.child.send(order);
    const [report] = (await once(this.child, "message")) as [Report];
    this.port = report.port;
  }

  /** Without a goodbye to anybody. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
}

/** The floor: sockets that do nothing but read JSON. Resolves when each has had an answer. */
export async function openBare(accounts: Accounts, count: number): Promise<() => void> {
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_none, at) => {
      const socket = new WebSocket(accounts.url(at), { perMessageDeflate: false });
      await once(socket, "open");
      const answered = new Promise<void>((resolve) => {
        socket.on("message", (data) => {
          const frame: unknown = JSON.parse(data.toString());
          if (typeof frame === "object" && frame !== null && "echo" in frame) resolve();
        });
      });
      socket.on("error", () => undefined);
      socket.send(JSON.stringify({ action: "get_login_info", params: {}, echo: "1" }));
      await answered;
      return socket;
    }),
  );
  return () => {
    for (const socket of sockets) socket.terminate();
  };
}
