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

/** A few of those who want the same rows in another order may come in between, one after another; more is a fault. */
const maximumDeadlocks = 5;

/**
 * Runs a transaction that takes rows in an order nobody else does (a removal that cascades), again when PostgreSQL gave
 * it up for somebody it was caught in a deadlock with: nothing of it has happened then.
 */
export async function untilUndisturbed<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (cause) {
      if (attempt >= maximumDeadlocks || !carriesCode(cause, /^(?:40P01|P2034)$/)) throw cause;
    }
  }
}

/** PostgreSQL's class 57P (it is going down or coming up) and 08 (the connection), and Prisma's codes for the same. */
export function isConnectionLost(cause: unknown): boolean {
  // The driver's own words for a socket that closed under a query; it has no code for it.
  const isClosed = (at: object) => at instanceof Error && at.message.startsWith("Connection terminated");
  return (
    carriesCode(cause, /^(?:57P0[1-3]|08...|P1001|P1017|EPIPE|ECONN(?:RESET|REFUSED))$/) || chain(cause).some(isClosed)
  );
}

function carriesCode(cause: unknown, codes: RegExp): boolean {
  return chain(cause).some((at) => {
    const code: unknown = Reflect.get(at, "code") ?? Reflect.get(at, "originalCode");
    return typeof code === "string" && codes.test(code);
  });
}

/** An error and what caused it, through Prisma's wrapping of the driver's. */
function chain(cause: unknown): object[] {
  const found: object[] = [];
  for (let at = cause; typeof at === "object" && at !== null && found.length < 6; ) {
    found.push(at);
    const meta: unknown = Reflect.get(at, "meta");
    const inner: unknown =
      typeof meta === "object" && meta !== null ? Reflect.get(meta, "driverAdapterError") : undefined;
    at = inner ?? Reflect.get(at, "cause");
  }
  return found;
}

async function isAnswering(database: Database): Promise<boolean> {
  try {
    await database.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
