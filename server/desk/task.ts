import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { type TaskVerb, taskPermissions } from "@/lib/task";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { readClock } from "./clock";
import { toStoredActor } from "./decision";
import { type MemberAct, toAct, toArguments } from "./member-act";

/** One act over many members, as the browser sends it. */
export interface TaskInput {
  /** Made by the browser: sent twice, it is one task. */
  id: string;
  botId: string;
  groupId: string;
  act: MemberAct;
  userIds: readonly string[];
}

export interface TaskStarted {
  id: string;
  total: number;
}

/**
 * Writes a task down; the runner works it off, whoever is looking. The same task again changes nothing and has the same
 * answer. Whether each member can be acted on is judged when it is their turn.
 * @throws DeskError `invalid_input` when the id is another operator's.
 */
export async function startTask(
  database: Database,
  actor: Actor,
  correlationId: string,
  input: TaskInput,
): Promise<TaskStarted> {
  return await database.$transaction((tx) => writeTask(tx, actor, correlationId, input, null), { timeout: 30_000 });
}

async function writeTask(
  tx: Prisma.TransactionClient,
  actor: Actor,
  correlationId: string,
  { id, botId, groupId, act, userIds }: TaskInput,
  retryOf: string | null,
): Promise<TaskStarted> {
  const group = await tx.knownGroup.findUnique({
    where: { botId_groupId: { botId, groupId } },
    select: { name: true },
  });
  const who = { actor: toStoredActor(actor), actorId: actor.id, actorName: actor.name, correlationId };
  const what = { verb: act.verb, arguments: toArguments(act), groupId, groupName: group?.name ?? "" };
  const data = { id, botId, ...what, ...who, createdAt: await readClock(tx), retryOf };
  // Of two at once the second waits here for the first to commit, and then finds it.
  const { count } = await tx.task.createMany({ data, skipDuplicates: true });
  if (count === 0) return await known(tx, actor, { id, botId });
  const ids = [...new Set(userIds)];
  await tx.$executeRaw`
    INSERT INTO "TaskItem" ("taskId", "userId", "name", "position")
    SELECT ${id}::uuid, u."userId", COALESCE(NULLIF(m."card", ''), NULLIF(m."name", ''), ''), u."position" - 1
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS u("userId", "position")
      LEFT JOIN "KnownMember" m ON m."botId" = ${botId}::uuid AND m."groupId" = ${groupId} AND m."userId" = u."userId"`;
  await publishIn(tx, { topic: "task", id, botId, version: 1 });
  return { id, total: ids.length };
}

async function known(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { id, botId }: { id: string; botId: string },
): Promise<TaskStarted> {
  const task = await tx.task.findUniqueOrThrow({ where: { id }, include: { _count: { select: { items: true } } } });
  if (task.actorId !== actor.id || task.botId !== botId) throw new DeskError("invalid_input", { field: "id" });
  return { id, total: task._count.items };
}

/** What an act on a whole task needs to know of it. */
export interface TaskHead {
  id: string;
  botId: string;
  botName: string;
  platform: string;
  groupId: string;
  groupName: string;
  verb: TaskVerb;
}

/** The task, if the operator may see the members of its bot. Throws DeskError `not_found`. */
export async function findTask(tx: Prisma.TransactionClient, actor: Actor, id: string): Promise<TaskHead> {
  const task = await tx.task.findUnique({
    where: { id },
    select: {
      ...{ id: true, botId: true, groupId: true, groupName: true, verb: true },
      bot: { select: { name: true, platform: true } },
    },
  });
  if (!task || !can(actor, "members.view", task.botId)) throw new DeskError("not_found");
  const { bot, ...head } = task;
  // Written above only, with a verb of the table.
  return { ...head, verb: task.verb as TaskVerb, botName: bot.name, platform: bot.platform };
}

/** Nothing more of it goes out until it is resumed; what is being sent goes on. Pausing again changes nothing. */
export async function pauseTask(database: Database, actor: Actor, id: string): Promise<void> {
  await change(database, actor, id, async (tx) => {
    const data = { pausedAt: await readClock(tx), pausedBy: actor.name };
    await tx.task.updateMany({ where: { id, pausedAt: null, cancelledAt: null }, data });
  });
}

/** Goes on where it stood. */
export async function resumeTask(database: Database, actor: Actor, id: string): Promise<void> {
  await change(database, actor, id, async (tx) => {
    await tx.task.updateMany({ where: { id }, data: { pausedAt: null, pausedBy: null } });
  });
}

/** Ends it: what was not sent is not sent any more. What is being sent, or was, stays. Again changes nothing. */
export async function cancelTask(database: Database, actor: Actor, id: string): Promise<{ cancelled: number }> {
  return await change(database, actor, id, async (tx) => {
    const data = { cancelledAt: await readClock(tx), cancelledBy: actor.name };
    await tx.task.updateMany({ where: { id, cancelledAt: null }, data });
    const { count } = await tx.taskItem.updateMany({
      where: { taskId: id, state: "queued" },
      data: { state: "cancelled" },
    });
    return { cancelled: count };
  });
}

/**
 * A new task of the items of another that failed, or that its operator was not allowed any more. One whose result is
 * unknown is not among them: it may have worked. The same new id again has the same answer.
 * @throws DeskError `not_found`, `forbidden`, `nothing_to_retry`.
 */
export async function retryTask(
  database: Database,
  actor: Actor,
  correlationId: string,
  { id, newId }: { id: string; newId: string },
): Promise<TaskStarted> {
  return await database.$transaction(
    async (tx) => {
      const { botId, groupId, verb } = await findTask(tx, actor, id);
      if (!can(actor, taskPermissions[verb], botId)) throw new DeskError("forbidden");
      if ((await tx.task.count({ where: { id: newId } })) > 0) return await known(tx, actor, { id: newId, botId });
      const failed = await tx.taskItem.findMany({
        where: { taskId: id, OR: [{ state: "failed" }, { state: "refused", error: "forbidden" }] },
        orderBy: { position: "asc" },
        select: { userId: true },
      });
      if (failed.length === 0) throw new DeskError("nothing_to_retry");
      const task = await tx.task.findUniqueOrThrow({ where: { id }, select: { arguments: true } });
      const act = toAct(verb, task.arguments);
      const userIds = failed.map((item) => item.userId);
      return await writeTask(tx, actor, correlationId, { id: newId, botId, groupId, act, userIds }, id);
    },
    { timeout: 30_000 },
  );
}

/** Under the task's lock, so that its items are all taken before or after it. @throws DeskError `not_found`, `forbidden`. */
async function change<T>(
  database: Database,
  actor: Actor,
  id: string,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return await database.$transaction(
    async (tx) => {
      const { botId, verb } = await findTask(tx, actor, id);
      if (!can(actor, taskPermissions[verb], botId)) throw new DeskError("forbidden");
      await tx.$queryRaw`SELECT 1 FROM "Task" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
      const result = await work(tx);
      await publishIn(tx, { topic: "task", id, botId, version: 1 });
      return result;
    },
    { timeout: 30_000 },
  );
}
