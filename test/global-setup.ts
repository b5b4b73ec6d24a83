import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "@/server/db/embedded";
import { migrate } from "@/server/db/migrate";
import { createLogger } from "@/server/log";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's own database, from which others are made and dropped. */
    serverUrl: string;
    /** The name of the migrated database that test/database.ts clones. */
    template: string;
  }
}

const template = "gatehouse_template";

/** Starts the one embedded server of a run, with a migrated template in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), "gatehouse-test-"));
  const server = await startEmbedded(directory, createLogger("error"), {
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${template}`);
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href);
  // A database that is cloned must have nobody in it, and autovacuum is somebody.
  await client.query(`alter database ${template} allow_connections false`);
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [template]);
  await client.end();
  project.provide("serverUrl", server.url);
  project.provide("template", template);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
