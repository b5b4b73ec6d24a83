import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { toSearchText } from "@/server/desk/arrival";
import { toGrams } from "@/server/desk/search";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

/** More than are read through before the index is asked: what is older is found by the index alone. */
const newer = 1_050;

let store: TestDatabase;
let test: TestDesk;
let mei: Actor;
let botId: string;
let lastMs = Date.UTC(2026, 0, 1);
/** Every stored text by its request, oldest first. */
const stored = new Map<string, string>();

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  mei = await test.operator("moderator");
  botId = uuid();
  await store.database.bot.create({
    data: { id: botId, name: "Bot", platform: "napcat", connection: {}, isEnabled: false },
  });
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

async function keep(messages: readonly string[]): Promise<void> {
  const rows = messages.map((message) => {
    lastMs += 1;
    const id = uuid({ msecs: lastMs });
    const arrival = { applicantName: "", applicantId: "10001", message, groupName: null, groupId: null };
    const searchText = toSearchText(arrival);
    stored.set(id, searchText);
    return { id, botId, kind: "friend", key: id, handle: {}, raw: {}, answers: {}, ...arrival, searchText };
  });
  await store.database.request.createMany({ data: rows });
}

/** Everything that is found, over as many pages as it takes. */
async function find(text: string, limit = 100): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await test.as(mei).requests.list({ state: "all", text, limit, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

/** What reading every text would find, newest first. */
function expected(text: string): string[] {
  const words = text.trim().toLowerCase();
  return [...stored]
    .filter(([, held]) => held.includes(words))
    .map(([id]) => id)
    .reverse();
}

describe("what is searched for", () => {
  it("is found wherever a text holds it, and nothing else is", async () => {
    const letter = fc.oneof(
      fc.constantFrom(..."abCDéß0 5%_\\-'\"*?.()[]{}", "林", "乔", "南", "風", "，", "ｆ", "🙂", "👩‍👩‍👧", "𠮷", "é"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    );
    const words = fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(""));
    const cut = fc.record({ from: fc.nat(20), length: fc.integer({ min: 1, max: 6 }), isUpper: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 4 }), cut, words, async (texts, piece, other) => {
        await keep(texts);
        const letters = [...(texts[0] ?? "")];
        const from = piece.from % letters.length;
        const part = letters.slice(from, from + piece.length).join("");
        // Upper case that comes back as other letters (ß as ss) is another word.
        const upper = part.toUpperCase();
        const asked = piece.isUpper && upper.toLowerCase() === part.toLowerCase() ? upper : part;
        for (const text of [asked, other]) expect(await find(text, 30)).toEqual(expected(text));
      }),
      { numRuns: 60 },
    );
  });

  it("is found by the index when it is older than what is read through", async () => {
    const old = [...stored.keys()];
    await keep(Array.from({ length: newer }, (_, at) => `filler ${at}`));
    const sample = old
      .filter((_, at) => at % 7 === 0)
      .map((id) => [...(stored.get(id) ?? "").replace(/10001/, "").trim()]);
    for (const letters of sample) {
      for (const length of [1, 2, 3, 5]) {
        const text = letters.slice(0, length).join("");
        if (text.trim() !== "") expect(await find(text)).toEqual(expected(text));
      }
    }
    for (const nothing of ["乔林乔林", "no such word", "%%%", "☃", "\\\\\\"])
      expect(await find(nothing)).toEqual(expected(nothing));
  });

  it("spans what is read through and what the index finds without a gap or a row twice", async () => {
    await keep(Array.from({ length: newer }, (_, at) => (at % 20 === 0 ? `早上好 ${at}` : `filler ${at}`)));
    await keep(Array.from({ length: 30 }, (_, at) => `早上好 again ${at}`));
    expect(expected("早上好")).toHaveLength(Math.ceil(newer / 20) + 30);
    for (const limit of [1, 7, 50, 100]) expect(await find("早上好", limit)).toEqual(expected("早上好"));
  });

  it("is found under the other filters and within the operator's bots only", async () => {
    const ofNone = await test.operator("moderator", await anotherBot());
    expect((await test.as(ofNone).requests.list({ state: "all", text: "早" })).items).toEqual([]);
    expect((await test.as(mei).requests.list({ state: "confirmed", text: "早" })).items).toEqual([]);
    expect((await test.as(mei).requests.list({ kind: "friend", botId, text: "早" })).items).toHaveLength(50);
  });

  it("is found under the name that was looked up later, and no longer under the old words", async () => {
    const id = [...stored.keys()][0] ?? "";
    await store.database.request.update({ where: { id }, data: { searchText: "沈从文" } });
    stored.set(id, "沈从文");
    for (const text of ["沈", "从文", "沈从文"]) expect(await find(text)).toEqual([id]);
    expect(await find("10001", 100)).toEqual(expected("10001"));
  });
});

describe("the grams of a word", () => {
  it("are the same here and in the database", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), async (text) => {
        if (text.includes("\0")) return;
        const rows = await store.database.$queryRaw<{ grams: number[] }[]>`select gatehouse_grams(${text}) as grams`;
        const held = new Set(rows[0]?.grams);
        const letters = [...text];
        for (const length of [1, 2, 3, letters.length])
          for (const gram of toGrams(letters.slice(-length).join(""))) expect(held).toContain(gram);
      }),
    );
  });
});

async function anotherBot(): Promise<string> {
  const id = uuid();
  await store.database.bot.create({
    data: { id, name: "Other", platform: "napcat", connection: {}, isEnabled: false },
  });
  return id;
}
