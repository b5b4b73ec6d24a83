import { Visitor } from "../simulators/visitor";
import type { Ledger } from "./ledger";
import { moves } from "./moves";
import { codeOf, isBroken } from "./refusal";
import { diceFor } from "./seed";
import type { Server } from "./server";
import { Tab } from "./tab";

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** What all operators know: when to finish and when to go home. */
export interface Shift {
  isLast: boolean;
  isOver: boolean;
}

/** What the rules of the desk may answer somebody who does nothing wrong but is late, or careless. */
const refusals: ReadonlySet<string> = new Set([
  "conflict",
  "already_decided",
  "result_unknown",
  "twin_unresolved",
  "not_offered",
  "claimed",
  "claim_lost",
  "undo_late",
  "nothing_to_retry",
]);

/** One operator with one tab: signs in once and works until the shift is over, through every death of the desk. */
export class Operator {
  private readonly visitor: Visitor;
  private tab: Tab;
  private turns = 0;
  private readonly claims = new Map<string, string>();

  constructor(
    readonly person: Person,
    private readonly parts: { seed: number; server: Server; ledger: Ledger; shift: Shift },
  ) {
    this.visitor = new Visitor(parts.server.url);
    this.tab = new Tab(this.visitor);
  }

  async signIn(): Promise<void> {
    await this.visitor.signIn(this.person.email, this.person.password);
  }

  /** Works until the shift is over, then closes the tab. Rejects when there will be no desk any more. */
  async work(): Promise<void> {
    const { server, shift } = this.parts;
    while (!shift.isOver) {
      await server.up();
      try {
        if (!this.tab.isOpen) await this.tab.open();
        const { heard } = this.tab;
        if (!(await this.busily(() => this.act())) && !shift.isOver) await this.tab.changed(heard);
      } catch (cause) {
        this.judge(cause);
      }
    }
    this.tab.close();
  }

  /** The shift has changed: look up. */
  nudge(): void {
    this.tab.touch();
  }

  private async busily<T>(act: () => Promise<T>): Promise<T> {
    const { ledger } = this.parts;
    ledger.turn(1);
    try {
      return await act();
    } finally {
      ledger.turn(-1);
    }
  }

  /** One turn: looks at the queue and does one thing, or nothing when there is nothing to do. */
  private async act(): Promise<boolean> {
    const { seed, ledger, shift } = this.parts;
    this.turns += 1;
    const { isLast } = shift;
    const dice = diceFor(seed, this.person.name, this.turns);
    const possible = Object.values(moves).filter((move) => move.isForLast || !isLast);
    const move = dice.weighted(possible.map((each) => [each, each.weight]));
    const { tab, claims, visitor } = this;
    const open = async () => (await visitor.api.requests.list.query({ state: "open", limit: 50 })).items;
    const waiting = async () => (await visitor.api.requests.list.query({ state: "waiting", limit: 12 })).items;
    const turn = { name: this.person.name, api: visitor.api, tab, claims, dice, ledger, isLast };
    if (await move.run({ ...turn, rows: await (move.isForOpen ? open() : waiting()) })) return true;
    // Who finds nothing for this does the most ordinary thing, if there is anything to do it with.
    if (await moves.decide?.run({ ...turn, rows: await waiting() })) return true;
    // In the end nothing may stay put off.
    return isLast && ((await moves.wake?.run({ ...turn, rows: [] })) ?? false);
  }

  /** A desk that died under it is what this is about; a refusal by a rule is counted; anything else is a fault. */
  private judge(cause: unknown): void {
    const { ledger } = this.parts;
    const code = codeOf(cause);
    if (code === null) {
      // No answer of the desk: the connection broke. Whether it did what it was told is not known.
      if (!isBroken(cause)) throw cause;
      ledger.count("cut off");
      return;
    }
    if (refusals.has(code)) ledger.count(`refused: ${code}`);
    else ledger.faults.push(`${this.person.name} was told ${code}: ${String(cause)}`);
  }
}
