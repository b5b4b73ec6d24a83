import type { Prisma } from "@/server/db/generated/client";

/** The time by the database's clock: the one clock that all instances share. */
export async function readClock(tx: Prisma.TransactionClient): Promise<Date> {
  const rows = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const now = rows[0]?.now;
  if (!now) throw new Error("The database did not tell the time.");
  return now;
}
