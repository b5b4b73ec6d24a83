import { v7 as uuid } from "uuid";
import { systemActor } from "@/lib/actor";
import { openStates } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter } from "@/server/platforms/adapter";
import type { RequestFate, RequestRef } from "@/server/platforms/arrival";
import { PlatformError } from "@/server/platforms/error";
import type { Json } from "@/server/platforms/json";
import { closeElsewhere } from "./elsewhere";
import { judge, postponeCheck, settle } from "./settle";

interface Parts {
  database: Database;
  connections: Connections;
}

/**
 * What is read back of a request; null when the bot is not open here or its platform cannot tell. That somebody is in
 * the friend list proves nothing of who was in it when they asked (QQ keeps friends of one side): `unknown`. Throws
 * PlatformError.
 */
async function readFate(
  connections: Connections,
  request: Parameters<typeof toRef>[0] & { botId: string; wasFriend: boolean | null },
): Promise<RequestFate | null> {
  const adapter = reader(connections, request.botId);
  const fate = (await adapter?.["requests.check"]?.(toRef(request))) ?? null;
  return fate === "approved" && request.wasFriend === true ? "unknown" : fate;
}

/**
 * Looks at the platform for what became of a decision that is `sent` or `unknown`, and settles it if the answer is
 * clear; otherwise the next look is planned. Reads only. A failed look is no answer; `isLoud` throws it as well.
 */
export async function checkDecision(parts: Parts, decisionId: string, isLoud = false): Promise<void> {
  const { database, connections } = parts;
  const decision = await database.decision.findUnique({ where: { id: decisionId }, include: { request: true } });
  if (!decision || (decision.state !== "sent" && decision.state !== "unknown")) return;
  const { request } = decision;
  try {
    if (!connections.isOpen(request.botId) && isLoud) return await connections.refuseClosed(request.botId);
    if (!connections.isOpen(request.botId)) return await postponeCheck(database, decision.id, decision.checks, false);
    const fate = await readFate(connections, request);
    const { state: was, checks } = decision;
    const hasOther = await hasOtherRequest(database, request, decision.sentAt);
    const settlement = fate === null ? null : judge(decision.verb, fate, { was, checks, hasOther });
    if (settlement) {
      await settle(database, decision.id, settlement);
      return;
    }
    const mayBeMixed = decision.verb === "approve" && request.twinKey !== null;
    const twinId = mayBeMixed && decision.sentAt ? await findApprovedTwin(parts, request, decision.sentAt) : null;
    if (twinId !== null) {
      await settle(database, decision.id, { state: "failed", error: "twin_unresolved" });
      // It is a friend now, and no person chose it here.
      await database.$transaction((tx) => closeElsewhere(tx, twinId, ["waiting", "ignored", "failed"]));
      return;
    }
  } catch (cause) {
    if (isLoud || !(cause instanceof PlatformError)) throw cause;
    return await postponeCheck(database, decision.id, decision.checks, false);
  }
  await postponeCheck(database, decision.id, decision.checks, true);
}

/**
 * The same look, asked for by an operator now: for the newest decision of a request that is `sent` or `unknown`.
 * Throws PlatformError when the platform cannot be read, and DeskError `not_connected` or `held_elsewhere` when the bot is
 * not open here: a person who asks wants to know that.
 */
export async function checkNow(parts: Parts, requestId: string): Promise<void> {
  const request = await parts.database.request.findUniqueOrThrow({
    where: { id: requestId },
    include: { decisions: { where: { state: { not: "cancelled" } }, orderBy: { id: "desc" }, take: 1 } },
  });
  const latest = request.decisions[0];
  if (!latest) return;
  await checkDecision(parts, latest.id, true);
}

/**
 * Is there another request of the same person for the same place that was open after ours was sent? Then it may be
 * that one which let them in: somebody who was denied, asked again and was approved does not undo the denial.
 */
export async function hasOtherRequest(
  database: Prisma.TransactionClient,
  request: { id: string; botId: string; kind: string; applicantId: string; groupId: string | null },
  sentAt: Date | null,
): Promise<boolean> {
  const isFriend = request.kind === "friend" || request.kind === "filtered_friend";
  const found = await database.request.findFirst({
    where: {
      botId: request.botId,
      id: { not: request.id },
      // Of an invitation the person is who invites: another one's may have brought the bot into the group as well.
      ...(request.kind === "group_invite" ? {} : { applicantId: request.applicantId }),
      ...(isFriend
        ? { kind: { in: ["friend", "filtered_friend"] } }
        : { kind: request.kind, groupId: request.groupId }),
      ...(sentAt === null ? {} : { OR: [{ closedAt: null }, { closedAt: { gte: sentAt } }] }),
    },
    select: { id: true },
  });
  return found !== null;
}

/**
 * Which of the requests that share a handle with ours did the platform let in instead, at or after the moment ours was
 * sent? Of three that share it, the third goes on waiting.
 */
async function findApprovedTwin(
  { database, connections }: Parts,
  request: { id: string; botId: string; twinKey: string | null; applicantId: string },
  sentAt: Date,
): Promise<string | null> {
  const { id, botId, twinKey, applicantId } = request;
  const twins = await database.request.findMany({
    where: {
      ...{ botId, twinKey, id: { not: id }, applicantId: { not: applicantId } },
      // One that the notice of the new friend has closed already counts, one that was closed before ours was sent does not.
      OR: [{ state: { in: [...openStates, "ignored"] } }, { state: "elsewhere", closedAt: { gte: sentAt } }],
    },
  });
  for (const twin of twins) {
    if ((await readFate(connections, twin)) === "approved") return twin.id;
  }
  return null;
}

/** A stored request as the adapter knows it. */
export function toRef(request: {
  kind: string;
  handle: unknown;
  applicantId: string;
  groupId: string | null;
}): RequestRef {
  return {
    // Written by desk/arrival.ts from an Arrival, so the names and the JSON are the adapter's own.
    kind: request.kind as RequestRef["kind"],
    handle: request.handle as Json,
    applicantId: request.applicantId,
    groupId: request.groupId,
  };
}

/** The adapter for the desk's own looking: reads leave no line in the record. */
export function reader(connections: Connections, botId: string): Adapter | null {
  return connections.adapter(botId, { actor: systemActor, correlationId: uuid() });
}
