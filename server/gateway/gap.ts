import { v7 as uuid } from "uuid";
import type { Prisma } from "@/server/db/generated/client";

/** As many gaps of one bot are kept: a connection that flaps for days must not fill the database. */
const maximumKept = 200;

/**
 * Notes that nobody holds this bot's connection since `startAt`. The caller has locked the bot's row and taken the last
 * holder off it, so of several instances one notes it; a gap that lasts already is not begun again.
 */
export async function openGap(tx: Prisma.TransactionClient, botId: string, startAt: Date): Promise<void> {
  if ((await tx.botGap.count({ where: { botId, endAt: null } })) > 0) return;
  await tx.botGap.create({ data: { id: uuid(), botId, startAt } });
  await tx.$executeRaw`
    DELETE FROM "BotGap" WHERE "id" IN (
      SELECT "id" FROM "BotGap" WHERE "botId" = ${botId}::uuid ORDER BY "id" DESC OFFSET ${maximumKept}::int)`;
}

/**
 * Somebody holds the connection again, since `heldMs` ago: the gap is over. One that began later than that never was: the
 * holder had been taken for dead while it held on. The caller has locked the bot's row.
 */
export async function endGap(tx: Prisma.TransactionClient, botId: string, heldMs: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "BotGap" WHERE "botId" = ${botId}::uuid
      AND "startAt" > clock_timestamp() - ${heldMs}::float8 * interval '1 millisecond'`;
  await tx.$executeRaw`
    UPDATE "BotGap" SET "endAt" = GREATEST("startAt", clock_timestamp()) WHERE "botId" = ${botId}::uuid AND "endAt" IS NULL`;
}
