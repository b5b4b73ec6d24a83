import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";

export type Database = PrismaClient;

/**
 * Opens a pool on `url`. Nothing connects before the first query. Whoever opens it ends it with `$disconnect()`.
 * @param options.poolSize how many connections it may hold (10).
 */
export function openDatabase(url: string, options: { poolSize?: number } = {}): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 10_000,
    application_name: "gatehouse",
  });
  // The others quote our source, which tells a reader of the log nothing; server/log.ts removes what this one still quotes.
  return new PrismaClient({ adapter, errorFormat: "minimal" });
}
