import { v7 as uuid } from "uuid";
import { Prisma } from "@/server/db/generated/client";

/** As many gaps of one bot are kept: a connection that flaps for days must not fill the database. */
const maximumKept = 200;

/** The caller of each of these has locked the bot's row: of several instances one at a time looks and writes. */
type Transaction = Prisma.TransactionClient;

/** Notes that nobody holds this bot's connection since `startAt`. A gap that lasts already is not begun again. */
export async function openGap(tx: Transaction, botId: string, startAt: Date): Promise<void> {
  if ((await tx.botGap.count({ where: { botId, endAt: null } })) > 0) return;
  await insert(tx, { id: uuid(), botId, startAt });
}

/** Somebody holds the connection again: the gap is over. */
export async function endGap(tx: Transaction, botId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "BotGap" SET "endAt" = GREATEST("startAt", clock_timestamp()) WHERE "botId" = ${botId}::uuid AND "endAt" IS NULL`;
}

/**
 * An instance has held the connection since then: gaps that began later never were. It had been taken for dead while it
 * held on.
 */
export async function voidGaps(tx: Transaction, botId: string, since: Date): Promise<void> {
  await tx.botGap.deleteMany({ where: { botId, startAt: { gte: since } } });
}

/**
 * An instance connects, and the bot's row names others that hold the connection. They may have been killed a moment ago,
 * when the database has not noticed yet: then there was a gap between their last sign of life and this connection. It is
 * noted with their numbers and counts as none until they turn out to be gone (`doubtless`). One that lives hears that
 * somebody came, says again that it holds on, and the gap is void.
 */
export async function suspectGap(
  tx: Transaction,
  botId: string,
  gap: { startAt: Date; endAt: Date; unsure: readonly number[] },
): Promise<void> {
  await insert(tx, { id: uuid(), botId, startAt: gap.startAt, endAt: gap.endAt, found: { unsure: [...gap.unsure] } });
}

/**
 * Some of the instances in doubt do not hold the connection any more.
 * @param lostAt when it last stood for them; null: they were gone before the gap.
 */
export async function doubtless(
  tx: Transaction,
  botId: string,
  gone: readonly number[],
  lostAt: Date | null,
): Promise<void> {
  const where = { botId, found: { not: Prisma.DbNull } };
  for (const { id, startAt, endAt, found } of await tx.botGap.findMany({ where })) {
    const unsure = unsureOf(found);
    const left = unsure.filter((instance) => !gone.includes(instance));
    if (left.length === unsure.length) continue;
    if (lostAt !== null && endAt !== null && lostAt >= endAt) {
      await tx.botGap.delete({ where: { id } });
      continue;
    }
    // An object by what `unsureOf` found in it; what was read after the gap stands beside.
    const { unsure: _, ...rest } = found as Prisma.JsonObject;
    const isEmpty = left.length === 0 && Object.keys(rest).length === 0;
    await tx.botGap.update({
      where: { id },
      data: {
        ...(lostAt !== null && lostAt > startAt ? { startAt: lostAt } : {}),
        found: isEmpty ? Prisma.DbNull : { ...rest, ...(left.length > 0 ? { unsure: left } : {}) },
      },
    });
  }
}

/** The instances of which it is not known whether they held the connection meanwhile; none: it was a gap. */
export function unsureOf(found: Prisma.JsonValue): number[] {
  if (typeof found !== "object" || found === null || Array.isArray(found) || !Array.isArray(found.unsure)) return [];
  return found.unsure.filter((each) => typeof each === "number");
}

async function insert(tx: Transaction, data: Prisma.BotGapCreateManyInput): Promise<void> {
  await tx.botGap.create({ data });
  await tx.$executeRaw`
    DELETE FROM "BotGap" WHERE "id" IN (
      SELECT "id" FROM "BotGap" WHERE "botId" = ${data.botId}::uuid ORDER BY "id" DESC OFFSET ${maximumKept}::int)`;
}
