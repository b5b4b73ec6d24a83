import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

let store: TestDatabase;
let test: TestDesk;
let ada: Actor;
const first = Date.UTC(2026, 4, 1);
/** One every 7 s, made a little before the time it carries, as a busy process does. */
const events = Array.from({ length: 90 }, (_, at) => {
  const ms = first + at * 7_000;
  return { id: uuid({ msecs: ms - (at % 5) * 300 }), at: new Date(ms) };
});

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  ada = await test.operator("auditor");
  await store.database.auditEvent.createMany({
    data: events.map((event) => ({
      ...event,
      ...{ correlationId: event.id, actorKind: "system", actorName: "Gatehouse", action: "test", risk: "read" },
    })),
  });
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

const find = async (range: { from?: Date; to?: Date }) => {
  const { items } = await test.as(ada).audit.list({ ...range, action: "test", limit: 100 });
  return items.map(({ id }) => id);
};

describe("the record of a stretch of time", () => {
  it("is what carries a time in it, from its beginning until before its end", async () => {
    const moment = fc.integer({ min: -20_000, max: 90 * 7_000 + 20_000 }).map((ms) => new Date(first + ms));
    const edge = fc.constantFrom(...events.map(({ at }) => at));
    const bound = fc.option(fc.oneof(moment, edge), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(bound, bound, async (from, to) => {
        const expected = events.filter(({ at }) => (!from || at >= from) && (!to || at < to)).map(({ id }) => id);
        expect(await find({ ...(from ? { from } : {}), ...(to ? { to } : {}) })).toEqual(expected.toReversed());
      }),
      { numRuns: 60 },
    );
  });

  it("may begin and end at any time a date can name", async () => {
    const [earliest, latest] = [new Date(-8_640_000_000_000_000), new Date(8_640_000_000_000_000)];
    expect(await find({ to: earliest })).toEqual([]);
    expect(await find({ from: latest })).toEqual([]);
    expect(await find({ from: earliest, to: latest })).toHaveLength(events.length);
  });
});
