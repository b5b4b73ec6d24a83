import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export const migrationsDirectory = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** The names of the migrations in the code, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
