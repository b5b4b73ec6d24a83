import { systemActor } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import { channel } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import { PlatformError } from "@/server/platforms/error";
import { readMembers } from "./member";
import { judge, lookUp, type Seen, toAct } from "./member-act";
import { keepSeen } from "./member-do";
import type { Rosters } from "./roster";
import { lookDelays } from "./task-outbox";

interface Parts {
  database: Database;
  connections: Connections;
  rosters: Rosters;
}

/** An item whose end is open. */
interface Open {
  taskId: string;
  userId: string;
  botId: string;
  groupId: string;
  verb: string;
  arguments: Prisma.JsonValue;
  correlationId: string;
  state: "sent" | "unknown";
  sentAt: Date;
  looks: number;
}

/** So many of one group are looked up one by one; of more the whole list is read. */
const mostSingle = 8;
/** Looked at in one go. */
const most = 500;
/** After so many looks that did not find it, what the platform said it took has not been carried out. */
const patience = { sent: 2, unknown: 1 };
/** What that is called: of what is unknown the platform has never said that it took it. */
const undone = { sent: "not_carried_out", unknown: "found_undone" } as const satisfies Record<string, ErrorCode>;

/**
 * Looks at the platform for what became of items that were sent, those of these bots that are due. Reads only. A look
 * that fails is no answer and does not count.
 */
export async function lookBack(parts: Parts, botIds: readonly string[]): Promise<void> {
  const due = await takeDue(parts.database, botIds);
  const groups = new Map<string, Open[]>();
  for (const item of due) {
    const key = `${item.botId} ${item.groupId}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  for (const items of groups.values()) {
    const seen = await lookAt(parts, items);
    for (const item of items) await conclude(parts.database, item, seen?.get(item.userId));
  }
}

/** How long until the next look is due, ms; null when none is planned. */
export async function untilNextLook(database: Database): Promise<number | null> {
  const [row] = await database.$queryRaw<{ ms: number | null }[]>`
    SELECT EXTRACT(EPOCH FROM min("lookAt") - clock_timestamp())::float8 * 1000 AS "ms" FROM "TaskItem"
    WHERE "lookAt" IS NOT NULL`;
  return row?.ms == null ? null : Math.max(0, row.ms);
}

/** Their next look is moved on at once, so that two instances do not look together. */
async function takeDue(database: Database, botIds: readonly string[]): Promise<Open[]> {
  if (botIds.length === 0) return [];
  return await database.$queryRaw<Open[]>`
    WITH due AS (
      SELECT i."taskId", i."userId" FROM "TaskItem" i JOIN "Task" t ON t."id" = i."taskId"
      WHERE i."lookAt" <= clock_timestamp() AND i."state" IN ('sent', 'unknown') AND t."botId" = ANY(${[...botIds]}::uuid[])
      ORDER BY i."lookAt" LIMIT ${most} FOR NO KEY UPDATE OF i SKIP LOCKED
    )
    UPDATE "TaskItem" i SET "lookAt" = clock_timestamp() + interval '1 minute' FROM due, "Task" t
    WHERE i."taskId" = due."taskId" AND i."userId" = due."userId" AND t."id" = i."taskId"
    RETURNING i."taskId", i."userId", t."botId", t."groupId", t."verb", t."arguments", t."correlationId", i."state",
      COALESCE(i."sentAt", i."settledAt") AS "sentAt", i."looks"`;
}

/** How these of one group stand; null when that could not be read. */
async function lookAt(parts: Parts, items: readonly Open[]): Promise<Map<string, Seen | null> | null> {
  const [first] = items;
  if (!first) return null;
  const { botId, groupId, correlationId } = first;
  const adapter = parts.connections.adapter(botId, { actor: systemActor, correlationId });
  if (!adapter) return null;
  if (!adapter["members.get"] || items.length > mostSingle) return await lookInList(parts, items, first);
  const seen = new Map<string, Seen | null>();
  try {
    for (const { userId } of items) {
      const member = await lookUp(adapter, groupId, userId);
      await keepSeen(parts.database, { botId, groupId }, userId, member);
      seen.set(userId, member);
    }
  } catch (cause) {
    if (!(cause instanceof PlatformError || cause instanceof DeskError)) throw cause;
  }
  return seen.size > 0 ? seen : null;
}

async function lookInList(
  { database, rosters }: Parts,
  items: readonly Open[],
  { botId, groupId }: Open,
): Promise<Map<string, Seen | null> | null> {
  const where = { botId_kind_groupId: { botId, kind: "members", groupId } };
  const before = await database.roster.findUnique({ where, select: { readAt: true } });
  await rosters.read(botId, "members", groupId);
  const after = await database.roster.findUnique({ where, select: { readAt: true } });
  if (!after?.readAt || after.readAt.getTime() === before?.readAt?.getTime()) return null;
  const ids = items.map((item) => item.userId);
  const rows = new Map((await readMembers(database, { botId, groupId }, ids)).map((row) => [row.userId, row]));
  return new Map(ids.map((id) => [id, rows.get(id) ?? "gone"]));
}

/** @param seen undefined: nothing was read of them. */
async function conclude(database: Database, item: Open, seen: Seen | null | undefined): Promise<void> {
  if (seen === undefined) return await plan(database, item, 0);
  const has = judge(toAct(item.verb, item.arguments), seen, item.sentAt);
  if (has === true) return await settle(database, item, "confirmed", null);
  if (has === null) return await plan(database, item, null);
  if (item.looks >= patience[item.state]) return await settle(database, item, "failed", undone[item.state]);
  await plan(database, item, 1);
}

/** @param made 0: the look could not be made and is tried again; null: no further look tells more. */
async function plan(database: Database, { taskId, userId, looks }: Open, made: 0 | 1 | null): Promise<void> {
  const delay = made === null ? null : (lookDelays[looks + 1] ?? null);
  await database.$executeRaw`
    UPDATE "TaskItem" SET "looks" = ${looks + (made ?? 1)}::int,
      "lookAt" = clock_timestamp() + ${delay}::int * interval '1 millisecond'
    WHERE "taskId" = ${taskId}::uuid AND "userId" = ${userId} AND "state" IN ('sent', 'unknown')`;
}

async function settle(
  database: Database,
  { taskId, userId, botId }: Open,
  state: "confirmed" | "failed",
  error: ErrorCode | null,
): Promise<void> {
  await database.$queryRaw`
    WITH settled AS (
      UPDATE "TaskItem" SET "state" = ${state}, "error" = ${error}, "lookAt" = NULL, "settledAt" = clock_timestamp()
      WHERE "taskId" = ${taskId}::uuid AND "userId" = ${userId} AND "state" IN ('sent', 'unknown') RETURNING "taskId"
    ) SELECT pg_notify(${channel}, json_build_object(
      'topic', 'task', 'id', "taskId", 'botId', ${botId}::uuid, 'version', 1)::text)::text FROM settled`;
}
