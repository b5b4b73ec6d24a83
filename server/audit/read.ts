import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import {
  type AuditFilter,
  type AuditRow,
  type AuditScope,
  findMatching,
  isLine,
  toAuditRow,
  withOutcome,
  withRepeats,
} from "./list";

/** An event with all that is kept of it. */
export interface AuditRecord extends AuditRow {
  input: Prisma.JsonValue;
  before: Prisma.JsonValue;
  after: Prisma.JsonValue;
}

/** A page of whole events, newest first, below `cursor`. `except` is left out: the event that this very reading is. */
export async function readRecords(
  database: Database,
  filter: AuditFilter,
  scope: AuditScope,
  page: { cursor: string | null; limit: number; except: string },
): Promise<AuditRecord[]> {
  const { cursor, limit, except } = page;
  const rows = await database.auditEvent.findMany({
    where: {
      AND: [
        await findMatching(database, filter, scope),
        isLine,
        { id: { not: except } },
        ...(cursor ? [{ id: { lt: cursor } }] : []),
      ],
    },
    orderBy: { id: "desc" },
    take: limit,
    ...withOutcome,
  });
  const shown = await withRepeats(database, rows.map(toAuditRow));
  const kept = new Map(rows.map((row) => [row.id, row]));
  return shown.map((row) => {
    const whole = kept.get(row.id);
    return {
      ...row,
      input: whole?.input ?? null,
      before: whole?.outcome?.before ?? null,
      after: whole?.outcome?.after ?? null,
    };
  });
}
