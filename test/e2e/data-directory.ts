import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { startEmbedded } from "@/server/db/embedded";
import { migrate } from "@/server/db/migrate";
import { createLogger } from "@/server/log";

const variable = "GATEHOUSE_E2E_TEMPLATE";

/** Playwright's global set-up: makes the data directory that those of the desks are copies of. Answers what ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), "gatehouse-e2e-"));
  const server = await startEmbedded(directory, createLogger("error"));
  await migrate(server.url).finally(() => server.stop());
  // Where it had to be made elsewhere, or nothing copies owners, each desk makes its own.
  if (process.platform !== "win32" && existsSync(path.join(directory, "postgres"))) process.env[variable] = directory;
  return () => rm(directory, { recursive: true, force: true });
}

/** A data directory of the caller's own, with a migrated database nobody has used. */
export async function makeDataDirectory(): Promise<string> {
  const made = await makeBareDirectory();
  const template = process.env[variable];
  // Not by `node:fs`, which gives the copies to whoever makes them: the database's files are its own user's.
  if (template) await promisify(execFile)("cp", ["-a", path.join(template, "postgres"), made]);
  return made;
}

/** One with nothing in it, as a new team's is. */
export async function makeBareDirectory(): Promise<string> {
  return await mkdtemp(path.join(tmpdir(), "gatehouse-e2e-"));
}
