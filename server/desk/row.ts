import { type Actor, can } from "@/lib/actor";
import { type DecisionState, decidableStates, type RequestKind, type RequestState, type Verb } from "@/lib/request";
import type { Prisma } from "@/server/db/generated/client";
import type { Answers } from "@/server/platforms/arrival";
import type { Noted, Surroundings } from "./surroundings";

/** What is read with every request of a list: its bot and its newest decision. */
export const withLatest = {
  include: {
    bot: { select: { id: true, name: true, platform: true } },
    // One that was taken back speaks for nothing any more.
    decisions: { where: { state: { not: "cancelled" } }, orderBy: { id: "desc" }, take: 1 },
  },
} as const satisfies Prisma.RequestDefaultArgs;

export type StoredRequest = Prisma.RequestGetPayload<typeof withLatest>;
export type StoredDecision = Prisma.DecisionGetPayload<object>;

/** A decision as a screen shows it. */
export interface DecisionRow {
  id: string;
  verb: Verb;
  reason: string;
  state: DecisionState;
  by: string;
  byId: string | null;
  at: Date;
  /** Not sent before then; null unless it is held. */
  heldUntil: Date | null;
  batchId: string | null;
  settledAt: Date | null;
  error: string | null;
  platformText: string | null;
}

/** A request as a list shows it. `version` has to come back with a decision. */
export interface RequestRow {
  id: string;
  version: number;
  kind: RequestKind;
  state: RequestState;
  applicantId: string;
  applicantName: string;
  message: string;
  groupId: string | null;
  groupName: string | null;
  source: string;
  bot: { id: string; name: string; platform: string };
  askedAt: Date | null;
  arrivedAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
  hasTwin: boolean;
  answers: Answers;
  decision: DecisionRow | null;
  canDecide: boolean;
  /** Who works on it now, by a lease. `tab` is told to the holder alone, so that a tab knows its own. */
  holder: { operatorId: string; name: string; until: Date; isMine: boolean; tab: string | null } | null;
  /** Who it was handed to, by whom and with what words. */
  assignee: { id: string; name: string; isMine: boolean; by: string; why: string; at: Date | null } | null;
  /** Set only while that time is still to come or the desk has not looked yet. */
  snoozedUntil: Date | null;
  snoozedBy: string | null;
  /** Passed over by the operator who asks. */
  isSkipped: boolean;
  /** How many earlier requests of this person were denied, on any bot in sight. */
  refusedBefore: number;
  /** What the teams in sight noted of the applicant: flags, and how many notes. */
  noted: Noted;
}

/** A request as a list shows it to this operator. */
export function toRequestRow(row: StoredRequest, actor: Actor, around: Surroundings): RequestRow {
  const latest = row.decisions[0];
  // Columns written by desk/ only, with these closed names.
  const state = row.state as RequestState;
  return {
    id: row.id,
    version: row.version,
    kind: row.kind as RequestKind,
    state,
    applicantId: row.applicantId,
    applicantName: row.applicantName,
    message: row.message,
    groupId: row.groupId,
    groupName: row.groupName,
    source: row.source,
    bot: row.bot,
    askedAt: row.askedAt,
    arrivedAt: row.arrivedAt,
    closedAt: row.closedAt,
    closedBy: row.closedBy,
    hasTwin: around.hasTwin,
    answers: toAnswers(row.answers),
    decision: latest ? toDecisionRow(latest) : null,
    canDecide: isDecidable(state) && can(actor, "requests.decide", row.botId),
    holder: toHolder(around.claim, actor),
    assignee: toAssignee(row, actor),
    snoozedUntil: row.snoozedUntil,
    snoozedBy: row.snoozedBy,
    isSkipped: actor.id !== null && around.skippedBy.has(actor.id),
    refusedBefore: around.refusedBefore,
    noted: around.noted,
  };
}

function toHolder(claim: Surroundings["claim"], actor: Actor): RequestRow["holder"] {
  if (!claim) return null;
  const isMine = claim.operatorId === actor.id;
  const { operatorId, operatorName: name, expiresAt: until } = claim;
  return { operatorId, name, until, isMine, tab: isMine ? claim.tab : null };
}

function toAssignee(row: StoredRequest, actor: Actor): RequestRow["assignee"] {
  if (row.assigneeId === null) return null;
  return {
    id: row.assigneeId,
    name: row.assigneeName ?? "",
    isMine: row.assigneeId === actor.id,
    by: row.assignedBy ?? "",
    why: row.assignedWhy ?? "",
    at: row.assignedAt,
  };
}

export function toDecisionRow(row: StoredDecision): DecisionRow {
  return {
    id: row.id,
    // Columns written by desk/ only, with these closed names.
    verb: row.verb as Verb,
    reason: row.reason,
    state: row.state as DecisionState,
    by: row.actorName,
    byId: row.actorId,
    at: row.createdAt,
    heldUntil: row.state === "held" ? row.heldUntil : null,
    batchId: row.batchId,
    settledAt: row.settledAt,
    error: row.error,
    platformText: row.platformText,
  };
}

/** The stored answers of a request: what its platform can do with it. */
export function toAnswers(value: Prisma.JsonValue): Answers {
  // Written by desk/arrival.ts from the adapter's Answers, never by anybody else.
  return value as unknown as Answers;
}

export function isDecidable(state: string): boolean {
  const names: readonly string[] = decidableStates;
  return names.includes(state);
}
