import { DeskError } from "@/lib/errors";
import type { EventInput, Recorder } from "@/server/audit/record";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

/** What is done with each of many rows, one at a time. */
export interface Work<I> {
  /** Up to `limit` rows that wait for this, locked for the rest of the transaction and passing over what others hold. */
  lock(tx: Prisma.TransactionClient, limit: number): Promise<I[]>;
  /** What the record says of one before it is done. */
  event(item: I): EventInput;
  /** Does it. Throws a DeskError when it may not be done; what it had written until then is undone. */
  act(tx: Prisma.TransactionClient, item: I): Promise<{ before: unknown; after: unknown }>;
  /** Keeps why it was not done. */
  refuse(tx: Prisma.TransactionClient, item: I, error: DeskError): Promise<void>;
}

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
export async function runChunk<I>(
  parts: { database: Database; recorder: Recorder },
  work: Work<I>,
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
        const done: (DeskError | { before: unknown; after: unknown })[] = [];
        for (const item of items) done.push(await one(tx, work, item));
        return done;
      },
      { timeout: timeoutMs, maxWait: timeoutMs },
    );
    await recorder.settleAll(
      events.flatMap((event, at) => {
        const end = ends[at];
        if (end === undefined) return [];
        if (end instanceof DeskError) return { event, outcome: { outcome: "DENIED", error: end.code } };
        return { event, outcome: { outcome: "OK", ...end } };
      }),
    );
    return items;
  } catch (cause) {
    // Its commit may have arrived without its answer.
    await recorder.settleAll(events.map((event) => ({ event, outcome: { outcome: "UNKNOWN", error: "internal" } })));
    throw new ChunkFailed(items, cause);
  }
}

async function one<I>(
  tx: Prisma.TransactionClient,
  work: Work<I>,
  item: I,
): Promise<DeskError | { before: unknown; after: unknown }> {
  await tx.$executeRaw`SAVEPOINT one`;
  try {
    const done = await work.act(tx, item);
    await tx.$executeRaw`RELEASE SAVEPOINT one`;
    return done;
  } catch (cause) {
    if (!(cause instanceof DeskError)) throw cause;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT one`;
    await work.refuse(tx, item, cause);
    return cause;
  }
}
