import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { createLogger } from "@/server/log";
import { startEmbedded } from "./embedded";
import { diffMigrations } from "./engine";
import { migrationsDirectory } from "./migrations";

/**
 * `npm run migrate -- --name add_something`: writes the migration that leads from the ones there are to
 * prisma/schema.prisma. It needs no database: it starts one to throw away. Read the SQL before you commit it, and add
 * by hand what Prisma's schema cannot say (triggers, functions).
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { name: { type: "string" } } });
  if (values.name === undefined || !/^[a-z0-9_]{1,60}$/.test(values.name)) {
    throw new Error("Give the migration a name in lower case: npm run migrate -- --name add_something");
  }
  const scratch = await mkdtemp(path.join(tmpdir(), "gatehouse-migrate-"));
  const server = await startEmbedded(scratch, createLogger("warn"), { settings: { fsync: "off" } });
  try {
    const sql = await diffMigrations(server.url);
    if (sql === "") {
      process.stdout.write("The migrations already lead to prisma/schema.prisma: nothing to write.\n");
      return;
    }
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const directory = path.join(migrationsDirectory, `${stamp}_${values.name}`);
    await mkdir(directory, { recursive: true });
    await writeFile(path.join(directory, "migration.sql"), sql);
    process.stdout.write(`Written: ${path.relative(process.cwd(), directory)}/migration.sql\n`);
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
