import { DeskError } from "@/lib/errors";
import type { Prisma } from "@/server/db/generated/client";
import { isDecidable } from "./row";

interface Closed {
  state: string;
  version: number;
  closedBy: string | null;
  closedAt: Date | null;
}

/**
 * Why a request can no longer be decided as it was seen: `conflict` names the colleague who was faster, `already_decided`
 * says that it was closed outside the desk.
 */
export async function toConflict(tx: Prisma.TransactionClient, request: Closed & { id: string }): Promise<DeskError> {
  const latest = await tx.decision.findFirst({
    where: { requestId: request.id, state: { not: "cancelled" } },
    orderBy: { id: "desc" },
  });
  return conflictOf(request, latest);
}

/** The same, with the request's newest decision that was not taken back. */
export function conflictOf(
  request: Closed,
  latest: { actorName: string; verb: string; createdAt: Date } | null,
): DeskError {
  const isOurs = latest !== null && request.state !== "elsewhere" && request.state !== "expired";
  return new DeskError(isDecidable(request.state) || isOurs ? "conflict" : "already_decided", {
    by: isOurs ? latest.actorName : request.closedBy,
    verb: isOurs ? latest.verb : null,
    at: (isOurs ? latest.createdAt : request.closedAt)?.toISOString() ?? null,
    state: request.state,
    version: request.version,
  });
}
