import { openStates, type RequestState } from "@/lib/request";
import { channel } from "@/server/db/bus";
import type { Prisma } from "@/server/db/generated/client";

const open: readonly string[] = openStates;

/**
 * Moves a request to `to` if it still is in one of `from` (and at `version`, where given): the compare-and-swap every
 * change of state goes through. Raises the version, keeps when and by whom it was closed in step with the state, wakes it
 * (something happened to it: a decision that fails must not be out of sight), and tells the screens when the transaction commits. The time is the database's: instances may have clocks of their own.
 * @returns the new version, or null when somebody was faster.
 */
export async function moveRequest(
  tx: Prisma.TransactionClient,
  id: string,
  from: readonly RequestState[],
  to: RequestState,
  extra: { version?: number; closedBy?: string | null } = {},
): Promise<number | null> {
  const isClosed = !open.includes(to);
  const closedBy = isClosed ? (extra.closedBy ?? null) : null;
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    WITH moved AS (
      UPDATE "Request" SET "state" = ${to}, "version" = "version" + 1,
        "closedAt" = CASE WHEN ${isClosed}::boolean THEN clock_timestamp() END, "closedBy" = ${closedBy},
        "snoozedUntil" = NULL, "snoozedBy" = NULL
      WHERE "id" = ${id}::uuid AND "state" = ANY(${[...from]}::text[])
        AND "version" = COALESCE(${extra.version ?? null}::int, "version")
      RETURNING "version", "botId"
    )
    SELECT "version", pg_notify(${channel}, json_build_object(
      'topic', 'request', 'id', ${id}::uuid, 'botId', "botId", 'version', "version")::text)::text AS "told"
    FROM moved`;
  return row?.version ?? null;
}

/** Locks a request for the rest of the transaction: whoever changes it and its decisions takes this lock first. */
export async function lockRequest(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Request" WHERE "id" = ${id}::uuid FOR UPDATE`;
}
