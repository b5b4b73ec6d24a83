import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";

export type Database = PrismaClient;

/** How long anybody waits for a connection before it is a fault, ms: on a desk that is out of breath they get their turn. */
const patienceMs = 10_000;

/**
 * Opens a pool on `url`. Nothing connects before the first query. Whoever opens it ends it with `$disconnect()`.
 * @param options.poolSize how many connections it may hold (10).
 */
export function openDatabase(url: string, options: { poolSize?: number } = {}): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: patienceMs,
    application_name: "gatehouse",
  });
  // The others quote our source, which tells a reader of the log nothing; server/log.ts removes what this one still quotes.
  return new PrismaClient({
    adapter,
    errorFormat: "minimal",
    // Prisma's own 2 s and 5 s end decisions of many operators at once as internal faults, before the pool gives up.
    transactionOptions: { maxWait: patienceMs, timeout: patienceMs },
  });
}
