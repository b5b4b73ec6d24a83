import type { Prisma } from "@/server/db/generated/client";
import { endGap, openGap } from "./gap";

/**
 * Puts an instance on a bot as one that holds its connection. Written only where it changes something.
 * @param heldMs for how long it has held it.
 * @returns whether anything changed.
 */
export async function takeHold(
  tx: Prisma.TransactionClient,
  botId: string,
  instance: number,
  heldMs: number,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE "Bot" SET "connectedBy" = array_append("connectedBy", ${instance}::int), "isConnected" = TRUE,
      "connectedAt" = CASE WHEN "isConnected" THEN "connectedAt" ELSE clock_timestamp() END
    WHERE "id" = ${botId}::uuid AND NOT (${instance}::int = ANY("connectedBy"))`;
  // After the row's lock and in a statement of its own, which sees what the holder before has left.
  if (changed > 0) await endGap(tx, botId, heldMs);
  return changed > 0;
}

/**
 * Takes an instance off a bot. With the last one the bot's connection is gone, and a gap begins.
 * @param silentMs how long ago its connection was last known to stand.
 * @returns whether anything changed.
 */
export async function leaveHold(
  tx: Prisma.TransactionClient,
  botId: string,
  instance: number,
  silentMs: number,
): Promise<boolean> {
  const [before] = await tx.$queryRaw<{ isHolder: boolean }[]>`
    SELECT ${instance}::int = ANY("connectedBy") AS "isHolder" FROM "Bot" WHERE "id" = ${botId}::uuid FOR NO KEY UPDATE`;
  const [after] = await tx.$queryRaw<{ isConnected: boolean; lostAt: Date }[]>`
    UPDATE "Bot" SET "connectedBy" = array_remove("connectedBy", ${instance}::int),
      "isConnected" = array_remove("connectedBy", ${instance}::int) <> '{}',
      "connectedAt" = CASE WHEN "isConnected" AND array_remove("connectedBy", ${instance}::int) = '{}'
        THEN clock_timestamp() ELSE COALESCE("connectedAt", clock_timestamp()) END,
      "isOnline" = CASE WHEN array_remove("connectedBy", ${instance}::int) <> '{}' THEN "isOnline" END,
      "onlineAt" = CASE WHEN array_remove("connectedBy", ${instance}::int) <> '{}' THEN "onlineAt" ELSE clock_timestamp() END
    WHERE "id" = ${botId}::uuid AND (${instance}::int = ANY("connectedBy") OR "connectedAt" IS NULL)
    RETURNING "isConnected", clock_timestamp() - ${silentMs}::float8 * interval '1 millisecond' AS "lostAt"`;
  if (before?.isHolder && after && !after.isConnected) await openGap(tx, botId, after.lostAt);
  return after !== undefined;
}

/**
 * Takes instances that are gone off every bot, and with the last one the bot's connection: it was last known to stand
 * when something last came over it.
 * @param living the instances that live.
 * @returns the bots that changed.
 */
export async function sweepHolds(tx: Prisma.TransactionClient, living: readonly number[]): Promise<string[]> {
  const stale = await tx.$queryRaw<{ id: string; isConnected: boolean; lostAt: Date }[]>`
    SELECT "id", "isConnected",
      LEAST(clock_timestamp(), GREATEST("connectedAt", "lastEventAt", "lastActAt")) AS "lostAt" FROM "Bot"
    WHERE NOT "connectedBy" <@ ${living}::int[] OR ("isConnected" AND "connectedBy" = '{}') ORDER BY "id" FOR NO KEY UPDATE`;
  for (const { id, isConnected, lostAt } of stale) {
    const [after] = await tx.$queryRaw<{ isConnected: boolean }[]>`
      UPDATE "Bot" SET
        "connectedBy" = ARRAY(SELECT i FROM unnest("connectedBy") AS i WHERE i = ANY(${living}::int[])),
        "isConnected" = "connectedBy" && ${living}::int[],
        "connectedAt" = CASE WHEN "connectedBy" && ${living}::int[] THEN "connectedAt" ELSE clock_timestamp() END,
        "isOnline" = CASE WHEN "connectedBy" && ${living}::int[] THEN "isOnline" END
      WHERE "id" = ${id}::uuid RETURNING "isConnected"`;
    if (isConnected && after && !after.isConnected) await openGap(tx, id, lostAt);
  }
  return stale.map(({ id }) => id);
}
