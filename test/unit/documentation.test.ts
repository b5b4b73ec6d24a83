import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { platforms } from "@/lib/platform";
import { linesOf, toSchema, unionsOf } from "@/lib/schema";
import { catalogues } from "@/server/platforms/catalogues";
import { documentName, renderDocument } from "@/server/platforms/documentation";
import { toJsonSchema } from "@/server/platforms/json-schema";
import { isBeyond } from "@/server/platforms/row";

const folder = path.join(import.meta.dirname, "../../docs/endpoints");
const documents = platforms.flatMap((platform) => (["en", "zh"] as const).map((language) => ({ platform, language })));

describe.each(documents)("the document of $platform in $language", ({ platform, language }) => {
  const text = renderDocument(platform, language);

  test("is the one that was committed (npm run docs:endpoints)", () => {
    expect(readFileSync(path.join(folder, documentName(platform, language)), "utf8") === text).toBe(true);
  });

  test("has every operation with its title and traps, and marks what the vendor's document has not", () => {
    const sections = text.split(/^## /m).slice(1);
    const rows = Object.values(catalogues[platform]);
    expect(sections.length).toBeGreaterThanOrEqual(rows.length);
    rows.forEach((row, at) => {
      const section = sections[at] ?? "";
      expect(section.split("\n")[0]?.replaceAll("\\", "")).toBe(row.operation);
      expect(section).toContain(row.title[language]);
      for (const trap of row.traps) expect(section).toContain(trap[language]);
      const mark = language === "en" ? "**Not in the vendor’s document.**" : "**厂商文档中没有。**";
      expect(section.includes(mark), row.id).toBe(isBeyond(row));
    });
  });
});

test("nothing else lies beside them", () => {
  const names = documents.map(({ platform, language }) => documentName(platform, language));
  expect(readdirSync(folder).sort()).toEqual(names.sort());
});

test("a field of a field is told by its path, and so is what a list holds", () => {
  const row = catalogues.im["get.friends"];
  if (!row) throw new Error("the row is gone");
  const paths = linesOf(toSchema(toJsonSchema(row.output))).map((line) => line.path);
  expect(paths).toContain("items[].account.id");
});

test("the segments of a message are a section of their own", () => {
  const row = catalogues.napcat.send_msg;
  if (!row) throw new Error("the row is gone");
  const schema = toSchema(toJsonSchema(row.input));
  expect(unionsOf(schema).length).toBeGreaterThan(0);
  expect(linesOf(schema).map((line) => line.path)).toContain("message");
});
