import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { livingInstances } from "@/server/gateway/instance";
import { handBack, settle } from "./settle";

/** What was found of decisions under way that this worker does not hold. */
export interface Reconciled {
  handedBack: number;
  unknown: number;
  /** Held by an instance that seems to live: worth another look soon, for it may have died just now. */
  elsewhere: number;
}

/**
 * Finds decisions left `sending` by an instance that is gone. One whose fence was never set was never sent and is handed
 * back; any other may have been carried out: it becomes `unknown` and is read back. Nothing is sent here.
 * @param holding decisions this instance is sending right now.
 */
export async function reconcile(database: Database, bus: Bus, holding: ReadonlySet<string>): Promise<Reconciled> {
  const result: Reconciled = { handedBack: 0, unknown: 0, elsewhere: 0 };
  const left = await database.decision.findMany({
    where: { state: "sending" },
    select: { id: true, requestId: true, takenBy: true },
  });
  if (left.every((decision) => holding.has(decision.id))) return result;
  const living = await livingInstances(database);
  for (const { id, requestId, takenBy } of left) {
    if (holding.has(id)) continue;
    if (takenBy !== null && takenBy !== bus.instance && living.has(takenBy)) {
      result.elsewhere += 1;
      continue;
    }
    if (await handBack(database, id, requestId, takenBy)) result.handedBack += 1;
    else if (await settle(database, id, { state: "unknown", error: "result_unknown" }, takenBy)) result.unknown += 1;
  }
  return result;
}
