import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { type AuditScope, findMatching, toAuditRow, withOutcome, withRepeats } from "./list";

/** One of the times that a refusal came again. */
export interface RepeatRow {
  id: string;
  at: Date;
  correlationId: string;
  requestId: string | null;
  target: string | null;
}

/**
 * One event with its input, before and after, every event of the same click, and the times it was repeated; null when the
 * scope does not hold it.
 */
export async function getEvent(database: Database, id: string, scope: AuditScope) {
  const visible = await findMatching(database, {}, scope);
  const row = await database.auditEvent.findFirst({ where: { AND: [visible, { id }] }, ...withOutcome });
  if (!row) return null;
  const [siblings, repeated] = await Promise.all([
    findSiblings(database, visible, row.correlationId),
    database.auditRepeat.findMany({
      where: { eventId: id },
      orderBy: { id: "asc" },
      take: maximumListed,
      select: { id: true, at: true, correlationId: true, requestId: true, target: true },
    }),
  ]);
  return {
    ...toAuditRow(row),
    repeats: await database.auditRepeat.count({ where: { eventId: id } }),
    input: row.input,
    before: row.outcome?.before ?? null,
    after: row.outcome?.after ?? null,
    siblings: await withRepeats(database, siblings.map(toAuditRow)),
    repeated: repeated satisfies RepeatRow[],
  };
}

/** Siblings and repeats of one event that are listed; beyond it only the count is told. */
const maximumListed = 200;

/** The events of one click. A refusal that was counted under an earlier one stands there under another click's id. */
async function findSiblings(database: Database, visible: Prisma.AuditEventWhereInput, correlationId: string) {
  const counted = await database.auditRepeat.findMany({
    where: { correlationId },
    select: { eventId: true },
    take: 20,
  });
  return await database.auditEvent.findMany({
    where: { AND: [visible, { OR: [{ correlationId }, { id: { in: counted.map(({ eventId }) => eventId) } }] }] },
    orderBy: { id: "asc" },
    take: maximumListed,
    ...withOutcome,
  });
}
