import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Verb } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { readClock } from "./clock";
import { toStoredActor } from "./decision";
import { readPreferences } from "./preference";
import { scoped } from "./scope";

/** One decision over many requests, as the browser sends it. */
export interface BatchInput {
  /** Made by the browser: sent twice, it is one batch. */
  id: string;
  verb: Verb;
  /** May hold placeholders that each request fills. */
  reason: string;
  items: readonly { id: string; version: number }[];
}

/** `total` is less than was sent when some requests are gone or out of sight. */
export interface BatchStarted {
  id: string;
  total: number;
}

/**
 * Writes a batch down; the runner works it off, whoever is looking. The same batch again changes nothing and has the
 * same answer.
 * @throws DeskError `not_found` when none of the requests is in sight, `invalid_input` when the id is another operator's.
 */
export async function startBatch(
  database: Database,
  actor: Actor,
  correlationId: string,
  input: BatchInput,
): Promise<BatchStarted> {
  return await database.$transaction((tx) => writeBatch(tx, actor, correlationId, input, null));
}

async function writeBatch(
  tx: Prisma.TransactionClient,
  actor: Actor,
  correlationId: string,
  { id, verb, reason, items }: BatchInput,
  retryOf: string | null,
): Promise<BatchStarted> {
  const now = await readClock(tx);
  const { undoSeconds } = await readPreferences(tx);
  const batch = { id, verb, reason, actor: toStoredActor(actor), actorId: actor.id, actorName: actor.name };
  const heldUntil = new Date(now.getTime() + undoSeconds * 1_000);
  const data = { ...batch, correlationId, createdAt: now, heldUntil, retryOf };
  // Of two at once the second waits here for the first to commit, and then finds it.
  const { count } = await tx.batch.createMany({ data, skipDuplicates: true });
  if (count === 0) return await known(tx, actor, id);
  const ids = items.map((item) => item.id);
  const inSight = await tx.request.findMany({
    where: { AND: [scoped(actor), { id: { in: ids } }] },
    select: { id: true },
  });
  const seen = new Set(inSight.map((request) => request.id));
  const versions = new Map(items.filter((item) => seen.has(item.id)).map((item) => [item.id, item.version]));
  if (versions.size === 0) throw new DeskError("not_found");
  await tx.batchItem.createMany({
    data: [...versions].map(([requestId, version], position) => ({ batchId: id, requestId, version, position })),
  });
  await publishIn(tx, { topic: "batch", id, botId: null, version: 1 });
  return { id, total: versions.size };
}

async function known(tx: Prisma.TransactionClient, actor: Actor, id: string): Promise<BatchStarted> {
  const batch = await tx.batch.findUniqueOrThrow({ where: { id }, include: { _count: { select: { items: true } } } });
  if (batch.actorId !== actor.id) throw new DeskError("invalid_input", { field: "id" });
  return { id, total: batch._count.items };
}

/**
 * Stops a batch: what is queued is cancelled here, and from this moment on nothing of it is taken for sending any more.
 * What was decided and is still held is taken back by the runner, each request with an event of its own. What is being
 * sent or was sent stays. Cancelling again changes nothing.
 * @throws DeskError `not_found`, `forbidden` (the operator may not decide on all of its bots).
 */
export async function cancelBatch(
  database: Database,
  actor: Actor,
  correlationId: string,
  id: string,
): Promise<{ cancelled: number }> {
  return await database.$transaction(async (tx) => {
    const bots = await botsOfBatch(tx, actor, id);
    if (bots.some((botId) => !can(actor, "requests.decide", botId))) throw new DeskError("forbidden");
    const { count: first } = await tx.batch.updateMany({
      where: { id, cancelledAt: null },
      data: {
        cancelledAt: await readClock(tx),
        cancelledBy: actor.name,
        cancelActor: toStoredActor(actor),
        cancelId: correlationId,
      },
    });
    if (first === 0) return { cancelled: 0 };
    const { count } = await tx.batchItem.updateMany({
      where: { batchId: id, state: "queued" },
      data: { state: "cancelled" },
    });
    await publishIn(tx, { topic: "batch", id, botId: null, version: 1 });
    return { cancelled: count };
  });
}

/**
 * A new batch of the items of another that failed, with their requests as they are now. One whose result is unknown is
 * not among them: it may have worked. The same new id again has the same answer.
 * @throws DeskError `not_found`, `nothing_to_retry`.
 */
export async function retryBatch(
  database: Database,
  actor: Actor,
  correlationId: string,
  { id, newId }: { id: string; newId: string },
): Promise<BatchStarted> {
  return await database.$transaction(async (tx) => {
    await botsOfBatch(tx, actor, id);
    if ((await tx.batch.count({ where: { id: newId } })) > 0) return await known(tx, actor, newId);
    const { verb, reason } = await tx.batch.findUniqueOrThrow({ where: { id } });
    const bots = botsWith(actor, "requests.decide");
    const failed = await tx.batchItem.findMany({
      where: {
        batchId: id,
        decision: { is: { state: "failed" } },
        // Still failed: nobody has decided it anew.
        request: { state: "failed", ...(bots === "all" ? {} : { botId: { in: bots } }) },
      },
      orderBy: { position: "asc" },
      select: { request: { select: { id: true, version: true } } },
    });
    if (failed.length === 0) throw new DeskError("nothing_to_retry");
    const items = failed.map(({ request }) => request);
    // The column is written above only, with a Verb.
    const input = { id: newId, verb: verb as Verb, reason, items };
    return await writeBatch(tx, actor, correlationId, input, id);
  });
}

/** The bots of a batch's requests. Throws DeskError `not_found` when the operator sees none of them. */
export async function botsOfBatch(tx: Prisma.TransactionClient, actor: Actor, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ botId: string }[]>`
    SELECT DISTINCT r."botId" FROM "BatchItem" i JOIN "Request" r ON r."id" = i."requestId"
    WHERE i."batchId" = ${id}::uuid`;
  const bots = rows.map((row) => row.botId);
  if (!bots.some((botId) => can(actor, "requests.view", botId))) throw new DeskError("not_found");
  return bots;
}

/** The bots of these requests, in sight or not. */
export async function botsOfRequests(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ botId: string }[]>`
    SELECT DISTINCT "botId" FROM "Request" WHERE "id" = ANY(${[...ids]}::uuid[])`;
  return rows.map((row) => row.botId);
}
