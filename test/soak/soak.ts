import { type Bus, openBus } from "@/server/db/bus";
import { type Database, openDatabase } from "@/server/db/client";
import { createLogger } from "@/server/log";
import { until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";
import { Crowd } from "./crowd";
import { type Evidence, gather } from "./evidence";
import { Ledger } from "./ledger";
import { Operator, type Shift } from "./operator";
import { findBroken, findOpen } from "./oracle";
import { Reaper } from "./reaper";
import type { Scale } from "./scale";
import { seat } from "./seat";
import { Server } from "./server";
import { Trouble } from "./trouble";

export interface SoakOptions {
  /** An empty, migrated database of its own. */
  databaseUrl: string;
  dataDir: string;
  scale: Scale;
  seed: number;
  say: (line: string) => void;
}

/** What came of it. `violations` is what it is about: empty when nothing happened twice and nothing was lost. */
export interface Report {
  violations: string[];
  deaths: number;
  starts: number;
  calls: number;
  answers: number;
  decisions: Record<string, number>;
  requests: Record<string, number>;
  moves: Record<string, number>;
}

/**
 * Operators, a simulated platform where everything goes wrong, and a desk that is killed again and again; at the end
 * the simulator's account, the database's and the operators' are laid side by side. Ends by itself.
 */
export async function soak(options: SoakOptions): Promise<Report> {
  const { limitMs, restMs } = options.scale;
  const stage = await Stage.open(options);
  try {
    if (!(await isWithin(limitMs, stage.run()))) return await stage.report([`given up after ${limitMs / 1_000} s`]);
    await isWithin(restMs, stage.settled());
    return await stage.report([]);
  } finally {
    await stage.close();
  }
}

/** Waits for it, but no longer than this; false when it is not done by then. */
async function isWithin(ms: number, work: Promise<void>): Promise<boolean> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    limit = setTimeout(() => resolve(false), ms);
  });
  const isDone = await Promise.race([work.then(() => true), late]);
  clearTimeout(limit);
  return isDone;
}

class Stage {
  private readonly ledger = new Ledger();
  private readonly shift: Shift = { isLast: false, isOver: false };
  private readonly crowd: Crowd;
  private readonly trouble: Trouble;
  private readonly reaper: Reaper;
  private operators: Operator[] = [];

  private constructor(
    private readonly options: SoakOptions,
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly napcat: Napcat,
    private readonly server: Server,
  ) {
    const { seed, scale, say } = options;
    const { ledger } = this;
    this.crowd = new Crowd(napcat, seed);
    this.trouble = new Trouble({ seed, isBrief: scale.isBrief, crowd: this.crowd, database, ledger, server });
    const { crowd, trouble } = this;
    this.reaper = new Reaper({ seed, scale, server, napcat, crowd, trouble, ledger, database, bus, say });
    napcat.faults.otherwise((action) => trouble.choose(action));
  }

  static async open(options: SoakOptions): Promise<Stage> {
    const { databaseUrl, dataDir } = options;
    const database = openDatabase(databaseUrl, { poolSize: 5 });
    const bus = await openBus(databaseUrl, createLogger("silent"));
    const napcat = await start({ account: { userId: "80000000001", nickname: "Doorkeeper" } });
    return new Stage(options, database, bus, napcat, new Server(databaseUrl, dataDir));
  }

  /** From an empty desk to one whose operators have gone home. */
  async run(): Promise<void> {
    const { scale, say } = this.options;
    const { crowd, server, napcat } = this;
    crowd.arrive(Math.ceil(scale.requests / 2));
    await server.start();
    say(`the desk is at ${server.url}`);
    const { seed } = this.options;
    const { ledger, shift } = this;
    const people = await seat(scale, server, napcat);
    this.operators = people.map((person) => new Operator(person, { seed, server, ledger, shift }));
    for (const operator of this.operators) await operator.signIn();
    say(`${this.operators.length} operators are at work, ${crowd.cases.length} have asked`);
    void this.pushAgain();
    const working = this.operators.map((operator) => operator.work());
    const worked = Promise.all(working);
    // An operator who cannot go on ends it all, and not only when the others have finished.
    await Promise.race([this.reaper.run(), worked]);
    say("no more kills");
    this.shift.isLast = true;
    if (scale.isBrief) this.trouble.calm("reads");
    // What only a list tells would be found by the next regular look; a new connection looks at once.
    napcat.dropSockets();
    await Promise.race([this.drained(), worked]);
    this.trouble.calm("everywhere");
    this.shift.isOver = true;
    for (const operator of this.operators) operator.nudge();
    await worked;
    // Who comes now is only looked at: what is claimed as everybody goes home has to come free by itself.
    crowd.arrive(scale.operators);
    napcat.dropSockets();
    await this.stored();
    for (const operator of this.operators) await operator.goHome();
    say("everybody has gone home");
    // A new connection makes the desk read everything there is to read.
    napcat.dropSockets();
  }

  async report(violations: string[]): Promise<Report> {
    const evidence = await this.gather();
    const { counts } = this.ledger;
    const broken = [...violations, ...findBroken(evidence)];
    return {
      // Beside what is broken for good, what is merely not settled yet says nothing.
      violations: [...(broken.length > 0 ? broken : findOpen(evidence)), ...this.server.errors.map(toComplaint)],
      deaths: this.reaper.deaths.length,
      starts: this.server.starts,
      calls: evidence.calls.length,
      answers: evidence.answers.length,
      decisions: count([...evidence.decisions.values()].map((each) => each.state)),
      requests: count(evidence.requests.map((row) => row.state)),
      moves: Object.fromEntries([...counts].sort(([one], [other]) => one.localeCompare(other))),
    };
  }

  async close(): Promise<void> {
    this.shift.isOver = true;
    await this.server.close();
    this.ledger.close();
    for (const operator of this.operators) operator.nudge();
    await this.napcat.close();
    await this.bus.close();
    await this.database.$disconnect();
  }

  /** On every new connection the simulator pushes again what only a push can tell. Ends with the simulator. */
  private async pushAgain(): Promise<void> {
    try {
      for (;;) {
        await this.napcat.connected("forward");
        this.crowd.pushAgain();
        await this.napcat.connected("forward", 0);
      }
    } catch {
      // The simulator is closed.
    }
  }

  /** Everybody who asked is stored. */
  private async stored(): Promise<void> {
    await until({ bus: this.bus }, async () =>
      (await this.database.request.count()) >= this.crowd.cases.length ? true : undefined,
    );
  }

  /** Everybody is stored and nothing waits for a person. */
  private async drained(): Promise<void> {
    const { database, crowd } = this;
    await until({ bus: this.bus }, async () => {
      const stored = await database.request.count();
      const open = await database.request.count({ where: { state: { in: ["waiting", "held", "sending"] } } });
      const queued = await database.batchItem.count({ where: { state: "queued" } });
      return stored >= crowd.cases.length && open + queued === 0 ? true : undefined;
    });
  }

  /** Nothing is open any more, or something is broken that no waiting mends. */
  async settled(): Promise<void> {
    await until({ bus: this.bus }, async () => {
      const evidence = await this.gather();
      return findOpen(evidence).length === 0 || findBroken(evidence).length > 0 ? true : undefined;
    });
  }

  private gather(): Promise<Evidence> {
    const { database, crowd, napcat, trouble, reaper, ledger } = this;
    const { cases } = crowd;
    return gather({
      database,
      cases,
      calls: napcat.calls.all,
      witnessed: trouble.witnessed,
      moved: trouble.moved,
      deaths: reaper.deaths,
      ledger,
    });
  }
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** A line of the desk's own log, short enough to be read among others. */
function toComplaint(line: string): string {
  return `the desk complains: ${line.slice(0, 600)}`;
}
