import { v4 as uuid } from "uuid";
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

/** One of those this operator believes to hold, though a colleague may have taken it over long ago. */
export async function onOwn(turn: Turn, act: (row: RequestRow) => Promise<void>): Promise<boolean> {
  const row = turn.rows.find((each) => each.state === "waiting" && turn.claims.has(each.id));
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
  const send = async () => {
    const token = turn.claims.get(row.id);
    turn.claims.delete(row.id);
    const isLost = token !== undefined && turn.ledger.isLost(row.id, token, turn.ledger.moment());
    const after = await turn.api.requests.decide.mutate({
      ...{ id: row.id, version: row.version, verb, acknowledgeTwin, again: isAgain },
      reason: verb === "deny" ? "不符合要求" : "",
      ...(token === undefined ? {} : { token, tab: turn.tab.id }),
    });
    if (isLost) turn.ledger.faults.push(`${turn.name} decided on ${row.id} with a lease that was taken over`);
    return after;
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
  const asked = turn.ledger.moment();
  const { token } = await turn.api.requests.claim.mutate({ id, tab: turn.tab.id, ...reason });
  turn.ledger.lease(id, token, asked);
  turn.claims.set(id, token);
  turn.ledger.step(isBold ? "claim boldly" : "claim");
}

/** Claims it in one tab and then in another, and decides in the first: late, and refused. */
export async function decideLate(turn: Turn, row: RequestRow): Promise<void> {
  await claim(turn, row, false);
  const late = turn.claims.get(row.id) ?? "";
  await claim(turn, row, false);
  turn.claims.set(row.id, late);
  await decide(turn, row, choose(turn, row));
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

/** Puts one out of everybody's way for the rest of the day. */
export async function snooze({ api, ledger }: Turn, { id }: RequestRow): Promise<void> {
  await api.requests.snooze.mutate({ id, until: new Date(Date.now() + 3_600_000) });
  ledger.step("snooze");
}

/** Wakes one of those that were put off. */
export async function wake({ api, dice, ledger }: Turn): Promise<boolean> {
  const { items } = await api.requests.list.query({ state: "open", set: "later", limit: 20 });
  const row = items[dice.below(items.length)];
  if (!row) return false;
  await api.requests.snooze.mutate({ id: row.id, until: null });
  ledger.step("wake");
  return true;
}

/** Hands one to a colleague, whoever may take it. */
export async function handOver({ api, dice, ledger }: Turn, { id }: RequestRow): Promise<void> {
  const colleagues = await api.requests.colleagues.query({ id });
  const colleague = colleagues[dice.below(colleagues.length)];
  if (!colleague) return;
  await api.requests.handOver.mutate({ id, operatorId: colleague.id, why: "你更熟悉" });
  ledger.step("hand over");
}

/** One decision over several at once; now and then sent twice, as a browser does that got no answer. */
export async function batch(turn: Turn): Promise<boolean> {
  const { api, dice, ledger, rows } = turn;
  const waiting = rows.filter((row) => row.state === "waiting" && row.answers.deny);
  const size = 2 + dice.below(6);
  const items = waiting.filter(() => dice.next() < 0.5).slice(0, size);
  if (items.length === 0) return false;
  const verb = dice.pick(["approve", "approve", "deny", "ignore"] as const);
  const input = { id: uuid(), verb, reason: "批量处理", items: items.map(({ id, version }) => ({ id, version })) };
  const start = async () => {
    const { id, total } = await api.batches.start.mutate(input);
    if (!ledger.batches.some((each) => each.id === id)) ledger.batches.push({ id, size: total });
    ledger.step("batch");
  };
  await (dice.next() < 0.3 ? both(start(), start()) : start());
  return true;
}

/** Stops one that is under way, anybody's. */
export async function cancelBatch({ api, dice, ledger }: Turn): Promise<boolean> {
  const running = (await api.batches.list.query()).filter(({ counts }) => counts.queued + counts.held > 0);
  const found = running[dice.below(running.length)];
  if (!found) return false;
  await api.batches.cancel.mutate({ id: found.id });
  ledger.step("cancel a batch");
  return true;
}

/** Tries again what failed of one. */
export async function retryBatch({ api, dice, ledger }: Turn): Promise<boolean> {
  const failed = (await api.batches.list.query()).filter(({ counts }) => counts.failed > 0);
  const found = failed[dice.below(failed.length)];
  if (!found) return false;
  const { id, total } = await api.batches.retry.mutate({ id: found.id, newId: uuid() });
  ledger.batches.push({ id, size: total });
  ledger.step("retry a batch");
  return true;
}
