import type { Verb } from "@/lib/request";
import type { RequestRow } from "@/server/desk/row";
import type { Dice } from "../simulators/dice";
import type { Visitor } from "../simulators/visitor";
import type { Ledger } from "./ledger";
import { codeOf } from "./refusal";
import type { Tab } from "./tab";

/** What an operator sees and has at hand in one turn. */
export interface Turn {
  name: string;
  api: Visitor["api"];
  tab: Tab;
  /** The first page of the queue. */
  rows: readonly RequestRow[];
  dice: Dice;
  ledger: Ledger;
  /** Tokens of the requests this operator has claimed, by request: some long lost. */
  claims: Map<string, string>;
  /** The end is near: what is open gets decided, nothing is begun that others would have to finish. */
  isLast: boolean;
}

/** One thing operators do. False: there was nothing to do it with. */
type Move = (turn: Turn) => Promise<boolean>;

/** A request that changed so often is left as it is: some can never be answered, such as the second of two twins. */
const patience = 20;

/** What operators do, with how often. */
export const moves: Readonly<Record<string, { weight: number; isForLast: boolean; run: Move }>> = {
  decide: {
    weight: 40,
    isForLast: true,
    run: (turn) => onWaiting(turn, (row) => decide(turn, row, choose(turn, row))),
  },
  ignore: { weight: 4, isForLast: false, run: (turn) => onWaiting(turn, (row) => decide(turn, row, "ignore")) },
  doubleClick: {
    weight: 6,
    isForLast: true,
    run: (turn) =>
      onWaiting(turn, async (row) => {
        const verb = choose(turn, row);
        await both(decide(turn, row, verb), decide(turn, row, verb));
      }),
  },
  changeOfMind: {
    weight: 4,
    isForLast: true,
    // Both at once, in two tabs: one of them is too late.
    run: (turn) => onWaiting(turn, (row) => both(decide(turn, row, "approve"), decide(turn, row, "ignore"))),
  },
  again: { weight: 10, isForLast: false, run: again },
  takeUpIgnored: { weight: 2, isForLast: false, run: takeUpIgnored },
  claimAndDecide: {
    weight: 12,
    isForLast: true,
    run: (turn) =>
      onWaiting(turn, async (row) => {
        await claim(turn, row, turn.dice.next() < 0.4);
        await decide(turn, row, choose(turn, row));
      }),
  },
  claimAndLeave: { weight: 6, isForLast: false, run: (turn) => onWaiting(turn, (row) => claim(turn, row, false)) },
  takeOver: { weight: 3, isForLast: false, run: (turn) => onWaiting(turn, (row) => claim(turn, row, true)) },
  release: { weight: 4, isForLast: true, run: release },
  note: {
    weight: 3,
    isForLast: false,
    run: (turn) =>
      onAny(turn, async ({ id }) => {
        await turn.api.requests.note.mutate({ id, text: "看过了" });
        turn.ledger.step("note");
      }),
  },
};

/** Any of the first few that wait, so that operators get in each other's way. */
async function onWaiting(turn: Turn, act: (row: RequestRow) => Promise<void>): Promise<boolean> {
  const waiting = turn.rows.filter((row) => row.state === "waiting");
  const row = waiting[turn.dice.below(Math.min(6, waiting.length))];
  if (!row) return false;
  await act(row);
  return true;
}

async function onAny(turn: Turn, act: (row: RequestRow) => Promise<void>): Promise<boolean> {
  const row = turn.rows[turn.dice.below(turn.rows.length)];
  if (!row) return false;
  await act(row);
  return true;
}

function choose({ dice }: Turn, row: RequestRow): Verb {
  const isDenied = dice.next() < 0.35;
  return isDenied && row.answers.deny ? "deny" : "approve";
}

/**
 * Decides on what was seen; `isAgain`: an earlier decision may have worked. Who has claimed it shows the token, alive or
 * not; who meets another's claim takes it over, or leaves it to them.
 */
async function decide(turn: Turn, row: RequestRow, verb: Verb, isAgain = false): Promise<void> {
  // Most have read the warning.
  const acknowledgeTwin = row.hasTwin && turn.dice.next() < 0.7;
  const isBold = turn.isLast || turn.dice.next() < 0.3;
  const send = () => {
    const token = turn.claims.get(row.id);
    turn.claims.delete(row.id);
    return turn.api.requests.decide.mutate({
      ...{ id: row.id, version: row.version, verb, acknowledgeTwin, again: isAgain },
      reason: verb === "deny" ? "不符合要求" : "",
      ...(token === undefined ? {} : { token, tab: turn.tab.id }),
    });
  };
  const { decision } = await send().catch(async (cause: unknown) => {
    if (!isBold || codeOf(cause) !== "claimed") throw cause;
    await claim(turn, row, true);
    return await send();
  });
  turn.ledger.step(`${verb}${isAgain ? " again" : ""}`);
  // Another's, when ours was settled and decided anew before the answer was read.
  if (decision?.by !== turn.name) return;
  turn.ledger.decided.push({ by: turn.name, requestId: row.id, decisionId: decision.id, verb });
}

/** Claims it, from whoever holds it if `isBold`. */
async function claim(turn: Turn, { id }: RequestRow, isBold: boolean): Promise<void> {
  const reason = isBold ? { reason: "我来处理" } : {};
  const { token } = await turn.api.requests.claim.mutate({ id, tab: turn.tab.id, ...reason });
  turn.claims.set(id, token);
  turn.ledger.step(isBold ? "claim boldly" : "claim");
}

async function release(turn: Turn): Promise<boolean> {
  const [first] = turn.claims;
  if (!first) return false;
  const [id, token] = first;
  turn.claims.delete(id);
  const { isReleased } = await turn.api.requests.release.mutate({ id, token });
  turn.ledger.step(isReleased ? "release" : "release late");
  return true;
}

/** After a failure, or knowing that it may have worked. Not for ever: some are left as they are. */
async function again(turn: Turn): Promise<boolean> {
  const isOpen = ({ state, version }: RequestRow) => (state === "failed" || state === "unknown") && version < patience;
  const failed = turn.rows.filter(isOpen);
  const row = failed[turn.dice.below(failed.length)];
  if (!row) return false;
  await decide(turn, row, choose(turn, row), true);
  return true;
}

async function takeUpIgnored(turn: Turn): Promise<boolean> {
  const { items } = await turn.api.requests.list.query({ state: "ignored", limit: 5 });
  const row = items[turn.dice.below(items.length)];
  if (!row) return false;
  await decide(turn, row, choose(turn, row));
  return true;
}

/** Two at once: one may be refused, but whatever the other says comes first. */
async function both(one: Promise<void>, other: Promise<void>): Promise<void> {
  const results = await Promise.allSettled([one, other]);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
