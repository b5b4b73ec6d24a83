import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { capabilityNames } from "@/server/platforms/capability";
import { type MatrixLocale, readmes, renderMatrix, withMatrix } from "@/server/platforms/matrix";

const root = path.join(import.meta.dirname, "../..");
// Object.keys forgets the literal keys.
const locales = Object.keys(readmes) as MatrixLocale[];

test.each(locales)("the readme (%s) tells what each platform can do as the adapters have it", async (locale) => {
  const readme = await readFile(path.join(root, readmes[locale]), "utf8");
  // Stale? `npm run docs:matrix` writes it anew.
  expect(withMatrix(readme, locale)).toBe(readme);
});

test.each(locales)("the matrix (%s) has a line for every capability there is", (locale) => {
  const lines = renderMatrix(locale).split("\n").slice(2);
  expect(lines.map((line) => /`([^`]+)`/.exec(line)?.[1])).toEqual(capabilityNames);
});

test("what a platform lacks, has, and has once it is switched on are told apart", () => {
  const line = (name: string) =>
    renderMatrix("en")
      .split("\n")
      .find((each) => each.includes(`\`${name}\``));
  expect(line("groups.dissolve")).toBe("| Dissolve a group `groups.dissolve` |  |  | yes |  |");
  expect(line("friends.block")).toBe("| Block somebody `friends.block` |  | if switched on | yes |  |");
});

test("a readme without a place for the matrix is not silently left without one", () => {
  expect(() => withMatrix("# Gatehouse\n", "en")).toThrow("no place");
});
