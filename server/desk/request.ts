import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { openStates, type RequestKind, type RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { findTwin } from "./decision";
import { type DecisionRow, type RequestRow, toDecisionRow, toRequestRow, withLatest } from "./row";

/** What the queue can be narrowed to. `open` is everything that still needs a person or the worker. */
export interface RequestFilter {
  kind?: RequestKind | undefined;
  botId?: string | undefined;
  groupId?: string | undefined;
  state: RequestState | "open" | "all";
  text?: string | undefined;
}

/** What the same person asked before, on any bot the operator may see. */
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
  twin: { id: string; applicantId: string; applicantName: string } | null;
  canNote: boolean;
  canSeeRaw: boolean;
}

/** Requests this operator may see at all: the server withholds data, whatever was asked for. */
function scoped(actor: Actor): Prisma.RequestWhereInput {
  const bots = botsWith(actor, "requests.view");
  return bots === "all" ? {} : { botId: { in: bots } };
}

function matching(filter: RequestFilter, isAnyState = false): Prisma.RequestWhereInput {
  const text = filter.text?.trim().toLowerCase();
  const state =
    isAnyState || filter.state === "all"
      ? {}
      : filter.state === "open"
        ? { state: { in: [...openStates] } }
        : { state: filter.state };
  return {
    ...state,
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.botId ? { botId: filter.botId } : {}),
    ...(filter.groupId ? { groupId: filter.groupId } : {}),
    ...(text ? { searchText: { contains: text } } : {}),
  };
}

/** A page of the queue, newest first. `cursor` is the last id of the page before; `next` null means the end. */
export async function listRequests(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: RequestRow[]; next: string | null }> {
  const rows = await database.request.findMany({
    where: { AND: [scoped(actor), matching(filter), page.cursor ? { id: { lt: page.cursor } } : {}] },
    orderBy: { id: "desc" },
    take: page.limit + 1,
    ...withLatest,
  });
  const shown = rows.slice(0, page.limit);
  const twins = await twinned(database, shown);
  return {
    items: shown.map((row) => toRequestRow(row, actor, twins.has(row.id))),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** How many requests stand in each state under the same filter (its own state left aside). */
export async function countRequests(
  database: Database,
  actor: Actor,
  filter: RequestFilter,
): Promise<Partial<Record<RequestState, number>>> {
  const groups = await database.request.groupBy({
    by: ["state"],
    where: { AND: [scoped(actor), matching(filter, true)] },
    _count: { _all: true },
  });
  // The state column is written by desk/ only, with these closed names.
  return Object.fromEntries(groups.map((group) => [group.state as RequestState, group._count._all]));
}

/** One request with everything about it. Throws DeskError `not_found` when the operator may not see it. */
export async function getRequest(database: Database, actor: Actor, id: string): Promise<RequestDetail> {
  const row = await database.request.findFirst({
    where: { AND: [scoped(actor), { id }] },
    include: { ...withLatest.include, decisions: { orderBy: { id: "desc" } }, notes: { orderBy: { id: "asc" } } },
  });
  if (!row) throw new DeskError("not_found");
  const [twin, history] = await Promise.all([
    findTwin(database, row),
    database.request.findMany({
      where: {
        AND: [
          scoped(actor),
          { applicantId: row.applicantId, id: { not: row.id }, bot: { platform: row.bot.platform } },
        ],
      },
      orderBy: { id: "desc" },
      take: 50,
      ...withLatest,
    }),
  ]);
  return {
    ...toRequestRow(row, actor, twin !== null),
    decisions: row.decisions.map(toDecisionRow),
    notes: row.notes.map((note) => ({ id: note.id, by: note.operatorName, text: note.text, at: note.at })),
    history: history.map(toHistoryRow),
    twin,
    canNote: can(actor, "requests.note", row.botId),
    canSeeRaw: can(actor, "requests.raw", row.botId),
  };
}

/** One request as a list shows it. Throws DeskError `not_found`. */
export async function getRequestRow(database: Database, actor: Actor, id: string): Promise<RequestRow> {
  const row = await database.request.findFirst({ where: { AND: [scoped(actor), { id }] }, ...withLatest });
  if (!row) throw new DeskError("not_found");
  return toRequestRow(row, actor, (await twinned(database, [row])).has(row.id));
}

/** The platform's own object, as it was stored. Throws DeskError `not_found`. */
export async function getRaw(database: Database, actor: Actor, id: string): Promise<Prisma.JsonValue> {
  const bots = botsWith(actor, "requests.raw");
  const row = await database.request.findFirst({
    where: { AND: [scoped(actor), bots === "all" ? {} : { botId: { in: bots } }, { id }] },
    select: { raw: true },
  });
  if (!row) throw new DeskError("not_found");
  return row.raw;
}

/** The bot of a request the operator may see, for the permission check. Throws DeskError `not_found`. */
export async function botOfRequest(
  database: Database,
  actor: Actor,
  id: string,
): Promise<{
  botId: string;
  botName: string;
  groupId: string | null;
  applicantId: string;
  applicantName: string;
  platform: string;
}> {
  const row = await database.request.findFirst({
    where: { AND: [scoped(actor), { id }] },
    select: {
      botId: true,
      groupId: true,
      applicantId: true,
      applicantName: true,
      bot: { select: { name: true, platform: true } },
    },
  });
  if (!row) throw new DeskError("not_found");
  return { ...row, botName: row.bot.name, platform: row.bot.platform };
}

/** Which of these requests share their handle with another undecided one. One query for a whole page. */
async function twinned(
  database: Database,
  rows: readonly { id: string; botId: string; twinKey: string | null; applicantId: string }[],
): Promise<Set<string>> {
  const keys = rows.flatMap((row) => row.twinKey ?? []);
  if (keys.length === 0) return new Set();
  const others = await database.request.findMany({
    where: {
      twinKey: { in: keys },
      botId: { in: rows.map((row) => row.botId) },
      state: { in: [...openStates, "ignored", "sent"] },
    },
    select: { id: true, botId: true, twinKey: true, applicantId: true },
  });
  const isTwin = (row: (typeof rows)[number]) =>
    others.some(
      (other) => other.botId === row.botId && other.twinKey === row.twinKey && other.applicantId !== row.applicantId,
    );
  return new Set(rows.filter((row) => row.twinKey !== null && isTwin(row)).map((row) => row.id));
}

function toHistoryRow(row: Prisma.RequestGetPayload<typeof withLatest>): HistoryRow {
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
  };
}
