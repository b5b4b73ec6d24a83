import { Batched } from "@/server/db/batched";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";

/** A row of "AuditEvent", every column named; `input` is redacted. */
export type EventRow = Required<Omit<Prisma.AuditEventUncheckedCreateInput, "outcome" | "repeats" | "input">> & {
  input: Prisma.InputJsonValue | null;
};

/** A row of "AuditOutcome", every column named. */
export type OutcomeRow = Required<Omit<Prisma.AuditOutcomeUncheckedCreateInput, "before" | "after">> & {
  before: Prisma.InputJsonValue | null;
  after: Prisma.InputJsonValue | null;
};

/** Null: written. */
type Failure = { cause: unknown } | null;

/**
 * Each act waits until its event is safe on the disk, which takes a commit. Those that wait at the same moment share
 * one: a statement takes along all events that came while the one before it was under way.
 */
const events = new Batched<Database, EventRow, Failure>((database, rows) => writeOrTell(database, rows, insertEvents));
const outcomes = new Batched<Database, OutcomeRow, Failure>((database, rows) =>
  writeOrTell(database, rows, insertOutcomes),
);

/** Writes one event; throws what the database said. */
export async function appendEvent(database: Database, row: EventRow): Promise<void> {
  const failure = await events.ask(database, row);
  if (failure) throw failure.cause;
}

/** Writes one outcome, unless the event has one already; throws what the database said. */
export async function appendOutcome(database: Database, row: OutcomeRow): Promise<void> {
  const failure = await outcomes.ask(database, row);
  if (failure) throw failure.cause;
}

/** One row that the database refuses must not take the others down with it. */
async function writeOrTell<Row>(
  database: Database,
  rows: readonly Row[],
  insert: (tx: Prisma.TransactionClient, rows: readonly Row[]) => Promise<void>,
): Promise<Failure[]> {
  try {
    await insert(database, rows);
    return rows.map(() => null);
  } catch (cause) {
    if (rows.length === 1) return [{ cause }];
    return (await Promise.all(rows.map((row) => writeOrTell(database, [row], insert)))).flat();
  }
}

/** Writes all of these events or none. As one value: the statement stays the same, however many there are. */
export async function insertEvents(tx: Prisma.TransactionClient, rows: readonly EventRow[]): Promise<void> {
  const columns = columnsOf(rows);
  await tx.$executeRaw`
    INSERT INTO "AuditEvent" (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::"AuditEvent", ${JSON.stringify(rows)}::jsonb)`;
}

/** The same for outcomes; an event that has one keeps it. */
export async function insertOutcomes(tx: Prisma.TransactionClient, rows: readonly OutcomeRow[]): Promise<void> {
  const columns = columnsOf(rows);
  await tx.$executeRaw`
    INSERT INTO "AuditOutcome" (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::"AuditOutcome", ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT DO NOTHING`;
}

/** From our own rows' keys, never from a value. */
function columnsOf(rows: readonly object[]): Prisma.Sql {
  return Prisma.raw(
    Object.keys(rows[0] ?? {})
      .map((name) => `"${name}"`)
      .join(", "),
  );
}
