import { type Actor, can } from "@/lib/actor";
import { accountOf } from "@/lib/applicant";
import { DeskError } from "@/lib/errors";
import type { DecisionState, RequestKind, RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { type DecisionRow, type RequestRow, toDecisionRow, toRequestRow, withLatest } from "./row";
import { scoped } from "./scope";
import { readSurroundings } from "./surroundings";
import { findTwin } from "./twin";

/** What the same person asked before or elsewhere, on any bot the operator may see, and how it went. */
export interface HistoryRow {
  requestId: string;
  at: Date;
  botName: string;
  kind: RequestKind;
  groupName: string | null;
  groupId: string | null;
  state: RequestState;
  verb: string | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** Of the newest decision; null when nobody decided here. */
  decisionState: DecisionState | null;
  error: string | null;
  platformText: string | null;
  noteCount: number;
}

export interface NoteRow {
  id: string;
  by: string;
  text: string;
  at: Date;
}

export interface RequestDetail extends RequestRow {
  decisions: DecisionRow[];
  notes: NoteRow[];
  history: HistoryRow[];
  /** How many earlier requests of this person were denied, on any bot in sight. */
  refusals: number;
  twin: { id: string; applicantId: string; applicantName: string } | null;
  canNote: boolean;
  canSeeRaw: boolean;
}

const historyLength = 50;

/** What is read with a request to tell how it went. */
export const withHistory = {
  include: { ...withLatest.include, _count: { select: { notes: true } } },
} as const satisfies Prisma.RequestDefaultArgs;

/** One request with everything about it. Throws DeskError `not_found` when the operator may not see it. */
export async function getRequest(database: Database, actor: Actor, id: string): Promise<RequestDetail> {
  const row = await database.request.findFirst({
    where: { AND: [scoped(actor), { id }] },
    include: { ...withLatest.include, decisions: { orderBy: { id: "desc" } }, notes: { orderBy: { id: "asc" } } },
  });
  if (!row) throw new DeskError("not_found");
  const samePerson = { applicantId: row.applicantId, id: { not: row.id }, bot: { platform: row.bot.platform } };
  const [twin, history, around] = await Promise.all([
    findTwin(database, row),
    accountOf(row.applicantId) === null
      ? []
      : database.request.findMany({
          where: { AND: [scoped(actor), samePerson] },
          orderBy: { id: "desc" },
          take: historyLength,
          ...withHistory,
        }),
    readSurroundings(database, actor, [row]),
  ]);
  const surroundings = around(row.id);
  return {
    ...toRequestRow(row, actor, surroundings),
    decisions: row.decisions.map(toDecisionRow),
    notes: row.notes.map((note) => ({ id: note.id, by: note.operatorName, text: note.text, at: note.at })),
    history: history.map(toHistoryRow),
    refusals: surroundings.refusedBefore,
    twin,
    canNote: can(actor, "requests.note", row.botId),
    canSeeRaw: can(actor, "requests.raw", row.botId),
  };
}

/** A request as a line of what somebody asked before. */
export function toHistoryRow(row: Prisma.RequestGetPayload<typeof withHistory>): HistoryRow {
  const latest = row.decisions[0];
  return {
    requestId: row.id,
    at: row.arrivedAt,
    botName: row.bot.name,
    // Columns written by desk/ only, with these closed names.
    kind: row.kind as RequestKind,
    groupName: row.groupName,
    groupId: row.groupId,
    state: row.state as RequestState,
    verb: latest?.verb ?? null,
    reason: latest?.reason ?? null,
    decidedBy: latest?.actorName ?? row.closedBy,
    decidedAt: latest?.createdAt ?? row.closedAt,
    decisionState: (latest?.state ?? null) as DecisionState | null,
    error: latest?.error ?? null,
    platformText: latest?.platformText ?? null,
    noteCount: row._count.notes,
  };
}
