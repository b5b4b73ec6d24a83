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

/** The server of a run: an embedded one to throw away, or the one TEST_DATABASE_URL names (a superuser's, of any version). */
async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  const directory = await mkdtemp(path.join(tmpdir(), "gatehouse-test-"));
  const server = await startEmbedded(directory, createLogger("error"), {
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

/** Starts the one server of a run, with a migrated template in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const client = new Client({ connectionString: server.url });
  await client.connect();
  // A run that was broken off has left it on a server that outlives its runs.
  await client.query("update pg_database set datallowconn = true where datname = $1", [template]);
  await client.query(`drop database if exists ${template} with (force)`);
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
  return server.stop;
}
