import type { ErrorCode } from "@/lib/errors";
import type { DecisionState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { RequestFate } from "@/server/platforms/arrival";
import { lockRequest, moveRequest } from "./move";

/** How a decision went. */
export interface Settlement {
  state: Extract<DecisionState, "sent" | "confirmed" | "failed" | "unknown">;
  error?: ErrorCode | null;
  platformText?: string | null;
}

/** When a decision that is `sent` or `unknown` is read back again, ms after the last look. Then it is left as it is, truthfully. */
export const checkDelays = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000] as const;

/**
 * After so many looks (about half a minute) a platform that still lists the request as undecided has not carried out
 * what it said it took: it goes back to the people instead of staying `sent` for ever.
 */
const patience = 3;

/** The states a decision may be in before it is settled. */
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
  await tx.$queryRaw`
    SELECT 1 FROM "Request" WHERE "id" = (SELECT "requestId" FROM "Decision" WHERE "id" = ${decisionId}::uuid) FOR UPDATE`;
  const isOpen = settlement.state === "sent" || settlement.state === "unknown";
  const [decision] = await tx.$queryRaw<{ requestId: string; actorName: string; isNewest: boolean }[]>`
    UPDATE "Decision" d SET "state" = ${settlement.state}, "activeFor" = NULL, "settledAt" = clock_timestamp(),
      "error" = ${settlement.error ?? null}, "platformText" = COALESCE(${settlement.platformText ?? null}, "platformText"),
      "checkAt" = CASE WHEN ${isOpen}::boolean THEN clock_timestamp() + ${checkDelays[0]}::int * interval '1 millisecond' END
    WHERE "id" = ${decisionId}::uuid AND "state" = ANY(${[...unsettled]}::text[])
      AND ${takenBy === undefined ? Prisma.sql`TRUE` : Prisma.sql`"takenBy" IS NOT DISTINCT FROM ${takenBy}::int`}
    RETURNING d."requestId", d."actorName", NOT EXISTS (
      SELECT 1 FROM "Decision" later
      WHERE later."requestId" = d."requestId" AND later."id" > d."id"
        AND later."state" <> 'cancelled' AND later."verb" <> 'ignore') AS "isNewest"`;
  if (!decision) return false;
  // A later decision (an operator did not wait for an unknown one) speaks for the request; this one only for itself.
  if (!decision.isNewest) return true;
  // To ignore changed nothing over there: what turns out to have been carried out before it is what the request is.
  const from = settlement.state === "confirmed" ? [...unsettled, "ignored" as const] : unsettled;
  await moveRequest(tx, decision.requestId, from, settlement.state, {
    closedBy: decision.actorName,
  });
  return true;
}

/**
 * Plans the next look. One that told nothing new counts, and after the last there is none; one that could not be made
 * (the bot is away) does not count: a bot that returns after a day must still be asked.
 */
export async function postponeCheck(
  database: Database,
  decisionId: string,
  checks: number,
  wasMade: boolean,
): Promise<void> {
  const delay = wasMade ? checkDelays[checks + 1] : (checkDelays[checks] ?? checkDelays[0]);
  await database.$executeRaw`
    UPDATE "Decision" SET "checks" = ${checks + (wasMade ? 1 : 0)},
      "checkAt" = clock_timestamp() + ${delay ?? null}::int * interval '1 millisecond'
    WHERE "id" = ${decisionId}::uuid AND "state" IN ('sent', 'unknown') AND "checkAt" IS NOT NULL`;
}

/** What is known of a decision that is read back, beside what the platform says. */
export interface Looked {
  /** A `pending` after `unknown` proves that nothing happened; after `sent` the platform may just be slow. */
  was: "sending" | "sent" | "unknown";
  /** How often it was read back before. */
  checks: number;
  /** The same person has asked again or is let in by another request: that they are in says nothing about this one. */
  hasOther: boolean;
}

/** What a read-back means for a decision. Null: it tells nothing; the state stays as it is. */
export function judge(verb: string, fate: RequestFate, { was, checks, hasOther }: Looked): Settlement | null {
  if (verb === "approve" && fate === "approved") return { state: "confirmed" };
  if (verb === "deny" && (fate === "denied" || fate === "decided")) return { state: "confirmed" };
  if (verb === "approve" && fate === "denied") return { state: "failed", error: "decided_otherwise" };
  if (verb === "deny" && fate === "approved") return hasOther ? null : { state: "failed", error: "decided_otherwise" };
  if (fate === "pending" && was === "unknown") return { state: "failed", error: "found_undone" };
  if (fate === "pending" && checks >= patience) return { state: "failed", error: "not_carried_out" };
  return null;
}

/**
 * A decision that was not sent waits again, for this or another instance. One whose fence is set is left alone, unless
 * the sender itself, who knows, says that nothing went out (`isSure`).
 */
export async function handBack(
  database: Database,
  decisionId: string,
  requestId: string,
  takenBy: number | null,
  isSure = false,
): Promise<boolean> {
  return await database.$transaction(async (tx) => {
    await lockRequest(tx, requestId);
    const { count } = await tx.decision.updateMany({
      where: { id: decisionId, state: "sending", takenBy, ...(isSure ? {} : { sentAt: null }) },
      data: { state: "held", takenBy: null, takenAt: null, sentAt: null },
    });
    if (count === 0) return false;
    await moveRequest(tx, requestId, ["sending"], "held");
    return true;
  });
}
