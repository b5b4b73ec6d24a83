import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { type TestDesk, until } from "../desk";
import type { Napcat } from "../simulators/napcat";

/** How often a bulk decision is looked at, ms. */
const lookMs = 25;

interface Waiting {
  resolve: () => void;
  reject: (cause: Error) => void;
}

/** People who want to be friends of the simulated account, and the moderator who lets them in. */
export class Crowd {
  private readonly pending = new Map<string, Waiting>();
  private readonly unsubscribe: () => void;
  private persons = 20_000;

  constructor(
    private readonly napcat: Napcat,
    private readonly test: TestDesk,
    private readonly moderator: Actor,
  ) {
    this.unsubscribe = test.desk.bus.subscribe((fact) => {
      if (fact.topic === "request" && this.pending.has(fact.id)) void this.look(fact.id);
    });
  }

  /** So many requests reach the desk and have their names. */
  async arrive(count: number): Promise<{ id: string; version: number }[]> {
    for (let made = 0; made < count; made += 1) this.ask(true);
    const { desk } = this.test;
    return await until(desk, async () => {
      const where = { state: "waiting", applicantName: { not: "" } };
      if ((await desk.database.request.count({ where })) < count) return undefined;
      return await desk.database.request.findMany({ where, select: { id: true, version: true } });
    });
  }

  /** So many requests of which the desk is not told. Answers their flags. */
  arriveUnseen(count: number): string[] {
    return Array.from({ length: count }, () => this.ask(false));
  }

  /** Resolves when the desk shows the request as confirmed by the platform. */
  async approve(id: string): Promise<void> {
    const confirmed = new Promise<void>((resolve, reject) => this.pending.set(id, { resolve, reject }));
    await Promise.all([this.test.as(this.moderator).requests.decide({ id, version: 1, verb: "approve" }), confirmed]);
  }

  /** The same for many, with one bulk decision. */
  async approveAll(items: { id: string; version: number }[]): Promise<void> {
    const { desk } = this.test;
    let wake = () => {};
    const unsubscribe = desk.bus.subscribe(() => wake());
    try {
      const id = uuid();
      await this.test.as(this.moderator).batches.start({ id, verb: "approve", items });
      for (;;) {
        const heard = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const groups = await desk.database.decision.groupBy({ by: ["state"], where: { batchId: id }, _count: true });
        const confirmed = groups.find(({ state }) => state === "confirmed")?._count ?? 0;
        if (confirmed === items.length) return;
        const lost = groups.filter(({ state }) => state === "failed" || state === "unknown");
        if (lost.length > 0) throw new Error(`decisions ended as ${lost.map(({ state }) => state).join(", ")}`);
        await heard;
        // Looking after each of thousands of facts would take the time that is measured.
        await new Promise((resolve) => setTimeout(resolve, lookMs));
      }
    } finally {
      unsubscribe();
    }
  }

  async close(): Promise<void> {
    this.unsubscribe();
  }

  /** A second of its own for each, so that no two share a flag. */
  private ask(isPushed: boolean): string {
    this.persons += 1;
    const userId = String(this.persons);
    return this.napcat.inbox.arriveFriend({ userId, nickname: `Person ${userId}`, second: this.persons, isPushed })
      .flag;
  }

  /** Reads the request again, as a screen that heard of it does. */
  private async look(id: string): Promise<void> {
    const { database } = this.test.desk;
    const row = await database.request.findUnique({ where: { id }, select: { state: true } });
    const waiting = this.pending.get(id);
    const isOver = row === null || !["waiting", "held", "sending", "sent"].includes(row.state);
    if (!waiting || !isOver) return;
    this.pending.delete(id);
    if (row?.state === "confirmed") waiting.resolve();
    else waiting.reject(new Error(`a decision ended as ${row?.state ?? "nothing"}`));
  }
}
