import type { RequestState } from "@/lib/request";
import type { Prisma } from "@/server/db/generated/client";
import { readClock } from "./clock";
import { lockRequest, moveRequest } from "./move";
import { undoIn } from "./undo";

/**
 * Closes a request that was decided outside the desk. A decision of ours that is still held is cancelled with it:
 * nothing is left to be sent. Where an earlier one of ours is open, it may be that one which was seen: the held one is
 * taken back and the earlier one read back.
 * @param from the states it may be in beside `held`.
 * @returns the new version, or null when the request was in none of them.
 */
export async function closeElsewhere(
  tx: Prisma.TransactionClient,
  id: string,
  from: readonly RequestState[],
  by: string | null = null,
): Promise<number | null> {
  await lockRequest(tx, id);
  const held = await tx.decision.findFirst({ where: { requestId: id, state: "held" } });
  if (held?.previousState === "unknown") return (await undoIn(tx, { id, decisionId: held.id })).after.version;
  const moved = await moveRequest(tx, id, [...from, "held"], "elsewhere", { closedBy: by });
  if (moved === null || !held) return moved;
  await tx.decision.update({
    where: { id: held.id },
    data: { state: "cancelled", activeFor: null, settledAt: await readClock(tx), error: "already_decided" },
  });
  return moved;
}
