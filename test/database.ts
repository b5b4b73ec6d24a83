import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "@/server/db/client";

export interface TestDatabase {
  url: string;
  database: Database;
  /** Closes `database` and removes it from the server, whoever is still connected. */
  drop(): Promise<void>;
}

/** A migrated database of the caller's own. One a test file: `beforeAll` makes it, `afterAll` drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(inject("template"));
  const database = openDatabase(url, { poolSize: 5 });
  return {
    url,
    database,
    drop: async () => {
      await database.$disconnect();
      await drop();
    },
  };
}

/** A database with nothing in it (or a copy of `template`), for tests of migrations and of the start. */
export async function createDatabase(template = "template1"): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await execute(`create database ${name} template ${template}`);
  const url = new URL(inject("serverUrl"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(`drop database if exists ${name} with (force)`) };
}

async function execute(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject("serverUrl") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
