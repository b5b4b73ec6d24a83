import { type Bus, lockSpace } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { handBack, settle } from "./settle";

/**
 * Finds decisions left `sending` by an instance that is gone. One whose fence was never set was never sent and is handed
 * back; any other may have been carried out: it becomes `unknown` and is read back. Nothing is sent here.
 * @param holding decisions this instance is sending right now.
 * @returns how many were handed back and how many became unknown.
 */
export async function reconcile(
  database: Database,
  bus: Bus,
  holding: ReadonlySet<string>,
): Promise<{ handedBack: number; unknown: number }> {
  const result = { handedBack: 0, unknown: 0 };
  const takers = await database.decision.groupBy({ by: ["takenBy"], where: { state: "sending" } });
  for (const { takenBy } of takers) {
    if (takenBy !== null && takenBy !== bus.instance && (await isAlive(database, takenBy))) continue;
    const left = await database.decision.findMany({
      where: { state: "sending", takenBy },
      select: { id: true, requestId: true },
    });
    for (const decision of left) {
      if (holding.has(decision.id)) continue;
      if (await handBack(database, decision.id, decision.requestId, takenBy)) result.handedBack += 1;
      else if (await settle(database, decision.id, { state: "unknown", error: "result_unknown" }, takenBy))
        result.unknown += 1;
    }
  }
  return result;
}

/** An instance lives as long as its bus connection holds its lock: whoever can take the lock knows that it is gone. */
async function isAlive(database: Database, instance: number): Promise<boolean> {
  return await database.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ free: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${lockSpace}::int, ${instance}::int) AS "free"`;
    return rows[0]?.free !== true;
  });
}
