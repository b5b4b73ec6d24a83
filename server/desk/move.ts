import { openStates, type RequestState } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Prisma } from "@/server/db/generated/client";

const open: readonly string[] = openStates;

/**
 * Moves a request to `to` if it still is in one of `from` (and at `version`, where given): the compare-and-swap every
 * change of state goes through. Raises the version, keeps when and by whom it was closed in step with the state, and
 * tells the screens when the transaction commits. The time is the database's: instances may have clocks of their own.
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
  const [row] = await tx.$queryRaw<{ version: number; botId: string }[]>`
    UPDATE "Request" SET "state" = ${to}, "version" = "version" + 1,
      "closedAt" = CASE WHEN ${isClosed}::boolean THEN clock_timestamp() END, "closedBy" = ${closedBy}
    WHERE "id" = ${id}::uuid AND "state" = ANY(${[...from]}::text[])
      AND "version" = COALESCE(${extra.version ?? null}::int, "version")
    RETURNING "version", "botId"`;
  if (!row) return null;
  await publishIn(tx, { topic: "request", id, botId: row.botId, version: row.version });
  return row.version;
}

/** Locks a request for the rest of the transaction: whoever changes it and its decisions takes this lock first. */
export async function lockRequest(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Request" WHERE "id" = ${id}::uuid FOR UPDATE`;
}
