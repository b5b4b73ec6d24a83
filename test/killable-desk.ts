import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Verb } from "@/lib/request";
import type { RequestRow } from "@/server/desk/row";

/** What the program is told to do. */
export type Order =
  | { do: "connect"; wsUrl: string; token: string }
  | { do: "list"; by: string }
  | { do: "decide"; by: string; input: { id: string; version: number; verb: Verb } }
  | { do: "undo"; by: string; input: { id: string; decisionId: string } }
  | { do: "batch"; by: string; input: { id: string; verb: Verb; items: { id: string; version: number }[] } }
  | { do: "task"; by: string; input: TaskOrder }
  | { do: "say"; by: string; input: { id: string; newId: string; text: string } }
  | { do: "page"; by: string; id: string }
  | { do: "stop" };

/** An act over many members, as the API takes it. */
export interface TaskOrder {
  id: string;
  botId: string;
  groupId: string;
  act: { verb: "mute"; seconds: number } | { verb: "kick" };
  userIds: string[];
}

/** Its answer; id 0: it has started. */
export type Reply = { id: number; value: unknown } | { id: number; error: string };

/** The desk died before it answered: whether it did what it was told is not known. */
export class Died extends Error {}

const program = fileURLToPath(new URL("./desk-program.ts", import.meta.url));

/** A desk that can be killed at any moment, as a power cut would: no handler runs, nothing is finished. */
export class KillableDesk {
  private readonly open = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>();
  private readonly started: Promise<unknown>;
  private lastId = 0;

  private constructor(private readonly child: ChildProcess) {
    this.started = this.expect(0);
    child.on("message", (message) => {
      // Sent by test/desk-program.ts, which alone holds the other end.
      const reply = message as Reply;
      const waiting = this.open.get(reply.id);
      this.open.delete(reply.id);
      if ("error" in reply) waiting?.reject(new Error(reply.error));
      else waiting?.resolve(reply.value);
    });
    child.once("exit", () => {
      for (const waiting of this.open.values()) waiting.reject(new Died("The desk is gone."));
      this.open.clear();
    });
  }

  static async start(databaseUrl: string): Promise<KillableDesk> {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const desk = new KillableDesk(fork(program, [], { execArgv: ["--import", "tsx"], env }));
    await desk.started;
    return desk;
  }

  connect(napcat: { wsUrl: string; token: string }): Promise<string> {
    // The program's answer to this order; so are those below.
    return this.tell({ do: "connect", wsUrl: napcat.wsUrl, token: napcat.token }) as Promise<string>;
  }

  list(by: string): Promise<RequestRow[]> {
    return this.tell({ do: "list", by }) as Promise<RequestRow[]>;
  }

  /** Rejects with the code of the refusal, or with `Died`. */
  decide(by: string, request: { id: string; version: number }, verb: Verb): Promise<RequestRow> {
    const input = { id: request.id, version: request.version, verb };
    return this.tell({ do: "decide", by, input }) as Promise<RequestRow>;
  }

  /** Takes back the decision a request shows. */
  undo(by: string, { id, decision }: RequestRow): Promise<RequestRow> {
    return this.tell({ do: "undo", by, input: { id, decisionId: decision?.id ?? "" } }) as Promise<RequestRow>;
  }

  /** Begins a batch of this number. */
  batch(by: string, id: string, requests: readonly { id: string; version: number }[], verb: Verb): Promise<unknown> {
    const items = requests.map(({ id: requestId, version }) => ({ id: requestId, version }));
    return this.tell({ do: "batch", by, input: { id, verb, items } });
  }

  /** Begins an act over many members. */
  task(by: string, input: TaskOrder): Promise<unknown> {
    return this.tell({ do: "task", by, input });
  }

  /** Sends a message into a conversation. */
  say(by: string, input: { id: string; newId: string; text: string }): Promise<unknown> {
    return this.tell({ do: "say", by, input });
  }

  /** Looks at the end of a conversation. */
  page(by: string, id: string): Promise<unknown> {
    return this.tell({ do: "page", by, id });
  }

  /** SIGKILL, and waits until it is gone. */
  async kill(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    await this.tell({ do: "stop" });
    const ended = once(this.child, "exit");
    this.child.disconnect();
    await ended;
  }

  private tell(order: Order): Promise<unknown> {
    if (!this.child.connected) return Promise.reject(new Died("The desk is gone."));
    this.lastId += 1;
    const answer = this.expect(this.lastId);
    this.child.send({ id: this.lastId, order }, () => undefined);
    return answer;
  }

  private expect(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.open.set(id, { resolve, reject }));
  }
}
