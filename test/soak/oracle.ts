import type { Case } from "./crowd";
import {
  type Answer,
  clickKey,
  type Evidence,
  flagOf,
  isAgain,
  type StoredDecision,
  type StoredEvent,
  type StoredRequest,
} from "./evidence";
import { findLie } from "./truth";

/** What must hold at the end, each with what breaks it. */
const rules: Readonly<Record<string, (evidence: Evidence) => string[]>> = {
  "every call has its own event, written before it": ({ answers }) =>
    answers.filter((answer) => answer.event === null).map((answer) => `${inWords(answer)}: no event of its own`),

  "every call carries out the decision its event names": ({ answers, requests }) =>
    answers.flatMap((answer) => {
      const { event, decision } = answer;
      if (!event) return [];
      const request = requests.find((row) => row.id === event.requestId);
      const isRight =
        decision?.requestId === event.requestId &&
        request !== undefined &&
        flagOf(request) === answer.flag &&
        (decision.verb === "approve") === answer.isApproval;
      return isRight ? [] : [`${inWords(answer)}: its event ${event.id} names decision ${event.decisionId ?? "none"}`];
    }),

  "no decision is called twice": ({ answers }) => {
    const called = answers.flatMap((answer) => answer.decision?.id ?? []);
    const twice = new Set(called.filter((id, index) => called.indexOf(id) !== index));
    return [...twice].map((id) => `decision ${id} was called ${called.filter((each) => each === id).length} times`);
  },

  "a request is called again only after somebody decided again": (evidence) =>
    evidence.requests.flatMap((request) => {
      const called = evidence.answers.filter((answer) => answer.decision?.requestId === request.id).slice(1);
      return called.filter(({ decision }) => decision && !mayFollow(decision, request, evidence)).map(inWords);
    }),

  "what the record calls OK has reached the platform": ({ announced, answers }) => {
    const used = new Set(answers.map(({ event }) => event?.id));
    return announced
      .filter((event) => event.outcome?.outcome === "OK" && !used.has(event.id))
      .map((event) => `event ${event.id} of decision ${event.decisionId ?? "none"} is OK without a call`);
  },

  "every decision has its operator's event, and a refused act decided nothing": ({ decisions, clicks }) => {
    const taken = new Set([...decisions.values()].map(clickKey));
    const unrecorded = [...decisions.values()].filter((each) => {
      const click = clicks.get(clickKey(each));
      return click?.actorName !== each.actorName;
    });
    const refused = [...clicks].filter(([key, { outcome }]) =>
      outcome?.outcome === "OK" ? !taken.has(key) : outcome !== null && taken.has(key),
    );
    return [
      ...unrecorded.map((each) => `decision ${each.id} by ${each.actorName} has no event`),
      ...refused.map(([, click]) => `event ${click.id} says ${click.outcome?.outcome}, the decisions say otherwise`),
    ];
  },

  "what is called failed was not carried out": ({ answers, requests }) =>
    answers
      .filter(({ decision, moved }) => {
        const request = requests.find((row) => row.id === decision?.requestId);
        return decision?.state === "failed" && request?.applicantId === moved;
      })
      .map(inWords),

  "what was taken back was never called": ({ decisions, announced, answers, ledger }) => {
    const cancelled = [...decisions.values()].filter((each) => each.state === "cancelled").map((each) => each.id);
    return [
      ...ledger.undone.filter((id) => !cancelled.includes(id)).map((id) => `${id} was taken back and is not cancelled`),
      ...answers
        .filter(({ decision }) => decision && cancelled.includes(decision.id))
        .map((answer) => `${inWords(answer)} was taken back, and called`),
      // One whose connection ended between the event and the call was handed back, and could be taken back after that.
      ...announced
        .filter((event) => cancelled.includes(event.decisionId ?? "") && !isUnsent(event))
        .map((event) => `${event.decisionId} was taken back, and event ${event.id} says ${toEnd(event)}`),
    ];
  },

  "what an operator was told is decided is decided": ({ decisions, ledger }) =>
    ledger.decided
      .filter(({ by, decisionId, verb, requestId }) => {
        const found = decisions.get(decisionId);
        return found?.actorName !== by || found.verb !== verb || found.requestId !== requestId;
      })
      .map((told) => `${told.by} was told that ${told.decisionId} was taken (${told.verb})`),

  "a batch holds what its operator was told": ({ batches, ledger }) =>
    ledger.batches
      .filter(({ id, size }) => batches.find((each) => each.id === id)?.items.length !== size)
      .map(({ id, size }) => `batch ${id} was taken with ${size} requests`),

  "a batch decides each of its requests once": ({ batches, decisions }) =>
    batches.flatMap(({ id, items }) => {
      const own = [...decisions.values()].filter((each) => each.batchId === id);
      const isOfItem = (each: StoredDecision) =>
        items.some((item) => item.requestId === each.requestId && item.decisionId === each.id);
      return own.filter((each) => !isOfItem(each)).map((each) => `decision ${each.id} is of no item of batch ${id}`);
    }),

  "after a death nothing is sent again before it was read back": (evidence) =>
    evidence.deaths.flatMap((death) =>
      death.sending.filter((each) => each.isFenced).flatMap(({ id }) => afterDeath(id, death.lastCall, evidence)),
    ),

  "no operator is told what should not be": ({ ledger }) => ledger.faults,
};

/** Rules that a desk still at work breaks: they hold once it has come to rest. */
const lasting: Readonly<Record<string, (evidence: Evidence) => string[]>> = {
  "everybody who asked is stored exactly once": ({ cases, requests }) => {
    const counts = cases.map((each) => ({ each, count: requests.filter((row) => isOf(row, each)).length }));
    const extra = requests.length - cases.length;
    return [
      ...counts.filter(({ count }) => count !== 1).map(({ each, count }) => `${toText(each)} is stored ${count} times`),
      ...(extra > 0 ? [`${extra} requests are stored that nobody made`] : []),
    ];
  },

  "every decision is settled": ({ decisions }) =>
    [...decisions.values()]
      .filter((each) => each.state === "held" || each.state === "sending" || each.activeFor !== null)
      .map((each) => `decision ${each.id} is ${each.state}`),

  "every batch is worked off": ({ batches }) =>
    batches.flatMap(({ id, items }) => {
      const left = items.filter(({ state, decisionId }) => state === "queued" || (state === "taken" && !decisionId));
      return left.length > 0 ? [`${left.length} items of batch ${id} are left`] : [];
    }),

  "what may have been sent when its desk died is read back": (evidence) =>
    evidence.deaths.flatMap((death) =>
      death.sending.filter((each) => each.isFenced && isUnread(each.id, death.lastCall, evidence)).map(({ id }) => id),
    ),

  "no lease outlives the tab that held it": ({ claimed }) => claimed.map((id) => `request ${id} is still claimed`),

  "the desk says of every request what the simulator did": (evidence) =>
    evidence.cases.flatMap((each) => {
      const row = evidence.requests.find((request) => isOf(request, each));
      const lie = row ? findLie(each, row, evidence) : null;
      return lie === null ? [] : [`${toText(each)}: ${lie}`];
    }),
};

/** What is broken and stays so, whatever comes. */
export function findBroken(evidence: Evidence): string[] {
  return judge(rules, evidence);
}

/** What is not yet as it has to be at the end. */
export function findOpen(evidence: Evidence): string[] {
  return judge(lasting, evidence);
}

function judge(all: typeof rules, evidence: Evidence): string[] {
  return Object.entries(all).flatMap(([name, find]) => find(evidence).map((what) => `${name}: ${what}`));
}

/**
 * May the platform be told of this decision, though it was told something of this request before? If the request stood
 * as failed when it was taken, or as unknown and the operator knew; set aside in between or not.
 */
function mayFollow(decision: StoredDecision, request: StoredRequest, { clicks }: Evidence): boolean {
  const chain = request.decisions.filter((each) => each.id <= decision.id).toReversed();
  for (const each of chain) {
    if (each.previousState === "failed") return true;
    if (each.previousState === "unknown") return isAgain(clicks.get(clickKey(each)));
    if (each.previousState !== "ignored") return false;
  }
  return false;
}

/** Says the record that nothing went out? */
function isUnsent({ outcome }: StoredEvent): boolean {
  const unsent = ["not_connected", "aborted", "shutting_down"];
  return outcome?.outcome === "FAILED" && unsent.includes(outcome.error ?? "");
}

function toEnd({ outcome }: StoredEvent): string {
  return outcome ? `${outcome.outcome} ${outcome.error ?? ""}` : "STARTED";
}

const readsOf: Readonly<Record<Case["kind"], readonly string[]>> = {
  friend: ["get_friend_list"],
  filtered_friend: ["get_friend_list"],
  group_join: ["get_group_member_list"],
  group_invite: ["get_group_list"],
};

/** What is wrong with how a decision was taken up that was under way when its desk died after this call. */
function afterDeath(id: string, lastCall: number, evidence: Evidence): string[] {
  const { decision, request, found } = caseOf(id, evidence);
  if (!decision || !request || !found) return [`decision ${id} is gone`];
  const later = evidence.answers.filter((answer) => answer.order > lastCall && answer.flag === found.flag);
  if (later.some((answer) => answer.decision?.id === id)) return [`decision ${id} was sent by the next desk as well`];
  const next = later.find((answer) => answer.decision?.requestId === request.id);
  const isKnowing = isAgain(next?.decision ? evidence.clicks.get(clickKey(next.decision)) : undefined);
  const read = readAfter(lastCall, found, evidence);
  if (!next || isKnowing || (read !== undefined && read < next.order)) return [];
  return [`${inWords(next)} came before anything was read back of decision ${id}`];
}

/** Has nobody asked the platform yet what became of it, though it is what its request stands for? */
function isUnread(id: string, lastCall: number, evidence: Evidence): boolean {
  const { decision, request, found } = caseOf(id, evidence);
  if (!decision || !request || !found || request.decisions.at(-1)?.id !== id) return false;
  // Refused in the platform's own words just before the death: there is nothing left to ask.
  const isRefused = decision.state === "failed" && decision.error === "platform_refused";
  return !isRefused && readAfter(lastCall, found, evidence) === undefined;
}

/** The first call after this one that tells what became of such a request. */
function readAfter(lastCall: number, { kind }: Case, { calls }: Evidence): number | undefined {
  return calls.find((call) => call.order > lastCall && readsOf[kind].includes(call.action))?.order;
}

/** A decision, its request and who made it, as far as they are still there. */
function caseOf(id: string, { decisions, requests, cases }: Evidence) {
  const decision = decisions.get(id);
  const request = requests.find((row) => row.id === decision?.requestId);
  return { decision, request, found: cases.find((each) => request && isOf(request, each)) };
}

function isOf(row: StoredRequest, { personId, flag, kind }: Case): boolean {
  return row.applicantId === personId && row.kind === kind && flagOf(row) === flag;
}

function toText({ kind, personId, flag }: Case): string {
  return `${kind} ${personId} (flag ${flag})`;
}

function inWords({ order, flag, isApproval, decision }: Answer): string {
  return `call ${order} (${isApproval ? "approve" : "deny"} ${flag}, decision ${decision?.id ?? "none"})`;
}
