import { createHash } from "node:crypto";
import { lockSpace } from "@/server/db/bus";
import type { Prisma } from "@/server/db/generated/client";

/** First key of the locks that let one first refusal of a kind be written; lockSpace itself tells which instances live. */
const repeatSpace = lockSpace + 1;

/** What makes two refusals the same: who, what, why, and of which bot. Strangers are told apart by their address. */
export interface RefusalKind {
  actorKind: string;
  actorId: string | null;
  address: string | null;
  action: string;
  error: string;
  botId: string | null;
}

/** What is kept of each time it happened again; `input` is redacted already. */
export interface Repeat {
  id: string;
  correlationId: string;
  requestId: string | null;
  target: string | null;
  input: Prisma.InputJsonValue | null;
}

/**
 * Counts a refusal under the first of its kind, if that one is less than a minute old by the database's clock. One
 * statement: whoever hammers on a closed door costs one INSERT a time.
 * @returns the first one's id, or null when there is none: the refusal is then a first one itself. Null also for one that
 * was counted before, by a write whose answer was lost: its outcome was written with it.
 */
export async function countRepeat(
  tx: Prisma.TransactionClient,
  kind: RefusalKind,
  repeat: Repeat,
): Promise<string | null> {
  const input = repeat.input === null ? null : JSON.stringify(repeat.input);
  // The bound on the id says the same as the one on the time, and lets the index of actions be read from there only.
  const [counted] = await tx.$queryRaw<{ eventId: string }[]>`
    INSERT INTO "AuditRepeat" ("id", "eventId", "at", "correlationId", "requestId", "target", "input")
    SELECT ${repeat.id}::uuid, first."id", clock_timestamp(), ${repeat.correlationId}::uuid, ${repeat.requestId}::uuid,
      ${repeat.target}, ${input}::jsonb
    FROM (
      SELECT e."id" FROM "AuditEvent" e JOIN "AuditOutcome" o ON o."eventId" = e."id"
      WHERE e."action" = ${kind.action}
        AND e."id" > rpad(lpad(to_hex(floor(extract(epoch FROM now() - interval '1 minute') * 1000)::bigint), 12, '0'), 32, '0')::uuid
        AND e."at" > now() - interval '1 minute'
        AND e."actorKind" = ${kind.actorKind} AND e."actorId" IS NOT DISTINCT FROM ${kind.actorId}::uuid
        AND (e."actorId" IS NOT NULL OR e."address" IS NOT DISTINCT FROM ${kind.address})
        AND e."botId" IS NOT DISTINCT FROM ${kind.botId}::uuid
        AND o."outcome" = 'DENIED' AND o."error" = ${kind.error} AND NOT o."isRepeat"
      ORDER BY e."id" LIMIT 1
    ) first
    ON CONFLICT DO NOTHING
    RETURNING "eventId"`;
  return counted?.eventId ?? null;
}

/**
 * Lets one refusal of this kind at a time be the first, in all instances, until the transaction ends.
 * @returns the time by the database's clock, which the first one has to carry: its minute is measured by it.
 */
export async function lockKind(tx: Prisma.TransactionClient, kind: RefusalKind): Promise<Date> {
  const { actorKind, actorId, address, action, error, botId } = kind;
  const key = JSON.stringify([actorKind, actorId ?? address, action, error, botId]);
  const lock = createHash("sha256").update(key).digest().readInt32BE();
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(${repeatSpace}::int, ${lock}::int)) AS locked`;
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  if (!row) throw new Error("The database did not tell the time.");
  return row.now;
}
