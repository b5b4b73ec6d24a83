import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Verb } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { checkLease } from "./claim";
import { toConflict } from "./conflict";
import { readGround } from "./ground";
import { lockRequest, moveRequest } from "./move";
import { putDecision } from "./outbox";
import { fillReason } from "./placeholder";
import { refusalOf } from "./refusal";
import { isDecidable } from "./row";

/** What an operator decides. `version` is the request's version they saw. */
export interface DecisionInput {
  id: string;
  version: number;
  verb: Verb;
  reason: string;
  /** The operator has seen that the platform may mix this request up with its twin. */
  acknowledgeTwin: boolean;
  /** The operator knows that an earlier decision may have worked (state `unknown`). */
  again: boolean;
  /** Of the lease the operator holds; without one it must be free (desk/claim.ts). */
  token?: string | undefined;
  /** The tab that decides. */
  tab?: string | undefined;
}

/** What a decision changed. */
export interface DecisionTaken {
  id: string;
  before: { state: string; version: number };
  after: { state: string; version: number };
}

/**
 * A decision that is one of many: it is sent when the batch may be, and not after a hold of its own. Who takes many has
 * locked their requests already.
 */
export interface OfBatch {
  batchId: string;
  heldUntil: Date;
}

/**
 * Takes a decision: compare-and-swap on the request's version, then a row of the outbox for the worker, in one
 * transaction. A version that only grew because the desk itself moved the request (an unknown result became known) is
 * no conflict: nobody else has decided anything the operator had not seen. Nothing is sent here: the row is held for as
 * long as the desk gives people to take it back. `ignore` closes the request on this desk only and is never sent.
 * @returns the decision's id, and the request's state and version before and after, for the record.
 * @throws DeskError `not_found`, `conflict` (somebody was faster: detail names who, what, when), `already_decided`,
 *   `claimed`, `claim_lost` (desk/claim.ts), `not_offered` (the platform cannot), `reason_required`,
 *   `placeholder_left`, `twin_unresolved`, `result_unknown`.
 */
export async function decide(
  database: Database,
  actor: Actor,
  correlationId: string,
  input: DecisionInput,
): Promise<DecisionTaken> {
  return await database.$transaction((tx) => decideIn(tx, actor, correlationId, input));
}

/** `decide` inside a transaction of the caller, who rolls back to before it when it throws. */
export async function decideIn(
  tx: Prisma.TransactionClient,
  actor: Actor,
  correlationId: string,
  input: DecisionInput,
  batch: OfBatch | null = null,
): Promise<DecisionTaken> {
  if (!batch) await lockRequest(tx, input.id);
  const request = await readGround(tx, input);
  if (!request) throw new DeskError("not_found");
  if (!isDecidable(request.state) || request.isDecided) throw await toConflict(tx, request);
  const { preferences, twin, now } = request;
  // In bulk the operator stands in no case: each of their own tabs may hold one.
  const tab = batch ? "any" : (input.tab ?? null);
  checkLease(request.lease, { operatorId: actor.id, token: input.token ?? null, tab });
  const { verb } = input;
  const refusal = refusalOf(request, input, preferences);
  if (refusal) throw refusal;
  if (twin && verb !== "ignore" && !input.acknowledgeTwin) {
    throw new DeskError("twin_unresolved", { name: twin.applicantName, id: twin.applicantId });
  }
  const reason = fillReason(input.reason, request, actor, now);
  const isIgnored = verb === "ignore";
  const state = isIgnored ? "ignored" : "held";
  const moved = await moveRequest(tx, request.id, [request.state as "waiting"], state, {
    version: request.version,
    closedBy: actor.name,
  });
  if (moved === null) throw await toConflict(tx, request);
  const heldUntil = batch
    ? Math.max(batch.heldUntil.getTime(), now.getTime())
    : now.getTime() + preferences.undoSeconds * 1_000;
  const id = await putDecision(tx, {
    request,
    verb,
    reason,
    actor: toStoredActor(actor),
    actorId: actor.id,
    actorName: actor.name,
    correlationId,
    createdAt: now,
    heldUntil: new Date(heldUntil),
    batchId: batch?.batchId ?? null,
  });
  return {
    id,
    before: { state: request.state, version: request.version },
    after: { state, version: moved },
  };
}

/** The actor as the worker needs it later: who to name in the record and which grants to check. */
export function toStoredActor(actor: Actor): Prisma.InputJsonValue {
  const { grants, ...who } = actor;
  return { ...who, grants: grants.map((grant) => ({ ...grant, permissions: [...grant.permissions] })) };
}

/** The decision's actor, as stored when it was taken. */
export function toActor(value: Prisma.JsonValue): Actor {
  // Written by `toStoredActor` only.
  return value as unknown as Actor;
}
