import type { Database } from "@/server/db/client";
import type { Call } from "../simulators/napcat/call";
import type { Plan } from "../simulators/napcat/fault";
import type { Case, Crowd } from "./crowd";
import type { Ledger } from "./ledger";
import { diceFor } from "./seed";
import type { Server } from "./server";

/** The calls that let somebody in or turn them away. */
export const answers: readonly string[] = [
  "set_friend_add_request",
  "set_group_add_request",
  "set_doubt_friends_add_request",
];

/** An event of the record that announces an answer. */
export interface Announced {
  id: string;
  decisionId: string | null;
  requestId: string | null;
}

type Fault = "none" | "drop" | "drop_after" | "refuse" | "pretend" | "late" | "twice" | "rubbish";

const answerFaults: readonly (readonly [Fault, number])[] = [
  ["none", 72],
  ["drop", 4],
  ["drop_after", 5],
  ["refuse", 4],
  ["pretend", 5],
  ["late", 5],
  ["twice", 3],
  ["rubbish", 2],
];
const readFaults: readonly (readonly [Fault, number])[] = [
  ["none", 190],
  ["drop", 2],
  ["refuse", 3],
  ["late", 3],
  ["twice", 2],
];

/** The wish to hold an answer. */
interface Holding {
  when: "before" | "after";
  /** How many answers are still to come until the one that is meant. */
  left: number;
  arrived: () => void;
  released: Promise<void>;
  release: () => void;
}

/**
 * What goes wrong at the simulator: of each action's n-th call the seed says what. And a witness: when an answer
 * arrives, before it is acted on, it is read from the database which events announce it.
 */
export class Trouble {
  /** By the call's order: the events about its flag that stood in the record when it arrived, oldest first. */
  readonly witnessed = new Map<number, Announced[]>();
  /** By the call's order: whom the simulator let in or turned away because of it. */
  readonly moved = new Map<number, string>();
  private readonly counts = new Map<string, number>();
  private holding: Holding | null = null;
  /** Where nothing goes wrong any more. */
  private calmed: "nowhere" | "reads" | "everywhere" = "nowhere";

  constructor(
    private readonly parts: {
      seed: number;
      isBrief: boolean;
      crowd: Crowd;
      database: Database;
      ledger: Ledger;
      server: Server;
    },
  ) {}

  /** From now on nothing goes wrong any more there. */
  calm(where: "reads" | "everywhere"): void {
    this.calmed = where;
  }

  /** Resolves when the `nth` answer from now has arrived; it is then held before it is acted on, or after, until `release`. */
  hold(when: "before" | "after", nth: number): Promise<void> {
    return new Promise((resolve) => {
      let release = (): void => undefined;
      const released = new Promise<void>((letGo) => {
        release = letGo;
      });
      this.holding = { when, left: nth, arrived: resolve, released, release };
    });
  }

  /** Lets go of what is held, and of the wish to hold something. */
  release(): void {
    this.holding?.release();
    this.holding = null;
  }

  /** For the simulator: what goes wrong with this call. */
  choose(action: string): Plan {
    const count = (this.counts.get(action) ?? 0) + 1;
    this.counts.set(action, count);
    if (!answers.includes(action)) {
      return this.toPlan(this.calmed === "nowhere" ? this.throwFor(action, count, readFaults) : "none");
    }
    const held = this.takeHolding();
    // A held answer has trouble enough: its desk is about to die.
    const isCalm = held !== null || this.calmed === "everywhere";
    const plan = this.toPlan(isCalm ? "none" : this.throwFor(action, count, answerFaults));
    const hold = async (when: "before" | "after"): Promise<void> => {
      if (held?.when !== when) return;
      held.arrived();
      await held.released;
    };
    let pending: Case[] = [];
    return {
      ...plan,
      before: async (call) => {
        await this.witness(call);
        await hold("before");
        pending = this.parts.crowd.cases.filter((each) => each.flag === call.params.flag && each.fate() === "pending");
      },
      after: async (call) => {
        const moved = pending.find((each) => each.fate() !== "pending");
        if (moved) this.moved.set(call.order, moved.personId);
        await hold("after");
        await plan.after?.(call);
      },
    };
  }

  private takeHolding(): Holding | null {
    const { holding } = this;
    if (!holding) return null;
    holding.left -= 1;
    return holding.left === 0 ? holding : null;
  }

  private throwFor(action: string, count: number, faults: readonly (readonly [Fault, number])[]): Fault {
    const { seed, isBrief } = this.parts;
    const thrown = diceFor(seed, "fault", action, count).weighted(faults);
    // What is no answer at all takes the desk 15 s to give up.
    const fault = isBrief && thrown === "rubbish" ? "none" : thrown;
    if (fault !== "none")
      this.parts.ledger.count(`simulator: ${fault} (${answers.includes(action) ? "answer" : "read"})`);
    return fault;
  }

  private toPlan(fault: Fault): Plan {
    const { ledger, server } = this.parts;
    switch (fault) {
      case "none":
        return {};
      case "drop":
        return { hangUp: "before" };
      case "drop_after":
        return { hangUp: "after" };
      case "refuse":
        return { result: { failure: "business", words: "验证已过期" } };
      case "pretend":
        return { result: { data: null } };
      case "twice":
        return { isTwice: true };
      case "rubbish":
        return { raw: { body: '{"status":"ok","retcode":' } };
      case "late":
        // Until others have done something more, nobody does anything any more, or the desk is dead.
        return { after: () => Promise.race([ledger.waitFor(ledger.steps + 4), ledger.lull(), server.down()]) };
    }
  }

  private async witness(call: Call): Promise<void> {
    const flag = String(call.params.flag);
    const rows = await this.parts.database.$queryRaw<Announced[]>`
      SELECT "id", "decisionId", "requestId" FROM "AuditEvent"
      WHERE "capability" = 'requests.answer' AND "input"->>'flag' = ${flag} ORDER BY "id"`;
    this.witnessed.set(call.order, rows);
  }
}
