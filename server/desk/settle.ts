import type { ErrorCode } from "@/lib/errors";
import type { DecisionState, RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { RequestFate } from "@/server/platforms/adapter";
import { moveRequest } from "./move";

/** How a decision went. */
export interface Settlement {
  state: Extract<DecisionState, "sent" | "confirmed" | "failed" | "unknown">;
  error?: ErrorCode | null;
  platformText?: string | null;
}

/** When a decision that is `sent` or `unknown` is read back again, ms after the last look. Then it is left as it is, truthfully. */
export const checkDelays = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000] as const;

/** The states a decision and its request may be in before they are settled, beside `sending`. */
const unsettled = ["sending", "sent", "unknown"] as const satisfies readonly DecisionState[];

/**
 * Settles a decision and its request together. A decision that somebody settled meanwhile is left alone, and with
 * `takenBy` one that another instance has taken over.
 * @returns false when there was nothing left to settle.
 */
export async function settle(
  database: Database,
  decisionId: string,
  settlement: Settlement,
  takenBy?: number | null,
): Promise<boolean> {
  return await database.$transaction((tx) => settleIn(tx, decisionId, settlement, takenBy));
}

/** `settle` inside a transaction of the caller. */
export async function settleIn(
  tx: Prisma.TransactionClient,
  decisionId: string,
  settlement: Settlement,
  takenBy?: number | null,
): Promise<boolean> {
  const isOpen = settlement.state === "sent" || settlement.state === "unknown";
  const [decision] = await tx.decision.updateManyAndReturn({
    where: { id: decisionId, state: { in: [...unsettled] }, ...(takenBy === undefined ? {} : { takenBy }) },
    data: {
      state: settlement.state,
      activeFor: null,
      settledAt: new Date(),
      error: settlement.error ?? null,
      ...(settlement.platformText === undefined ? {} : { platformText: settlement.platformText }),
      checkAt: isOpen ? new Date(Date.now() + checkDelays[0]) : null,
    },
  });
  if (!decision) return false;
  const to: RequestState = settlement.state;
  const isClosed = to === "confirmed" || to === "sent";
  await moveRequest(tx, decision.requestId, ["sending", "sent", "unknown"], to, {
    closedAt: isClosed ? new Date() : null,
    closedBy: isClosed ? decision.actorName : null,
  });
  return true;
}

/** Notes that a look told nothing new, and plans the next one. After the last there is none. */
export async function postponeCheck(database: Database, decisionId: string, checks: number): Promise<void> {
  const delay = checkDelays[checks + 1];
  await database.decision.updateMany({
    where: { id: decisionId, state: { in: ["sent", "unknown"] } },
    data: { checks: { increment: 1 }, checkAt: delay === undefined ? null : new Date(Date.now() + delay) },
  });
}

/**
 * What a read-back means for a decision. Null: it tells nothing; the state stays as it is.
 * @param was the decision's state: a `pending` after `unknown` proves that nothing happened, after `sent` the platform
 *   has said that it took the decision and may just be slow.
 */
export function judge(verb: string, fate: RequestFate, was: "sending" | "sent" | "unknown"): Settlement | null {
  if (verb === "approve" && fate === "approved") return { state: "confirmed" };
  if (verb === "deny" && (fate === "denied" || fate === "decided")) return { state: "confirmed" };
  if (verb === "approve" && fate === "denied") return { state: "failed", error: "not_carried_out" };
  if (verb === "deny" && fate === "approved") return { state: "failed", error: "not_carried_out" };
  if (fate === "pending" && was === "unknown") return { state: "failed", error: "not_carried_out" };
  return null;
}

/** A decision that was not sent waits again, for this or another instance. One whose fence is set is left alone. */
export async function handBack(
  database: Database,
  decisionId: string,
  requestId: string,
  takenBy: number | null,
): Promise<boolean> {
  return await database.$transaction(async (tx) => {
    const { count } = await tx.decision.updateMany({
      where: { id: decisionId, state: "sending", takenBy, sentAt: null },
      data: { state: "held", takenBy: null, takenAt: null },
    });
    if (count === 0) return false;
    await moveRequest(tx, requestId, ["sending"], "held");
    return true;
  });
}
