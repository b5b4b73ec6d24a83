import { type Actor, botsWith } from "@/lib/actor";
import { type BatchItemState, batchItemStates } from "@/lib/batch-item";
import { DeskError, type ErrorCode, type ErrorDetail } from "@/lib/errors";
import type { RequestKind, Verb } from "@/lib/request";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { readClock } from "./clock";
import { longest, secondsFor } from "./estimate";
import { scoped } from "./scope";

/** A batch as a list shows it: of its items those the operator may see. */
export interface BatchRow {
  id: string;
  verb: Verb;
  reason: string;
  by: string;
  isMine: boolean;
  createdAt: Date;
  /** Until then everything of it can be taken back. */
  heldUntil: Date;
  cancelledAt: Date | null;
  cancelledBy: string | null;
  retryOf: string | null;
  total: number;
  counts: Record<BatchItemState, number>;
  /** How long what is left takes at the bots' pace. */
  seconds: number;
}

/** What became of one request of a batch. */
export interface BatchItemRow {
  requestId: string;
  position: number;
  applicantId: string;
  applicantName: string;
  kind: RequestKind;
  groupName: string | null;
  botName: string;
  state: BatchItemState;
  /** Why it was refused or failed. */
  code: ErrorCode | null;
  detail: ErrorDetail;
  platformText: string | null;
}

export interface BatchDetail extends BatchRow {
  items: BatchItemRow[];
  /** The position to go on after; null: that was all. */
  next: number | null;
}

/** How long a batch is shown among the recent ones, and how many of them. */
const recentHours = 24;
const maximumRecent = 50;

/** An item's state is its own until it is taken, and then its decision's. */
const itemState = Prisma.sql`CASE
  WHEN i."state" = 'refused' AND i."error" = 'already_decided' THEN 'elsewhere'
  WHEN i."state" <> 'taken' THEN i."state"
  WHEN d."state" = 'cancelled' AND d."error" = 'already_decided' THEN 'elsewhere'
  ELSE COALESCE(d."state", 'cancelled') END`;

/** The batches of the last day of which the operator may see a request, newest first. */
export async function listBatches(database: Database, actor: Actor): Promise<BatchRow[]> {
  const now = await readClock(database);
  const rows = await database.batch.findMany({
    where: {
      createdAt: { gt: new Date(now.getTime() - recentHours * 3_600_000) },
      items: { some: { request: scoped(actor) } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: maximumRecent,
  });
  const counts = await readCounts(
    database,
    actor,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toBatchRow(row, actor, counts.get(row.id) ?? []));
}

/** One batch with a page of its items. Throws DeskError `not_found` when the operator sees none of its requests. */
export async function getBatch(
  database: Database,
  actor: Actor,
  id: string,
  page: { after?: number | undefined; limit: number },
): Promise<BatchDetail> {
  const row = await database.batch.findUnique({ where: { id } });
  const counts = (await readCounts(database, actor, [id])).get(id);
  if (!row || !counts) throw new DeskError("not_found");
  const items = await database.$queryRaw<BatchItemRow[]>`
    SELECT i."requestId", i."position", r."applicantId", r."applicantName", r."kind", r."groupName",
      bot."name" AS "botName", ${itemState} AS "state", COALESCE(i."error", d."error") AS "code",
      COALESCE(i."detail", '{}'::jsonb) AS "detail", d."platformText"
    FROM "BatchItem" i JOIN "Request" r ON r."id" = i."requestId" JOIN "Bot" bot ON bot."id" = r."botId"
      LEFT JOIN "Decision" d ON d."id" = i."decisionId"
    WHERE i."batchId" = ${id}::uuid AND i."position" > ${page.after ?? -1}::int ${ofBots(actor)}
    ORDER BY i."position" LIMIT ${page.limit + 1}`;
  const shown = items.slice(0, page.limit);
  return {
    ...toBatchRow(row, actor, counts),
    items: shown,
    next: items.length > page.limit ? (shown.at(-1)?.position ?? null) : null,
  };
}

interface Count {
  batchId: string;
  state: BatchItemState;
  botId: string;
  writeGapMs: number;
  count: number;
}

async function readCounts(database: Database, actor: Actor, ids: readonly string[]): Promise<Map<string, Count[]>> {
  const rows = await database.$queryRaw<Count[]>`
    SELECT i."batchId", ${itemState} AS "state", r."botId", bot."writeGapMs", count(*)::int AS "count"
    FROM "BatchItem" i JOIN "Request" r ON r."id" = i."requestId" JOIN "Bot" bot ON bot."id" = r."botId"
      LEFT JOIN "Decision" d ON d."id" = i."decisionId"
    WHERE i."batchId" = ANY(${[...ids]}::uuid[]) ${ofBots(actor)}
    GROUP BY 1, 2, 3, 4`;
  const counts = new Map<string, Count[]>();
  for (const row of rows) counts.set(row.batchId, [...(counts.get(row.batchId) ?? []), row]);
  return counts;
}

function ofBots(actor: Actor): Prisma.Sql {
  const bots = botsWith(actor, "requests.view");
  return bots === "all" ? Prisma.empty : Prisma.sql`AND r."botId" = ANY(${bots}::uuid[])`;
}

function toBatchRow(row: Prisma.BatchGetPayload<object>, actor: Actor, found: readonly Count[]): BatchRow {
  const counts = Object.fromEntries(
    batchItemStates.map((state) => [
      state,
      found.filter((each) => each.state === state).reduce((sum, { count }) => sum + count, 0),
    ]),
    // Every state of the table is a key of it.
  ) as Record<BatchItemState, number>;
  const left = new Map<string, { count: number; writeGapMs: number }>();
  for (const { state, botId, count, writeGapMs } of found) {
    if (state !== "queued" && state !== "held" && state !== "sending") continue;
    left.set(botId, { count: (left.get(botId)?.count ?? 0) + count, writeGapMs });
  }
  const { id, reason, createdAt, heldUntil, cancelledAt, cancelledBy, retryOf } = row;
  return {
    ...{ id, reason, createdAt, heldUntil, cancelledAt, cancelledBy, retryOf },
    // Written by desk/batch.ts only, with a Verb.
    verb: row.verb as Verb,
    by: row.actorName,
    isMine: row.actorId === actor.id,
    total: found.reduce((sum, { count }) => sum + count, 0),
    counts,
    // What is ignored is never sent.
    seconds:
      row.verb === "ignore"
        ? 0
        : longest([...left.values()].map(({ count, writeGapMs }) => ({ seconds: secondsFor(count, writeGapMs) }))),
  };
}
