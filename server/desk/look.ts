import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { hashToken } from "@/server/auth/token";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { endClaims, leaseMs } from "./claim";
import { goneMs } from "./sweep";

/** What a tab looks at now. */
export interface Look {
  tab: string;
  /** Null: no request. */
  requestId: string | null;
  /** Of the lease the tab believes to hold on it. */
  token?: string | undefined;
}

/** An operator at the desk. */
export interface PresenceRow {
  operatorId: string;
  name: string;
  isSelf: boolean;
  /** What they look at; null also when the reader may not see it. Of several tabs the newest that looks at something. */
  requestId: string | null;
  /** What all their tabs look at. */
  requestIds: string[];
  since: Date;
}

/**
 * Notes what a tab looks at, renews its lease when `token` is of the living one, and gives back what the same tab held
 * before. Colleagues are told when it changed. Whether the operator may see the request is the caller's to check.
 * @param botId of the request.
 * @returns until when the lease lasts now; `isLost`: the token is of no living lease of this operator.
 */
export async function look(
  database: Database,
  actor: Actor,
  { tab, requestId, token }: Look,
  botId: string | null,
): Promise<{ expiresAt: Date | null; isLost: boolean }> {
  const operatorId = actor.id;
  if (operatorId === null) throw new DeskError("signed_out");
  return await database.$transaction(async (tx) => {
    // The request before the tab, as who removes requests locks them.
    if (requestId !== null) await tx.$queryRaw`SELECT 1 FROM "Request" WHERE "id" = ${requestId}::uuid FOR KEY SHARE`;
    if (await sitDown(tx, tab, operatorId, requestId)) {
      await publishIn(tx, { topic: "presence", id: tab, botId: null, version: 1 });
    }
    const others = requestId === null ? {} : { requestId: { not: requestId } };
    await endClaims(tx, { tab, operatorId, ...others });
    if (requestId === null || token === undefined) return { expiresAt: null, isLost: false };
    const tokenHash = hashToken(token);
    // Who may no longer decide there holds up nobody who may.
    if (!can(actor, "requests.decide", botId)) await endClaims(tx, { requestId, operatorId, tokenHash });
    const [renewed] = await tx.$queryRaw<{ expiresAt: Date }[]>`
      UPDATE "Claim" SET "expiresAt" = clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})
      WHERE "requestId" = ${requestId}::uuid AND "operatorId" = ${operatorId}::uuid
        AND "tokenHash" = ${tokenHash} AND "expiresAt" > clock_timestamp()
      RETURNING "expiresAt"`;
    return { expiresAt: renewed?.expiresAt ?? null, isLost: renewed === undefined };
  });
}

/** @returns whether what colleagues see of it changed. A tab that stands in another operator's name stays theirs. */
async function sitDown(
  tx: Prisma.TransactionClient,
  tab: string,
  operatorId: string,
  requestId: string | null,
): Promise<boolean> {
  const before = await tx.presence.findUnique({ where: { tab } });
  const [row] = await tx.$queryRaw<{ tab: string }[]>`
    INSERT INTO "Presence" AS p ("tab", "operatorId", "requestId", "since", "seenAt")
    VALUES (${tab}::uuid, ${operatorId}::uuid, ${requestId}::uuid, now(), now())
    ON CONFLICT ("tab") DO UPDATE SET
      "operatorId" = EXCLUDED."operatorId", "requestId" = EXCLUDED."requestId", "seenAt" = EXCLUDED."seenAt",
      "since" = CASE WHEN p."operatorId" = EXCLUDED."operatorId" THEN p."since" ELSE EXCLUDED."since" END
    WHERE p."operatorId" = EXCLUDED."operatorId" OR p."leftAt" IS NOT NULL
      OR p."seenAt" < clock_timestamp() - make_interval(secs => ${goneMs / 1_000})
    RETURNING p."tab"`;
  return row !== undefined && (before?.requestId !== requestId || before.operatorId !== operatorId);
}

/** Who is at the desk now, one row an operator, by name. What they look at only where the reader may see it. */
export async function listPresence(database: Database, actor: Actor): Promise<PresenceRow[]> {
  const bots = botsWith(actor, "requests.view");
  const inSight = bots === "all" ? Prisma.sql`TRUE` : Prisma.sql`r."botId" = ANY(${bots}::uuid[])`;
  const tabs = await database.$queryRaw<{ operatorId: string; name: string; since: Date; requestId: string | null }[]>`
    SELECT p."operatorId", o."name", p."since", CASE WHEN ${inSight} THEN r."id" END AS "requestId"
    FROM "Presence" p JOIN "Operator" o ON o."id" = p."operatorId" LEFT JOIN "Request" r ON r."id" = p."requestId"
    WHERE p."seenAt" > now() - make_interval(secs => ${goneMs / 1_000})
    ORDER BY o."name", o."id", p."since" DESC, p."tab" DESC`;
  const rows = new Map<string, PresenceRow>();
  for (const { operatorId, name, since, requestId } of tabs) {
    const seen = requestId === null ? [] : [requestId];
    const row = rows.get(operatorId);
    if (row) {
      row.requestId ??= requestId;
      row.requestIds = [...new Set([...row.requestIds, ...seen])];
      // Newest first: the last one is how long they have been here.
      row.since = since;
    } else {
      rows.set(operatorId, { operatorId, name, isSelf: operatorId === actor.id, requestId, requestIds: seen, since });
    }
  }
  return [...rows.values()];
}
