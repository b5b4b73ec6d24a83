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

/**
 * Runs a read, and once the database is back runs it again when its connection was cut under it: a restart of the
 * database costs a screen a moment and not an error. Everything else a read throws is passed on at once.
 * @param patienceMs how long the database may be away.
 */
export async function untilRead<T>(read: () => Promise<T>, patienceMs: number): Promise<T> {
  const until = AbortSignal.timeout(patienceMs);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await read();
    } catch (cause) {
      if (until.aborted || !isConnectionLost(cause)) throw cause;
      await sleep(Math.min(500, 20 * 2 ** attempt), undefined, { signal: until }).catch(() => undefined);
    }
  }
}

/** PostgreSQL's class 57P (it is going down or coming up) and 08 (the connection), and Prisma's codes for the same. */
export function isConnectionLost(cause: unknown): boolean {
  for (let at = cause, depth = 0; typeof at === "object" && at !== null && depth < 5; depth += 1) {
    const code: unknown = Reflect.get(at, "code") ?? Reflect.get(at, "originalCode");
    // The driver's own words for a socket that closed under a query; it has no code for it.
    if (at instanceof Error && at.message.startsWith("Connection terminated")) return true;
    if (typeof code === "string" && /^(?:57P0[1-3]|08...|P1001|P1017|ECONN(?:RESET|REFUSED))$/.test(code)) return true;
    const meta: unknown = Reflect.get(at, "meta");
    const inner: unknown =
      typeof meta === "object" && meta !== null ? Reflect.get(meta, "driverAdapterError") : undefined;
    at = inner ?? Reflect.get(at, "cause");
  }
  return false;
}

async function isAnswering(database: Database): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
