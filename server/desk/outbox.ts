import type { Database } from "@/server/db/client";
import { moveRequest } from "./move";

/** A decision that was taken, with its bot. */
export interface Taken {
  id: string;
  botId: string;
  /** Taken because its bot was connected here, and not to fail. */
  isReady: boolean;
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
  return await database.$transaction(async (tx) => {
    // A null grace makes the comparison null, which is no yes. statement_timestamp, because an index can be asked for it.
    const rows = await tx.$queryRaw<{ id: string; requestId: string }[]>`
      UPDATE "Decision" SET "state" = 'sending', "takenBy" = ${instance}::int, "takenAt" = clock_timestamp()
      WHERE "id" = (
        SELECT d."id" FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId" JOIN "Bot" b ON b."id" = r."botId"
          LEFT JOIN "Batch" whole ON whole."id" = d."batchId"
        WHERE d."state" = 'held' AND d."heldUntil" <= statement_timestamp() AND whole."cancelledAt" IS NULL AND (
          b."id" = ANY(${[...which.ready]}::uuid[]) OR NOT b."isEnabled" OR (
            NOT b."isConnected" AND COALESCE(b."connectedAt", '-infinity')
              < statement_timestamp() - ${which.graceMs}::int * interval '1 millisecond'
          )
        )
        ORDER BY d."heldUntil", d."id" FOR NO KEY UPDATE OF d, r SKIP LOCKED LIMIT 1
      ) RETURNING "id", "requestId"`;
    const taken = rows[0];
    if (!taken) return null;
    await moveRequest(tx, taken.requestId, ["held"], "sending");
    const { botId } = await tx.request.findUniqueOrThrow({ where: { id: taken.requestId }, select: { botId: true } });
    return { id: taken.id, botId, isReady: which.ready.includes(botId) };
  });
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
      ORDER BY d."checkAt" FOR UPDATE OF d SKIP LOCKED LIMIT 4
    ) RETURNING "id"`;
  return rows.map((row) => row.id);
}

/** Marks a decision as going out, if it still is this instance's: of two that believe to hold it, one may pass. */
export async function markSent(database: Database, instance: number, id: string): Promise<boolean> {
  const count = await database.$executeRaw`
    UPDATE "Decision" SET "sentAt" = clock_timestamp()
    WHERE "id" = ${id}::uuid AND "state" = 'sending' AND "takenBy" = ${instance}::int AND "sentAt" IS NULL`;
  return count === 1;
}
