import { type Actor, can } from "@/lib/actor";
import { type DecisionState, decidableStates, type RequestKind, type RequestState, type Verb } from "@/lib/request";
import type { Prisma } from "@/server/db/generated/client";
import type { Answers } from "@/server/platforms/adapter";

/** What is read with every request of a list: its bot and its newest decision. */
export const withLatest = {
  include: {
    bot: { select: { id: true, name: true, platform: true } },
    decisions: { orderBy: { id: "desc" }, take: 1 },
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
  at: Date;
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
}

/** @param isTwin whether an undecided request shares its handle on the platform. */
export function toRequestRow(row: StoredRequest, actor: Actor, isTwin: boolean): RequestRow {
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
    hasTwin: isTwin,
    answers: toAnswers(row.answers),
    decision: latest ? toDecisionRow(latest) : null,
    canDecide: isDecidable(state) && can(actor, "requests.decide", row.botId),
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
    at: row.createdAt,
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
