import type { RequestRow } from "@/server/desk/row";
import type { Dice } from "../simulators/dice";
import { Visitor } from "../simulators/visitor";
import { claim, onWaiting } from "./acts";
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

  /** Works until the shift is over. Rejects when there will be no desk any more. */
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
  }

  /** Claims one more request, closes the tab and leaves it open. */
  async goHome(): Promise<void> {
    if (!this.tab.isOpen) await this.tab.open();
    const turn = { ...this.toTurn(), rows: (await this.waiting()).filter((row) => row.holder === null) };
    await onWaiting(turn, (row) => claim(turn, row, false));
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
    this.turns += 1;
    const { isLast } = this.parts.shift;
    const possible = Object.values(moves).filter((move) => move.isForLast || !isLast);
    const dice = this.throwDice();
    const move = dice.weighted(possible.map((each) => [each, each.weight]));
    const turn = { ...this.toTurn(), dice, isLast };
    const open = async () => (await this.visitor.api.requests.list.query({ state: "open", limit: 50 })).items;
    if (await move.run({ ...turn, rows: await (move.isForOpen ? open() : this.waiting()) })) return true;
    // Who finds nothing for this does the most ordinary thing, if there is anything to do it with.
    if (await moves.decide?.run({ ...turn, rows: await this.waiting() })) return true;
    // In the end nothing may stay put off.
    return isLast && ((await moves.wake?.run({ ...turn, rows: [] })) ?? false);
  }

  private throwDice(): Dice {
    return diceFor(this.parts.seed, this.person.name, this.turns);
  }

  private toTurn() {
    const { tab, claims, visitor } = this;
    const { ledger } = this.parts;
    return { name: this.person.name, api: visitor.api, tab, claims, dice: this.throwDice(), ledger, isLast: true };
  }

  private async waiting(): Promise<RequestRow[]> {
    return (await this.visitor.api.requests.list.query({ state: "waiting", limit: 12 })).items;
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
