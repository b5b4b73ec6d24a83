import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { traps } from "../traps";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** How many of each platform are known: one that is left out would be missed here. */
const known = { napcat: 44, im: 22, chat68: 20, yunhu: 14 } as const;

const named = Object.entries(traps).flatMap(([platform, list]) =>
  list.map((trap, at) => ({ ...trap, name: `${platform} ${at + 1}: ${trap.harm}` })),
);

/** Does a file make a test, or a group of tests, of that title? */
function hasTest(file: string, title: string): boolean {
  const where = path.join(root, file);
  if (!existsSync(where)) return false;
  const quoted = [JSON.stringify(title), `\`${title}\``];
  const text = readFileSync(where, "utf8");
  return quoted.some((literal) =>
    text
      .split(literal)
      .some((before, at, parts) => at < parts.length - 1 && /(?:\b(?:test|it|describe)|\))\(\s*$/.test(before)),
  );
}

describe("the traps of the vendors' documents", () => {
  test.each(Object.entries(known))("of %s are all in the table", (platform, count) => {
    // The names of the two tables are the same.
    expect(traps[platform as keyof typeof known]).toHaveLength(count);
  });

  test.each(named)("$name: has its tests, or a reason", ({ kept }) => {
    if (typeof kept === "string") expect(kept.length).toBeGreaterThan(60);
    else {
      expect(kept).not.toHaveLength(0);
      for (const [file, title] of kept) expect([file, title, hasTest(file, title)]).toEqual([file, title, true]);
    }
  });

  test("a title that no test bears is found", () => {
    expect(hasTest("test/unit/traps.test.ts", "a title that no test bears is found")).toBe(true);
    expect(hasTest("test/unit/traps.test.ts", "a title that no test has")).toBe(false);
    expect(hasTest("test/unit/none.test.ts", "a title that no test bears is found")).toBe(false);
  });
});

test("a role or a sex that is no word is nobody's rank", () => {
  const member = { user_id: 10002, group_id: 880001, nickname: "Ann", card: "", role: "[", sex: "[" };
  const [read] = catalogue.get_group_member_list.output.parse([member]);
  expect(read?.role).not.toMatch(/owner|admin/);
});

test("typing is begun by one of two numbers, and nothing pretends to end it", () => {
  const { input } = catalogue.set_input_status;
  for (const event_type of [0, 1]) expect(input.safeParse({ user_id: "10002", event_type }).success).toBe(true);
  for (const event_type of [2, -1]) expect(input.safeParse({ user_id: "10002", event_type }).success).toBe(false);
});
