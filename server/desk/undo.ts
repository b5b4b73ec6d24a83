import { DeskError } from "@/lib/errors";
import type { RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { lockRequest, moveRequest } from "./move";

/** What taking back a decision changed. */
export interface Undone {
  before: { state: string; verb: string; by: string };
  after: { state: string; version: number };
}

/**
 * Takes a decision back that no worker has taken yet, or an `ignore` that still stands: the request is again what it was
 * before. Of this and the worker one wins, by the request's lock.
 * @throws DeskError `not_found`, `undo_late` with the `state` it is in by now.
 */
export async function undo(database: Database, input: { id: string; decisionId: string }): Promise<Undone> {
  return await database.$transaction((tx) => undoIn(tx, input));
}

/** `undo` inside a transaction of the caller. Throws before it has written anything. */
export async function undoIn(
  tx: Prisma.TransactionClient,
  { id, decisionId }: { id: string; decisionId: string },
): Promise<Undone> {
  await lockRequest(tx, id);
  const newest = await tx.$queryRaw<Stored[]>`
    SELECT d."id", d."verb", d."state", d."error", d."previousState", d."actorName", r."state" AS "requestState"
    FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId"
    WHERE r."id" = ${id}::uuid AND (d."id" = ${decisionId}::uuid OR d."state" <> 'cancelled') ORDER BY d."id" DESC`;
  const decision = newest.find((each) => each.id === decisionId);
  if (!decision) throw new DeskError("not_found");
  const { verb, requestState } = decision;
  const isIgnored = verb === "ignore" && decision.state === "confirmed" && requestState === "ignored";
  if (newest[0]?.id !== decision.id || !(decision.state === "held" || isIgnored)) {
    const isElsewhere = decision.error === "already_decided";
    throw new DeskError("undo_late", { state: isElsewhere ? "elsewhere" : decision.state });
  }
  await tx.$executeRaw`
    UPDATE "Decision" SET "state" = 'cancelled', "activeFor" = NULL, "settledAt" = clock_timestamp()
    WHERE "id" = ${decision.id}::uuid`;
  const before = newest[1];
  // Columns written by desk/ only, with these closed names. One that was unknown may have become known meanwhile.
  const state = (
    decision.previousState === "unknown" && before ? before.state : decision.previousState
  ) as RequestState;
  const version = await moveRequest(tx, id, [isIgnored ? "ignored" : "held"], state, {
    closedBy: before?.actorName ?? null,
  });
  // Never: the lock above and the states of both rows go together.
  if (version === null) throw new DeskError("undo_late", { state: requestState });
  if (before) await resumeLooks(tx, before.id);
  return { before: { state: requestState, verb, by: decision.actorName }, after: { state, version } };
}

/** What is read of a decision here. */
interface Stored {
  id: string;
  verb: string;
  state: string;
  error: string | null;
  previousState: string;
  actorName: string;
  requestState: string;
}

/** An earlier decision speaks for the request again: whatever is open about it is looked at once more. */
async function resumeLooks(tx: Prisma.TransactionClient, decisionId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Decision" SET "checkAt" = clock_timestamp()
    WHERE "id" = ${decisionId}::uuid AND "state" IN ('sent', 'unknown')`;
}
