import type { ErrorCode } from "@/lib/errors";
import type { TaskItemState, TaskVerb } from "@/lib/task";
import { channel } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { livingOnes } from "@/server/gateway/instance";

/** One member of a task whose turn it is. */
export interface TaskTurn {
  taskId: string;
  userId: string;
  name: string;
  botId: string;
  groupId: string;
  verb: TaskVerb;
  arguments: Prisma.JsonValue;
  actor: Prisma.JsonValue;
  correlationId: string;
}

/** How it ended for one member. */
export interface ItemEnd {
  state: Extract<TaskItemState, "sent" | "confirmed" | "failed" | "unknown" | "refused">;
  error?: ErrorCode | null;
  detail?: Prisma.InputJsonValue | null;
  platformText?: string | null;
}

/** When an item that is `sent` or `unknown` is looked up, ms after it was settled and after each look; then it stays. */
export const lookDelays = [1_500, 10_000, 60_000, 600_000] as const;

/**
 * The next item of a bot becomes `sending` under this instance's number, of the task that was begun first. None while
 * another of the same bot is on its way: one at a time, and of several instances the first that is connected and lives.
 * SKIP LOCKED: of two that ask at once each gets another, and what is being cancelled is left alone.
 */
export async function takeTurn(database: Database, instance: number, botId: string): Promise<TaskTurn | null> {
  const [turn] = await database.$queryRaw<TaskTurn[]>`
    WITH first AS (
      SELECT t."id" FROM "Task" t JOIN "Bot" b ON b."id" = t."botId"
      WHERE t."botId" = ${botId}::uuid AND t."pausedAt" IS NULL AND t."cancelledAt" IS NULL
        AND COALESCE((
          SELECT holder FROM unnest(b."connectedBy") WITH ORDINALITY AS held(holder, place)
          WHERE holder = ${instance}::int OR holder IN (${livingOnes}) ORDER BY place LIMIT 1
        ), ${instance}::int) = ${instance}::int
        AND EXISTS (SELECT 1 FROM "TaskItem" q WHERE q."state" = 'queued' AND q."taskId" = t."id")
        AND NOT EXISTS (
          SELECT 1 FROM "TaskItem" s JOIN "Task" other ON other."id" = s."taskId"
          WHERE s."state" = 'sending' AND other."botId" = t."botId")
      ORDER BY t."createdAt", t."id" LIMIT 1
    ), next AS (
      SELECT q."taskId", q."userId" FROM "TaskItem" q
      WHERE q."state" = 'queued' AND q."taskId" = (SELECT "id" FROM first)
      ORDER BY q."position" LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE "TaskItem" i SET "state" = 'sending', "takenBy" = ${instance}::int, "sentAt" = NULL
      FROM next WHERE i."taskId" = next."taskId" AND i."userId" = next."userId"
      RETURNING i."taskId", i."userId", i."name"
    )
    SELECT taken.*, t."botId", t."groupId", t."verb", t."arguments", t."actor", t."correlationId"
    FROM taken JOIN "Task" t ON t."id" = taken."taskId"`;
  return turn ?? null;
}

/** Marks an item as going out, if it still is this instance's and its task goes on: what is paused meanwhile stays. */
export async function fenceItem(
  database: Database,
  instance: number,
  { taskId, userId }: Pick<TaskTurn, "taskId" | "userId">,
): Promise<boolean> {
  const count = await database.$executeRaw`
    UPDATE "TaskItem" i SET "sentAt" = clock_timestamp() FROM "Task" t
    WHERE i."taskId" = ${taskId}::uuid AND i."userId" = ${userId} AND t."id" = i."taskId" AND i."state" = 'sending'
      AND i."takenBy" = ${instance}::int AND i."sentAt" IS NULL AND t."pausedAt" IS NULL AND t."cancelledAt" IS NULL`;
  return count === 1;
}

/** Settles an item that is on its way, if it is still of this instance, and plans a look where the end is open. */
export async function settleItem(
  database: Database,
  { taskId, userId, botId }: Pick<TaskTurn, "taskId" | "userId" | "botId">,
  takenBy: number | null,
  end: ItemEnd,
): Promise<boolean> {
  const isOpen = end.state === "sent" || end.state === "unknown";
  const detail = end.detail === undefined || end.detail === null ? null : JSON.stringify(end.detail);
  const told = await database.$queryRaw<unknown[]>`
    WITH settled AS (
      UPDATE "TaskItem" SET "state" = ${end.state}, "error" = ${end.error ?? null}, "detail" = ${detail}::jsonb,
        "platformText" = ${end.platformText ?? null}, "settledAt" = clock_timestamp(), "looks" = 0,
        "lookAt" = CASE WHEN ${isOpen}::boolean
          THEN clock_timestamp() + ${lookDelays[0]}::int * interval '1 millisecond' END
      WHERE "taskId" = ${taskId}::uuid AND "userId" = ${userId} AND "state" = 'sending'
        AND "takenBy" IS NOT DISTINCT FROM ${takenBy}::int
      RETURNING "taskId"
    ) ${tell(botId)}`;
  return told.length > 0;
}

/** An item that certainly was not sent waits again; of a task that was cancelled it is over. */
export async function handBackItem(
  database: Database,
  { taskId, userId, botId }: Pick<TaskTurn, "taskId" | "userId" | "botId">,
  takenBy: number | null,
  isSure: boolean,
): Promise<boolean> {
  const told = await database.$queryRaw<unknown[]>`
    WITH settled AS (
      UPDATE "TaskItem" i SET "takenBy" = NULL, "sentAt" = NULL,
        "state" = CASE WHEN t."cancelledAt" IS NULL THEN 'queued' ELSE 'cancelled' END
      FROM "Task" t WHERE t."id" = i."taskId" AND i."taskId" = ${taskId}::uuid AND i."userId" = ${userId}
        AND i."state" = 'sending' AND i."takenBy" IS NOT DISTINCT FROM ${takenBy}::int
        AND (${isSure}::boolean OR i."sentAt" IS NULL)
      RETURNING i."taskId"
    ) ${tell(botId)}`;
  return told.length > 0;
}

/** What is left of a task is refused: its operator may not any more. @returns how many. */
export async function refuseRest(database: Database, taskId: string, error: ErrorCode): Promise<number> {
  const { count } = await database.taskItem.updateMany({
    where: { taskId, state: "queued" },
    data: { state: "refused", error },
  });
  return count;
}

/** Items on their way that this instance does not hold: of which it is to be learnt what became. */
export async function findLeft(database: Database) {
  return await database.taskItem.findMany({
    where: { state: "sending" },
    select: { taskId: true, userId: true, takenBy: true, task: { select: { botId: true } } },
  });
}

function tell(botId: string): Prisma.Sql {
  return Prisma.sql`SELECT pg_notify(${channel}, json_build_object(
    'topic', 'task', 'id', "taskId", 'botId', ${botId}::uuid, 'version', 1)::text)::text AS "told" FROM settled`;
}
