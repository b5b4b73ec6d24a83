import type { Verb } from "@/lib/request";
import type { RequestRow } from "@/server/desk/row";
import { codeOf } from "./refusal";
import type { Turn } from "./turn";

/** A request that changed so often is left as it is: some can never be answered, such as the second of two twins. */
const patience = 24;

/** Any of the first few that wait, so that operators get in each other's way; in the end any, so that all get done. */
export async function onWaiting(turn: Turn, act: (row: RequestRow) => Promise<void>): Promise<boolean> {
  const waiting = turn.rows.filter((row) => row.state === "waiting");
  const row = waiting[turn.dice.below(turn.isLast ? waiting.length : Math.min(6, waiting.length))];
  if (!row) return false;
  await act(row);
  return true;
}

export async function onAny(turn: Turn, act: (row: RequestRow) => Promise<void>): Promise<boolean> {
  const row = turn.rows[turn.dice.below(turn.rows.length)];
  if (!row) return false;
  await act(row);
  return true;
}

export function choose({ dice }: Turn, row: RequestRow): Verb {
  const isDenied = dice.next() < 0.35;
  return isDenied && row.answers.deny ? "deny" : "approve";
}

/**
 * Decides on what was seen; `isAgain`: an earlier decision may have worked. Who has claimed it shows the token, alive or
 * not; who meets another's claim takes it over, or leaves it to them.
 */
export async function decide(turn: Turn, row: RequestRow, verb: Verb, isAgain = false): Promise<void> {
  // Most have read the warning.
  const acknowledgeTwin = row.hasTwin && turn.dice.next() < 0.7;
  const isBold = turn.dice.next() < 0.3;
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
export async function claim(turn: Turn, { id }: RequestRow, isBold: boolean): Promise<void> {
  const reason = isBold ? { reason: "我来处理" } : {};
  const { token } = await turn.api.requests.claim.mutate({ id, tab: turn.tab.id, ...reason });
  turn.claims.set(id, token);
  turn.ledger.step(isBold ? "claim boldly" : "claim");
}

export async function release(turn: Turn): Promise<boolean> {
  const [first] = turn.claims;
  if (!first) return false;
  const [id, token] = first;
  turn.claims.delete(id);
  const { isReleased } = await turn.api.requests.release.mutate({ id, token });
  turn.ledger.step(isReleased ? "release" : "release late");
  return true;
}

/** After a failure, or knowing that it may have worked. Not for ever: some are left as they are. */
export async function again(turn: Turn): Promise<boolean> {
  const isOpen = ({ state, version }: RequestRow) => (state === "failed" || state === "unknown") && version < patience;
  const failed = turn.rows.filter(isOpen);
  const row = failed[turn.dice.below(failed.length)];
  if (!row) return false;
  await decide(turn, row, choose(turn, row), true);
  return true;
}

export async function takeUpIgnored(turn: Turn): Promise<boolean> {
  const { items } = await turn.api.requests.list.query({ state: "ignored", limit: 5 });
  const row = items[turn.dice.below(items.length)];
  if (!row) return false;
  await decide(turn, row, choose(turn, row));
  return true;
}

/** Two at once: one may be refused, but whatever the other says comes first. */
export async function both(one: Promise<void>, other: Promise<void>): Promise<void> {
  const results = await Promise.allSettled([one, other]);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/** Takes back any decision that is still held, mostly somebody else's. */
export async function undo(turn: Turn): Promise<boolean> {
  const held = turn.rows.filter((row) => row.decision?.state === "held");
  const row = held[turn.dice.below(held.length)];
  if (!row?.decision) return false;
  await takeBack(turn, row.id, row.decision.id);
  return true;
}

export async function undoIgnore(turn: Turn): Promise<boolean> {
  const { items } = await turn.api.requests.list.query({ state: "ignored", limit: 5 });
  const row = items[turn.dice.below(items.length)];
  if (!row?.decision) return false;
  await takeBack(turn, row.id, row.decision.id);
  return true;
}

async function takeBack({ api, ledger }: Turn, id: string, decisionId: string): Promise<void> {
  await api.requests.undo.mutate({ id, decisionId });
  ledger.undone.push(decisionId);
  ledger.step("undo");
}

/** Opens a case, as a page does that shows it: renews its own lease there, and lets go of those elsewhere. */
export async function look(turn: Turn): Promise<boolean> {
  const row = turn.rows[turn.dice.below(turn.rows.length)];
  const requestId = row?.id ?? null;
  const token = turn.claims.get(requestId ?? "");
  turn.claims.clear();
  if (requestId !== null && token !== undefined) turn.claims.set(requestId, token);
  const input = { tab: turn.tab.id, requestId, ...(token === undefined ? {} : { token }) };
  const { isLost } = await turn.api.presence.look.mutate(input);
  turn.ledger.count(isLost ? "look, too late" : "look");
  return row !== undefined;
}
