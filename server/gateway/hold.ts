import type { Prisma } from "@/server/db/generated/client";
import { doubtless, endGap, openGap, suspectGap, voidGaps } from "./gap";

/** What an instance that takes hold of a bot changed. `doubtful`: others are said to hold it, who may be gone. */
export type Hold = "unchanged" | "changed" | "doubtful";

/**
 * Puts an instance on a bot as one that holds its connection. Written only where it changes something.
 * @param since when it took hold of it, by the database's clock.
 */
export async function takeHold(
  tx: Prisma.TransactionClient,
  botId: string,
  instance: number,
  since: Date,
): Promise<Hold> {
  const [taken] = await tx.$queryRaw<{ others: number[]; lastAt: Date }[]>`
    UPDATE "Bot" SET "connectedBy" = array_append("connectedBy", ${instance}::int), "isConnected" = TRUE,
      "connectedAt" = CASE WHEN "isConnected" THEN "connectedAt" ELSE clock_timestamp() END
    WHERE "id" = ${botId}::uuid AND NOT (${instance}::int = ANY("connectedBy"))
    RETURNING array_remove("connectedBy", ${instance}::int) AS "others",
      GREATEST("connectedAt", "lastEventAt", "lastActAt") AS "lastAt"`;
  // After the row's lock and in statements of their own, which see what the holder before has left.
  await voidGaps(tx, botId, since);
  if (!taken) return "unchanged";
  if (taken.others.length === 0) {
    await endGap(tx, botId);
    return "changed";
  }
  if (taken.lastAt < since) await suspectGap(tx, botId, { startAt: taken.lastAt, endAt: since, unsure: taken.others });
  return "doubtful";
}

/**
 * Takes an instance off a bot. With the last one the bot's connection is gone, and a gap begins.
 * @param lostAt when its connection was last known to stand, by the database's clock.
 */
export async function leaveHold(
  tx: Prisma.TransactionClient,
  botId: string,
  instance: number,
  lostAt: Date,
): Promise<Hold> {
  const [before] = await tx.$queryRaw<{ isHolder: boolean }[]>`
    SELECT ${instance}::int = ANY("connectedBy") AS "isHolder" FROM "Bot" WHERE "id" = ${botId}::uuid FOR NO KEY UPDATE`;
  const [after] = await tx.$queryRaw<{ isConnected: boolean }[]>`
    UPDATE "Bot" SET "connectedBy" = array_remove("connectedBy", ${instance}::int),
      "isConnected" = array_remove("connectedBy", ${instance}::int) <> '{}',
      "connectedAt" = CASE WHEN "isConnected" AND array_remove("connectedBy", ${instance}::int) = '{}'
        THEN clock_timestamp() ELSE COALESCE("connectedAt", clock_timestamp()) END,
      "isOnline" = CASE WHEN array_remove("connectedBy", ${instance}::int) <> '{}' THEN "isOnline" END,
      "onlineAt" = CASE WHEN array_remove("connectedBy", ${instance}::int) <> '{}' THEN "onlineAt" ELSE clock_timestamp() END
    WHERE "id" = ${botId}::uuid AND (${instance}::int = ANY("connectedBy") OR "connectedAt" IS NULL)
    RETURNING "isConnected"`;
  if (!after) return "unchanged";
  if (before?.isHolder) {
    await doubtless(tx, botId, [instance], lostAt);
    if (!after.isConnected) await openGap(tx, botId, lostAt);
  }
  return "changed";
}

/**
 * Takes instances that are gone off every bot, and with the last one the bot's connection: it was last known to stand
 * when something last came over it.
 * @param living the instances that live.
 * @returns the bots that changed.
 */
export async function sweepHolds(tx: Prisma.TransactionClient, living: readonly number[]): Promise<string[]> {
  const stale = await tx.$queryRaw<{ id: string; isConnected: boolean; connectedBy: number[]; lostAt: Date }[]>`
    SELECT "id", "isConnected", "connectedBy",
      LEAST(clock_timestamp(), GREATEST("connectedAt", "lastEventAt", "lastActAt")) AS "lostAt" FROM "Bot"
    WHERE NOT "connectedBy" <@ ${living}::int[] OR ("isConnected" AND "connectedBy" = '{}') ORDER BY "id" FOR NO KEY UPDATE`;
  for (const { id, isConnected, connectedBy, lostAt } of stale) {
    const [after] = await tx.$queryRaw<{ isConnected: boolean }[]>`
      UPDATE "Bot" SET
        "connectedBy" = ARRAY(SELECT i FROM unnest("connectedBy") AS i WHERE i = ANY(${living}::int[])),
        "isConnected" = "connectedBy" && ${living}::int[],
        "connectedAt" = CASE WHEN "connectedBy" && ${living}::int[] THEN "connectedAt" ELSE clock_timestamp() END,
        "isOnline" = CASE WHEN "connectedBy" && ${living}::int[] THEN "isOnline" END
      WHERE "id" = ${id}::uuid RETURNING "isConnected"`;
    const gone = connectedBy.filter((instance) => !living.includes(instance));
    await doubtless(tx, id, gone, null);
    if (isConnected && after && !after.isConnected) await openGap(tx, id, lostAt);
  }
  return stale.map(({ id }) => id);
}
