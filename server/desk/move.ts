import type { RequestState } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Prisma } from "@/server/db/generated/client";

/**
 * Moves a request to `to` if it still is in one of `from` (and at `version`, where given): the compare-and-swap every
 * change of state goes through. Raises the version and tells the screens when the transaction commits.
 * @returns the new version, or null when somebody was faster.
 */
export async function moveRequest(
  tx: Prisma.TransactionClient,
  id: string,
  from: readonly RequestState[],
  to: RequestState,
  extra: { version?: number; closedAt?: Date | null; closedBy?: string | null } = {},
): Promise<number | null> {
  const { version, ...fields } = extra;
  const [row] = await tx.request.updateManyAndReturn({
    where: { id, state: { in: [...from] }, ...(version === undefined ? {} : { version }) },
    data: { state: to, version: { increment: 1 }, ...fields },
    select: { version: true, botId: true },
  });
  if (!row) return null;
  await publishIn(tx, { topic: "request", id, botId: row.botId, version: row.version });
  return row.version;
}
