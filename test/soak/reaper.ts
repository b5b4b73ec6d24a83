import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { until } from "../desk";
import type { Napcat } from "../simulators/napcat";
import type { Crowd } from "./crowd";
import type { Ledger } from "./ledger";
import type { Scale } from "./scale";
import { diceFor } from "./seed";
import type { Server } from "./server";
import type { Trouble } from "./trouble";

/** When a desk is killed: counted in what happens and not in time. */
export type Point =
  | { at: "call"; after: number }
  | { at: "step"; after: number }
  | { at: "answer"; when: "before" | "after"; after: number }
  | { at: "start" };

/** What there was when it died. */
export interface Death {
  number: number;
  point: Point;
  /** The last call that reached the simulator from this desk. */
  lastCall: number;
  /** Decisions that were on their way out, and those among them that had passed the fence: they may have been carried out. */
  sending: { id: string; requestId: string; isFenced: boolean }[];
  held: string[];
}

interface Parts {
  seed: number;
  scale: Scale;
  server: Server;
  napcat: Napcat;
  crowd: Crowd;
  trouble: Trouble;
  ledger: Ledger;
  database: Database;
  bus: Bus;
  say: (line: string) => void;
}

/** The kills of a run, from its seed alone. */
export function planKills(seed: number, kills: number): Point[] {
  return Array.from({ length: kills }, (_, index): Point => {
    const dice = diceFor(seed, "kill", index);
    const after = 1 + dice.below(14);
    return dice.weighted<Point>([
      [{ at: "call", after: after * 2 }, 25],
      [{ at: "step", after }, 30],
      [{ at: "answer", when: "before", after: 1 + dice.below(5) }, 15],
      [{ at: "answer", when: "after", after: 1 + dice.below(5) }, 20],
      [{ at: "start" }, 10],
    ]);
  });
}

/** Kills the desk and starts it again, as often as planned. Half of who comes next asks while it is dead. */
export class Reaper {
  readonly deaths: Death[] = [];

  constructor(private readonly parts: Parts) {}

  async run(): Promise<void> {
    const { seed, scale, server, crowd, say } = this.parts;
    const points = planKills(seed, scale.kills);
    for (const [index, point] of points.entries()) {
      if (point.at !== "start") await this.wait(point);
      await this.kill(point);
      const share = Math.ceil((scale.requests - crowd.cases.length) / (points.length - index));
      crowd.arrive(Math.floor(share / 2));
      const next = points[index + 1];
      const starting = server.start();
      if (next?.at === "start") await Promise.race([this.parts.napcat.connected("forward"), starting]);
      else await starting;
      crowd.arrive(Math.ceil(share / 2));
      say(`kill ${index + 1} of ${points.length} (${toWords(point)}), ${crowd.cases.length} have asked`);
    }
  }

  /** Until the point is reached, or nothing is left to do: a desk at rest is killed as well. */
  private async wait(point: Exclude<Point, { at: "start" }>): Promise<void> {
    const { napcat, ledger, trouble } = this.parts;
    const life = new AbortController();
    const idle = this.idle(life.signal);
    switch (point.at) {
      case "call":
        await Promise.race([napcat.calls.waitFor(napcat.calls.all.length + point.after), idle]);
        break;
      case "step":
        await Promise.race([ledger.waitFor(ledger.steps + point.after), idle]);
        break;
      case "answer":
        await Promise.race([trouble.hold(point.when, point.after), idle]);
    }
    life.abort();
  }

  private async kill(point: Point): Promise<void> {
    const { server, napcat, trouble, database } = this.parts;
    await server.kill();
    // Only then everything it has written has been read.
    await napcat.connected("forward", 0);
    const lastCall = napcat.calls.all.length;
    const open = await database.decision.findMany({ where: { state: { in: ["held", "sending"] } } });
    const sending = open.filter((each) => each.state === "sending");
    this.deaths.push({
      ...{ number: this.deaths.length + 1, point, lastCall },
      sending: sending.map(({ id, requestId, sentAt }) => ({ id, requestId, isFenced: sentAt !== null })),
      held: open.filter((each) => each.state === "held").map((each) => each.id),
    });
    trouble.release();
  }

  /** Nothing waits for anybody. */
  private async idle(signal: AbortSignal): Promise<void> {
    const { bus, database, crowd } = this.parts;
    await until({ bus }, async () => {
      if (signal.aborted) return true;
      const stored = await database.request.count();
      const busy = await database.request.count({ where: { state: { in: ["waiting", "held", "sending"] } } });
      return stored >= crowd.cases.length && busy === 0 ? true : undefined;
    });
  }
}

function toWords(point: Point): string {
  switch (point.at) {
    case "call":
      return `after ${point.after} calls`;
    case "step":
      return `after ${point.after} acts`;
    case "answer":
      return `at answer ${point.after}, ${point.when} the simulator acts`;
    case "start":
      return "while it starts";
  }
}
