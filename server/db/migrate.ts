import { Client } from "pg";
import { StartError } from "@/server/start-error";
import { lockSpace } from "./bus";
import { migrationNames } from "./migrations";

interface AppliedRow {
  migration_name: string;
  isFinished: boolean;
}

/**
 * Brings the database at `url` to the code's schema, under an advisory lock, so that instances starting together do
 * it once. Answers the names applied; none when there was nothing to do, and then the engine is not even loaded.
 * @throws StartError when the database cannot be reached, is older than PostgreSQL 14, is newer than the code, or a
 * migration fails.
 */
export async function migrate(url: string): Promise<string[]> {
  const known = await migrationNames();
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: "gatehouse" });
  // A connection that breaks while idle here is met again by the next query.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(url, error);
  }
  try {
    const version = await client.query<{ server_version_num: string }>("show server_version_num");
    const number = Number(version.rows[0]?.server_version_num);
    if (number < 140_000) {
      throw new StartError(
        `DATABASE_URL: ${place(url)} is PostgreSQL ${Math.floor(number / 10_000)}; Gatehouse needs 14 or later.`,
      );
    }
    if (missing(known, await readApplied(client)).length === 0) return [];
    await client.query("select pg_advisory_lock($1, 0)", [lockSpace]);
    const applied = await readApplied(client);
    if (missing(known, applied).length === 0) return [];
    const { applyMigrations, markRolledBack } = await import("./engine");
    // Cut short by a crash: its script was one transaction, so it is applied from its beginning.
    for (const row of applied) if (!row.isFinished) await markRolledBack(url, row.migration_name);
    return await applyMigrations(url).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new StartError(
        `The database's structure could not be updated: ${why.split("\n").filter(Boolean).join(" ")}`,
        {
          cause: error,
        },
      );
    });
  } finally {
    await client.end();
  }
}

/** @throws StartError when the database has migrations the code does not know. */
function missing(known: readonly string[], applied: readonly AppliedRow[]): string[] {
  const newer = applied.find((row) => !known.includes(row.migration_name));
  if (newer !== undefined) {
    throw new StartError(
      `The database is newer than this Gatehouse: it has the migration ${newer.migration_name}, which this version does not know. Install the version that made it, or restore an older backup.`,
    );
  }
  const done = new Set(applied.filter((row) => row.isFinished).map((row) => row.migration_name));
  return known.filter((name) => !done.has(name));
}

async function readApplied(client: Client): Promise<AppliedRow[]> {
  const table = await client.query<{ isThere: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as "isThere"`,
  );
  if (table.rows[0]?.isThere !== true) return [];
  const rows = await client.query<AppliedRow>(
    `select migration_name, finished_at is not null as "isFinished" from _prisma_migrations where rolled_back_at is null`,
  );
  return rows.rows;
}

function unreachable(url: string, error: unknown): StartError {
  const errors = error instanceof AggregateError ? error.errors : [error];
  const why = errors.map((each) => (each instanceof Error ? each.message : String(each))).join("; ");
  return new StartError(
    `DATABASE_URL: the database at ${place(url)} cannot be reached: ${why}. Is the server running, and are name and password right?`,
    { cause: error },
  );
}

/** Host and database, never the user's password. */
function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
