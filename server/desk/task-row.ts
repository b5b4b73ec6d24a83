import type { Actor } from "@/lib/actor";
import { can } from "@/lib/actor";
import { DeskError, type ErrorCode, type ErrorDetail } from "@/lib/errors";
import { type TaskItemState, type TaskVerb, taskItemStates, taskPermissions } from "@/lib/task";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { readClock } from "./clock";
import { secondsFor } from "./estimate";
import { type MemberAct, toAct } from "./member-act";

/** A task as a list shows it. */
export interface TaskRow {
  id: string;
  botId: string;
  groupId: string;
  groupName: string;
  act: MemberAct;
  by: string;
  isMine: boolean;
  createdAt: Date;
  pausedAt: Date | null;
  pausedBy: string | null;
  cancelledAt: Date | null;
  cancelledBy: string | null;
  retryOf: string | null;
  total: number;
  counts: Record<TaskItemState, number>;
  /** How long what is left takes at the bot's pace. */
  seconds: number;
  /** Its bot is connected; else what is left waits for it. */
  isConnected: boolean;
  /** May this operator pause, resume and cancel it? */
  canChange: boolean;
}

/** What became of one member. */
export interface TaskItemRow {
  userId: string;
  name: string;
  position: number;
  state: TaskItemState;
  code: ErrorCode | null;
  detail: ErrorDetail;
  platformText: string | null;
}

export interface TaskDetail extends TaskRow {
  items: TaskItemRow[];
  /** The position to go on after; null: that was all. */
  next: number | null;
}

/** How long a task is shown among the recent ones, and how many of them. */
const recentHours = 24;
const mostRecent = 20;

type Loaded = Prisma.TaskGetPayload<{ include: { bot: { select: { writeGapMs: true; isConnected: true } } } }>;
const bot = { select: { writeGapMs: true, isConnected: true } } as const;

/** The tasks of a group of the last day, and those that go on; newest first. */
export async function listTasks(
  database: Database,
  actor: Actor,
  { botId, groupId }: { botId: string; groupId: string },
): Promise<TaskRow[]> {
  const now = await readClock(database);
  const since = new Date(now.getTime() - recentHours * 3_600_000);
  const rows = await database.task.findMany({
    where: {
      ...{ botId, groupId },
      OR: [{ createdAt: { gt: since } }, { items: { some: { state: { in: ["queued", "sending"] } } } }],
    },
    include: { bot },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: mostRecent,
  });
  const counts = await readCounts(
    database,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toTaskRow(row, actor, counts.get(row.id)));
}

/** One task with a page of its items. Throws DeskError `not_found` when the operator may not see the bot's members. */
export async function getTask(
  database: Database,
  actor: Actor,
  { id, cursor, limit, isTrouble }: { id: string; cursor?: number | undefined; limit: number; isTrouble: boolean },
): Promise<TaskDetail> {
  const row = await database.task.findUnique({ where: { id }, include: { bot } });
  if (!row || !can(actor, "members.view", row.botId)) throw new DeskError("not_found");
  const counts = await readCounts(database, [id]);
  const found = await database.taskItem.findMany({
    where: {
      ...{ taskId: id, position: { gt: cursor ?? -1 } },
      ...(isTrouble ? { state: { in: ["failed", "unknown", "refused"] } } : {}),
    },
    orderBy: { position: "asc" },
    take: limit + 1,
  });
  const items = found.slice(0, limit);
  return {
    ...toTaskRow(row, actor, counts.get(id)),
    items: items.map(({ userId, name, position, state, error, detail, platformText }) => ({
      ...{ userId, name, position, platformText },
      // Written by desk/task-outbox.ts only, with states, codes and details of these kinds.
      state: state as TaskItemState,
      // As above.
      code: error as ErrorCode | null,
      // As above.
      detail: (detail ?? {}) as ErrorDetail,
    })),
    next: found.length > limit ? (items.at(-1)?.position ?? null) : null,
  };
}

type Counts = Record<TaskItemState, number>;

async function readCounts(database: Database, ids: readonly string[]): Promise<Map<string, Counts>> {
  const rows = await database.taskItem.groupBy({
    by: ["taskId", "state"],
    where: { taskId: { in: [...ids] } },
    _count: { _all: true },
  });
  const counts = new Map<string, Counts>();
  for (const { taskId, state, _count } of rows) {
    const known = counts.get(taskId) ?? none();
    // Written with these states only.
    known[state as TaskItemState] = _count._all;
    counts.set(taskId, known);
  }
  return counts;
}

function none(): Counts {
  // Every state of the table is a key of it.
  return Object.fromEntries(taskItemStates.map((state) => [state, 0])) as Counts;
}

function toTaskRow(row: Loaded, actor: Actor, counts: Counts = none()): TaskRow {
  const { id, botId, groupId, groupName, createdAt, pausedAt, pausedBy, cancelledAt, cancelledBy, retryOf } = row;
  const act = toAct(row.verb, row.arguments);
  // Written by desk/task.ts only, with a verb of the table.
  const verb = row.verb as TaskVerb;
  return {
    ...{ id, botId, groupId, groupName, act, createdAt, pausedAt, pausedBy, cancelledAt, cancelledBy, retryOf, counts },
    by: row.actorName,
    isMine: row.actorId === actor.id,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    seconds: secondsFor(counts.queued + counts.sending, row.bot.writeGapMs),
    isConnected: row.bot.isConnected,
    canChange: can(actor, taskPermissions[verb], botId),
  };
}
