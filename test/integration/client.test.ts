import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "@/server/db/client";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

describe("an error of the database", () => {
  it.each([
    ["a value of a wrong type", { name: 5 }],
    ["an id that is none", { id: "none", name: "Mei" }],
    ["U+0000", { name: "\u0000" }],
  ])("about %s is logged with its words and without the values of the call", async (_what, fault) => {
    const lines: string[] = [];
    const log = createLogger("info", { write: (line) => void lines.push(line) });
    const database = openDatabase(store.url);
    const data = { email: "m@example.test", passwordHash: "the-hash-of-a-password", ...fault };
    // Wrong on purpose, as no code of ours could write it.
    const cause: unknown = await database.operator.create({ data: data as never }).catch((error: unknown) => error);
    await database.$disconnect();
    log.error({ err: new Error("outer", { cause }) }, "m");
    expect(lines.join()).toMatch(/invalid/i);
    expect(lines.join()).not.toContain("the-hash");
    expect(lines.join()).not.toContain("m@example.test");
  });
});
