import { DeskError } from "@/lib/errors";
import type { EventInput, OutcomeInput, Recorder } from "@/server/audit/record";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

/** What an act changed, for the record. */
export interface Change {
  before: unknown;
  after: unknown;
}

/** What is done with each of many rows, one at a time. */
export interface Work<I, C extends Change = Change> {
  /** Up to `limit` rows that wait for this, locked for the rest of the transaction and passing over what others hold. */
  lock(tx: Prisma.TransactionClient, limit: number): Promise<I[]>;
  /** What the record says of one before it is done. */
  event(item: I): EventInput;
  /** Does it. Throws a DeskError when it may not be done; what it had written until then is undone. */
  act(tx: Prisma.TransactionClient, item: I): Promise<C>;
  /** Keeps how all of them ended. */
  finish(tx: Prisma.TransactionClient, ends: readonly End<I, C>[]): Promise<void>;
}

/** How it ended for one. */
export type End<I, C extends Change = Change> = { item: I; done: C } | { item: I; refused: DeskError };

/** Something nobody expected. Of these items nothing is known to be done. */
export class ChunkFailed<I> extends Error {
  constructor(
    readonly items: readonly I[],
    cause: unknown,
  ) {
    super("several acts could not be carried out", { cause });
  }
}

/** Longer than any chunk takes, also while the database is busy, ms. */
const timeoutMs = 30_000;

/**
 * Carries out some of many acts: in one transaction they are locked, written to the record and done, each with its own
 * event and its own outcome. An act that is refused leaves the others alone. Killed at any moment, a chunk is done with
 * all it says of itself, or it is not done and its events stay open: the next one finds its rows as they were.
 * @returns the items this chunk was about; none: nothing waits, or others hold it.
 * @throws ChunkFailed when nothing is known to be done; DeskError `not_recorded` is its cause when there is no record.
 */
export async function runChunk<I, C extends Change>(
  parts: { database: Database; recorder: Recorder },
  work: Work<I, C>,
  limit: number,
): Promise<I[]> {
  const { database, recorder } = parts;
  let items: I[] = [];
  let events: Awaited<ReturnType<Recorder["beginAll"]>> = [];
  try {
    const ends = await database.$transaction(
      async (tx) => {
        items = await work.lock(tx, limit);
        if (items.length === 0) return [];
        // On another connection: whatever becomes of this transaction, the record says that it was tried.
        events = await recorder.beginAll(items.map((item) => work.event(item)));
        const all: End<I, C>[] = [];
        for (const item of items) all.push(await one(tx, work, item));
        await work.finish(tx, all);
        return all;
      },
      { timeout: timeoutMs, maxWait: timeoutMs },
    );
    await recorder.settleAll(
      events.flatMap((event, at) => {
        const end = ends[at];
        return end ? [{ event, outcome: toOutcome(end) }] : [];
      }),
    );
    return items;
  } catch (cause) {
    // Its commit may have arrived without its answer.
    await recorder.settleAll(events.map((event) => ({ event, outcome: { outcome: "UNKNOWN", error: "internal" } })));
    throw new ChunkFailed(items, cause);
  }
}

async function one<I, C extends Change>(tx: Prisma.TransactionClient, work: Work<I, C>, item: I): Promise<End<I, C>> {
  // Of the same name again and again: each hides the one before, and a chunk is short.
  await tx.$executeRaw`SAVEPOINT one`;
  try {
    return { item, done: await work.act(tx, item) };
  } catch (cause) {
    if (!(cause instanceof DeskError)) throw cause;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT one`;
    return { item, refused: cause };
  }
}

function toOutcome<I>(end: End<I>): OutcomeInput {
  if ("refused" in end) return { outcome: "DENIED", error: end.refused.code };
  const { before, after } = end.done;
  return { outcome: "OK", before, after };
}
