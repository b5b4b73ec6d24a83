import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { endClaims } from "./claim";
import { readClock } from "./clock";

/** A tab whose stream ended has so long to come back, as a reload does, ms. */
export const graceMs = 10_000;
/** A tab that nobody has seen for so long is gone: the server that held its stream was killed, ms. */
export const goneMs = 60_000;
/** So many snoozed requests wake at once; the rest in the next turn. */
const wakeMost = 500;

/**
 * Ends what time has ended, for all instances and by the database's clock: tabs that did not come back with their
 * leases, leases that ran out, and snoozes. Several instances may do it at once: each row is swept by one.
 */
export async function sweep(database: Database): Promise<void> {
  await database.$transaction(async (tx) => {
    await sweepTabs(tx);
    await sweepClaims(tx);
  });
  await database.$transaction(wake);
}

async function sweepTabs(tx: Prisma.TransactionClient): Promise<void> {
  const gone = await tx.$queryRaw<{ tab: string; operatorId: string }[]>`
    DELETE FROM "Presence" WHERE "tab" IN (
      SELECT "tab" FROM "Presence"
      WHERE "leftAt" <= clock_timestamp() - make_interval(secs => ${graceMs / 1_000})
        OR "seenAt" <= clock_timestamp() - make_interval(secs => ${goneMs / 1_000})
      ORDER BY "tab" FOR UPDATE SKIP LOCKED)
    RETURNING "tab", "operatorId"`;
  if (gone.length === 0) return;
  await endClaims(tx, { OR: gone });
  for (const { tab } of gone) await publishIn(tx, { topic: "presence", id: tab, botId: null, version: 1 });
}

/** Screens are told when a lease runs out, and what somebody left in a tab where another one sits now ends as well. */
async function sweepClaims(tx: Prisma.TransactionClient): Promise<void> {
  const left = await tx.$queryRaw<{ requestId: string; tokenHash: string }[]>`
    SELECT c."requestId", c."tokenHash" FROM "Claim" c JOIN "Presence" p ON p."tab" = c."tab"
    WHERE p."operatorId" <> c."operatorId"`;
  await endClaims(tx, { OR: [{ expiresAt: { lte: await readClock(tx) } }, ...left] });
}

async function wake(tx: Prisma.TransactionClient): Promise<void> {
  const woken = await tx.$queryRaw<{ id: string; botId: string; version: number }[]>`
    UPDATE "Request" SET "snoozedUntil" = NULL, "snoozedBy" = NULL WHERE "id" IN (
      SELECT "id" FROM "Request" WHERE "snoozedUntil" <= clock_timestamp()
      ORDER BY "snoozedUntil" LIMIT ${wakeMost} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "botId", "version"`;
  for (const { id, botId, version } of woken) await publishIn(tx, { topic: "request", id, botId, version });
}
