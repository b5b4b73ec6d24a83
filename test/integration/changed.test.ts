import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

let store: TestDatabase;
let test: TestDesk;
let mei: Actor;
const [front, back] = [uuid(), uuid()];

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  for (const id of [front, back])
    await store.database.bot.create({ data: { id, name: id, platform: "napcat", connection: {}, isEnabled: false } });
  mei = await test.operator("moderator", front);
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

async function arrive(botId: string, applicantId: string, more: { state?: string; twinKey?: string } = {}) {
  const id = uuid();
  await store.database.request.create({
    data: { id, botId, kind: "friend", key: id, applicantId, handle: {}, raw: {}, answers: {}, ...more },
  });
  return id;
}

const changed = async (ids: string[], filter: { state?: "open" | "all"; text?: string } = {}) => {
  const { items, near } = await test.as(mei).requests.changed({ ...filter, ids });
  return { items: items.map(({ id }) => id), near };
};

describe("what changed in a list", () => {
  it("is the rows that belong to it, and not those that no longer do", async () => {
    const [waiting, closed] = [await arrive(front, "1"), await arrive(front, "2", { state: "confirmed" })];
    expect(await changed([waiting, closed])).toEqual({ items: [waiting], near: [] });
    expect(await changed([waiting, closed], { state: "all" })).toEqual({ items: [closed, waiting], near: [] });
    expect(await changed([waiting], { text: "nobody" })).toEqual({ items: [], near: [] });
  });

  it("has the rows a list would show, word for word", async () => {
    const id = await arrive(front, "3");
    const { items } = await test.as(mei).requests.list({});
    expect((await test.as(mei).requests.changed({ ids: [id] })).items).toEqual(items.filter((row) => row.id === id));
  });

  it("brings the twin and the same person's other requests along", async () => {
    const twin = await arrive(front, "4", { twinKey: "second" });
    const earlier = await arrive(front, "5", { state: "confirmed" });
    const id = await arrive(front, "5", { twinKey: "second" });
    const { items, near } = await changed([id]);
    expect(items).toEqual([id, twin]);
    expect(near.toSorted()).toEqual([twin, earlier]);
  });

  it("is nothing of a bot out of the operator's sight, whoever is told at the same moment", async () => {
    const ofOther = await arrive(back, "6");
    const id = await arrive(front, "6");
    const all = await test.operator("moderator");
    const ask = (actor: Actor) => test.as(actor).requests.changed({ ids: [ofOther, id] });
    const [first, mine, second, theirs] = await Promise.all([ask(mei), ask(mei), ask(all), ask(all)]);
    for (const { items, near } of [first, mine])
      expect({ items: items.map((row) => row.id), near }).toEqual({ items: [id], near: [] });
    for (const { items } of [second, theirs]) expect(items.map((row) => row.id)).toEqual([id, ofOther]);
    expect(await changed([ofOther])).toEqual({ items: [id], near: [id] });
  });
});
