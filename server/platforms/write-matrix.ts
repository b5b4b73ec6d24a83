import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type MatrixLocale, readmes, withMatrix } from "./matrix";

const root = path.join(import.meta.dirname, "../..");
// Object.entries forgets the literal keys; the table is the only source of them.
for (const [locale, name] of Object.entries(readmes) as [MatrixLocale, string][]) {
  const file = path.join(root, name);
  await writeFile(file, withMatrix(await readFile(file, "utf8"), locale));
}
