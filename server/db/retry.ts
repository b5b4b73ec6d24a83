import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./client";

/** A database that answers and refuses the same write so often will never take it. */
const maximumRefusals = 3;

/**
 * Runs a write until the database has taken it: through a restart of the database, with growing pauses, as long as it
 * takes. A write that the database refuses while it answers everything else is given up after a few attempts.
 * `write` must be harmless to repeat: an attempt may have been committed without its answer arriving.
 * @throws what `write` threw last, once it is given up or `signal` aborts.
 */
export async function untilTaken<T>(database: Database, write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 0, refusals = 0; ; attempt += 1) {
    try {
      return await write();
    } catch (cause) {
      if (await isAnswering(database)) refusals += 1;
      if (signal.aborted || refusals >= maximumRefusals) throw cause;
      await sleep(Math.min(5_000, 100 * 2 ** attempt), undefined, { signal }).catch(() => undefined);
    }
  }
}

async function isAnswering(database: Database): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
