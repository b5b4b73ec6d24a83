import { v7 as uuid } from "uuid";
import type { Verb } from "@/lib/request";
import { channel } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { livingOnes } from "@/server/gateway/instance";

/** A decision that was taken, with its bot. */
export interface Taken {
  id: string;
  botId: string;
  /** Taken because its bot was connected here, and not to fail. */
  isReady: boolean;
}

/** A decision to be written, on a request that was just moved to `held` or, with `ignore`, to `ignored`. */
export interface NewDecision {
  /** As it was before. */
  request: { id: string; botId: string; state: string; version: number };
  verb: Verb;
  reason: string;
  actor: Prisma.InputJsonValue;
  actorId: string | null;
  actorName: string;
  correlationId: string;
  createdAt: Date;
  heldUntil: Date;
  batchId: string | null;
}

/**
 * Writes a decision into the outbox and wakes the workers, unless it is held for a while: they look for those by the
 * clock, and a thousand of a batch would wake them a thousand times for nothing. One to ignore is done with that. It ends the lease on its
 * request, and it alone speaks for the request from now on: looks planned for an older one must not settle it any more.
 * Only to ignore says nothing to the platform: an older one whose result is open goes on being looked at.
 * @returns its id.
 */
export async function putDecision(tx: Prisma.TransactionClient, decision: NewDecision): Promise<string> {
  const { request, verb, createdAt } = decision;
  const id = uuid();
  const isIgnored = verb === "ignore";
  await tx.$executeRaw`
    WITH freed AS (DELETE FROM "Claim" WHERE "requestId" = ${request.id}::uuid),
    silent AS (
      UPDATE "Decision" SET "checkAt" = NULL
      WHERE "requestId" = ${request.id}::uuid AND "checkAt" IS NOT NULL AND NOT ${isIgnored}::boolean
    ),
    put AS (
      INSERT INTO "Decision" ("id", "requestId", "activeFor", "verb", "reason", "state", "previousState", "version",
        "actor", "actorId", "actorName", "correlationId", "createdAt", "heldUntil", "settledAt", "batchId")
      VALUES (${id}::uuid, ${request.id}::uuid, ${isIgnored ? null : request.id}::uuid, ${verb}, ${decision.reason},
        ${isIgnored ? "confirmed" : "held"}, ${request.state}, ${request.version}::int,
        ${JSON.stringify(decision.actor)}::jsonb, ${decision.actorId}::uuid, ${decision.actorName},
        ${decision.correlationId}::uuid, ${createdAt}::timestamptz, ${decision.heldUntil}::timestamptz, ${isIgnored ? createdAt : null}::timestamptz,
        ${decision.batchId}::uuid)
      RETURNING "activeFor", "heldUntil" <= "createdAt" AS "isDue"
    )
    SELECT pg_notify(${channel}, json_build_object(
      'topic', 'decision', 'id', ${id}::uuid, 'botId', ${request.botId}::uuid, 'version', 1)::text)::text
    FROM put WHERE "activeFor" IS NOT NULL AND "isDue"`;
  return id;
}

/** Which bots a decision may be taken for. */
export interface Takeable {
  /** Connected here and with room for another. */
  ready: readonly string[];
  /** How long after a bot has lost its last connection a decision for it is taken all the same, to fail, ms; null: never. */
  graceMs: number | null;
}

/**
 * One held row becomes `sending` under this instance's number, together with its request: of the bots that are ready
 * here, and of those that are disabled or that nobody is connected to any more, so that the operator is told. One that
 * another instance is connected to is left to that instance. SKIP LOCKED: of many that ask at once, each gets another,
 * and one that somebody is taking back at this moment is left to them, as is all of a batch that was cancelled.
 */
export async function takeHeld(database: Database, instance: number, which: Takeable): Promise<Taken | null> {
  // A null grace makes the comparison null, which is no yes. statement_timestamp, because an index can be asked for it.
  const [taken] = await database.$queryRaw<{ id: string; botId: string }[]>`
    WITH next AS (
      SELECT d."id", d."requestId" FROM "Decision" d
        JOIN "Request" r ON r."id" = d."requestId" JOIN "Bot" b ON b."id" = r."botId"
        LEFT JOIN "Batch" whole ON whole."id" = d."batchId"
      WHERE d."state" = 'held' AND d."heldUntil" <= statement_timestamp() AND whole."cancelledAt" IS NULL AND (
        (b."id" = ANY(${[...which.ready]}::uuid[]) AND (b."connectedBy"[1] = ${instance}::int OR ${isSpeaker(instance)}))
        OR NOT b."isEnabled" OR (
          NOT b."isConnected" AND COALESCE(b."connectedAt", '-infinity')
            < statement_timestamp() - ${which.graceMs}::int * interval '1 millisecond'
        )
      )
      ORDER BY d."heldUntil", d."id" FOR NO KEY UPDATE OF d, r SKIP LOCKED LIMIT 1
    ), sending AS (
      UPDATE "Decision" d SET "state" = 'sending', "takenBy" = ${instance}::int, "takenAt" = clock_timestamp()
      FROM next WHERE d."id" = next."id" RETURNING d."id"
    ), moved AS (
      UPDATE "Request" r SET "state" = 'sending', "version" = r."version" + 1, "closedAt" = NULL, "closedBy" = NULL
      FROM next WHERE r."id" = next."requestId" RETURNING r."id", r."botId", r."version"
    )
    SELECT sending."id", moved."botId", pg_notify(${channel}, json_build_object(
      'topic', 'request', 'id', moved."id", 'botId', moved."botId", 'version', moved."version")::text)::text AS "told"
    FROM sending CROSS JOIN moved`;
  return taken ? { id: taken.id, botId: taken.botId, isReady: which.ready.includes(taken.botId) } : null;
}

/**
 * Of several instances that are connected to a bot the first that lives speaks for it: two would each keep the bot's
 * pace and together act twice as hastily. Where none is known yet, whoever asks.
 */
function isSpeaker(instance: number): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT holder FROM unnest(b."connectedBy") WITH ORDINALITY AS held(holder, place)
    WHERE holder = ${instance}::int OR holder IN (${livingOnes})
    ORDER BY place LIMIT 1
  ), ${instance}::int) = ${instance}::int`;
}

/** Does a decision of this bot wait only to be taken? */
export async function hasDue(database: Database, botId: string): Promise<boolean> {
  const [row] = await database.$queryRaw<{ isDue: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId"
        LEFT JOIN "Batch" whole ON whole."id" = d."batchId"
      WHERE d."state" = 'held' AND d."heldUntil" <= statement_timestamp() AND r."botId" = ${botId}::uuid
        AND whole."cancelledAt" IS NULL
    ) AS "isDue"`;
  return row?.isDue ?? false;
}

/** How long until the next held decision may be sent, ms; null when none waits for its time. */
export async function untilNextHeld(database: Database): Promise<number | null> {
  const [row] = await database.$queryRaw<{ ms: number | null }[]>`
    SELECT EXTRACT(EPOCH FROM min("heldUntil") - clock_timestamp())::float8 * 1000 AS "ms" FROM "Decision"
    WHERE "state" = 'held' AND "heldUntil" > statement_timestamp()`;
  return row?.ms == null ? null : Math.max(0, row.ms);
}

/**
 * Decisions due for a look, of these bots. Their next look is moved on at once, so that two workers do not look
 * together.
 */
export async function takeDue(database: Database, botIds: readonly string[]): Promise<string[]> {
  if (botIds.length === 0) return [];
  const rows = await database.$queryRaw<{ id: string }[]>`
    UPDATE "Decision" SET "checkAt" = clock_timestamp() + interval '1 minute'
    WHERE "id" IN (
      SELECT d."id" FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId"
      WHERE d."state" IN ('sent', 'unknown') AND d."checkAt" <= statement_timestamp()
        AND r."botId" = ANY(${[...botIds]}::uuid[])
      ORDER BY d."checkAt" FOR UPDATE OF d SKIP LOCKED LIMIT 64
    ) RETURNING "id"`;
  return rows.map((row) => row.id);
}

/** A decision that is to be sent, with what its call and the record need to know of its request. */
export interface Outgoing {
  requestId: string;
  botId: string;
  isEnabled: boolean;
  verb: string;
  reason: string;
  actor: Prisma.JsonValue;
  correlationId: string;
  kind: string;
  handle: Prisma.JsonValue;
  answers: Prisma.JsonValue;
  applicantId: string;
  applicantName: string;
  groupId: string | null;
}

/** One statement, because it runs for each of a thousand. Null: it was removed with its bot. */
export async function readOutgoing(database: Database, id: string): Promise<Outgoing | null> {
  const [row] = await database.$queryRaw<Outgoing[]>`
    SELECT d."requestId", r."botId", b."isEnabled", d."verb", d."reason", d."actor", d."correlationId", r."kind",
      r."handle", r."answers", r."applicantId", r."applicantName", r."groupId"
    FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId" JOIN "Bot" b ON b."id" = r."botId"
    WHERE d."id" = ${id}::uuid`;
  return row ?? null;
}

/** Marks a decision as going out, if it still is this instance's: of two that believe to hold it, one may pass. */
export async function markSent(database: Database, instance: number, id: string): Promise<boolean> {
  const count = await database.$executeRaw`
    UPDATE "Decision" SET "sentAt" = clock_timestamp()
    WHERE "id" = ${id}::uuid AND "state" = 'sending' AND "takenBy" = ${instance}::int AND "sentAt" IS NULL`;
  return count === 1;
}
