import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { openStates, type Verb } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { passClaim } from "./claim";
import { readClock } from "./clock";
import { toConflict } from "./conflict";
import { lockRequest, moveRequest } from "./move";
import { fillReason } from "./placeholder";
import { readPreferences } from "./preference";
import { refusalOf } from "./refusal";
import { isDecidable, toAnswers } from "./row";

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

/** A decision that is one of many: it is sent when the batch may be, and not after a hold of its own. */
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
  await lockRequest(tx, input.id);
  const request = await tx.request.findUnique({ where: { id: input.id } });
  if (!request) throw new DeskError("not_found");
  const newer = { requestId: request.id, version: { gte: input.version }, state: { not: "cancelled" } };
  if (!isDecidable(request.state) || (await tx.decision.count({ where: newer })) > 0) {
    throw await toConflict(tx, request);
  }
  // In bulk the operator stands in no case: each of their own tabs may hold one.
  const tab = batch ? "any" : (input.tab ?? null);
  await passClaim(tx, { requestId: request.id, operatorId: actor.id, token: input.token ?? null, tab });
  const { verb } = input;
  const preferences = await readPreferences(tx);
  const answers = toAnswers(request.answers);
  const refusal = refusalOf({ ...request, answers }, input, preferences);
  if (refusal) throw refusal;
  if (verb !== "ignore" && !input.acknowledgeTwin) {
    const twin = await findTwin(tx, request);
    if (twin) throw new DeskError("twin_unresolved", { name: twin.applicantName, id: twin.applicantId });
  }
  // The database's clock, as everything this is compared with: instances may have clocks of their own.
  const now = await readClock(tx);
  const reason = await fillReason(input.reason, request, actor, now, async () => {
    const bot = await tx.bot.findUniqueOrThrow({ where: { id: request.botId }, select: { name: true } });
    return bot.name;
  });
  const isIgnored = verb === "ignore";
  const moved = await moveRequest(tx, request.id, [request.state as "waiting"], isIgnored ? "ignored" : "held", {
    version: request.version,
    closedBy: actor.name,
  });
  if (moved === null) throw await toConflict(tx, request);
  // The newest decision alone speaks for the request: looks planned for an older one must not settle it any more.
  await tx.decision.updateMany({ where: { requestId: request.id, checkAt: { not: null } }, data: { checkAt: null } });
  const decision = await tx.decision.create({
    data: {
      id: uuid(),
      requestId: request.id,
      activeFor: isIgnored ? null : request.id,
      verb,
      reason,
      state: isIgnored ? "confirmed" : "held",
      previousState: request.state,
      version: request.version,
      createdAt: now,
      settledAt: isIgnored ? now : null,
      actor: toStoredActor(actor),
      actorId: actor.id,
      actorName: actor.name,
      correlationId,
      heldUntil: batch
        ? new Date(Math.max(batch.heldUntil.getTime(), now.getTime()))
        : new Date(now.getTime() + preferences.undoSeconds * 1_000),
      batchId: batch?.batchId ?? null,
    },
  });
  if (!isIgnored) await publishIn(tx, { topic: "decision", id: decision.id, botId: request.botId, version: 1 });
  return {
    id: decision.id,
    before: { state: request.state, version: request.version },
    after: { state: isIgnored ? "ignored" : "held", version: moved },
  };
}

/** An undecided request of the same bot that the platform may answer in this one's place (protocols: NapCat's friend flag is a second). */
export async function findTwin(
  tx: Prisma.TransactionClient,
  request: { id: string; botId: string; twinKey: string | null; applicantId: string },
): Promise<{ id: string; applicantId: string; applicantName: string } | null> {
  if (request.twinKey === null) return null;
  return await tx.request.findFirst({
    where: {
      botId: request.botId,
      twinKey: request.twinKey,
      id: { not: request.id },
      applicantId: { not: request.applicantId },
      state: { in: [...openStates, "ignored", "sent"] },
    },
    select: { id: true, applicantId: true, applicantName: true },
  });
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
