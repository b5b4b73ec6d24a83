import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { CannedTextInput } from "@/server/desk/canned-text";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

let store: TestDatabase;
let test: TestDesk;
let owner: Actor;
let mei: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  owner = await test.operator("owner", null, "Ada");
  mei = await test.operator("moderator", null, "Mei");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  await store.database.cannedText.deleteMany();
});

const save = (title: string, more: Partial<CannedTextInput> = {}) =>
  test.as(owner).texts.save({ title, verb: "deny", kinds: [], textZh: "抱歉，{{name}}", textEn: "Sorry", ...more });

const titles = async () => (await test.as(mei).texts.list()).map((text) => text.title);

describe("canned texts", () => {
  it("stand in the order they were made, in both languages, with who wrote them", async () => {
    await save("adverts", { kinds: ["group_join", "friend"] });
    await save("full");
    expect(await test.as(mei).texts.list()).toMatchObject([
      // Kinds in the desk's own order.
      {
        title: "adverts",
        kinds: ["friend", "group_join"],
        textZh: "抱歉，{{name}}",
        textEn: "Sorry",
        updatedBy: "Ada",
      },
      { title: "full", position: 1 },
    ]);
  });

  it("may lack one language, not both", async () => {
    await save("adverts", { textZh: "" });
    const none = save("nothing", { textZh: " ", textEn: "" });
    await expect(none).rejects.toMatchObject({ cause: { code: "invalid_input", detail: { field: "textZh" } } });
    expect(await titles()).toEqual(["adverts"]);
  });

  it("are changed in their place, and the record tells from what to what", async () => {
    const { id } = await save("adverts");
    await save("full");
    await save("no adverts", { id });
    expect(await titles()).toEqual(["no adverts", "full"]);
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "texts.save" },
      orderBy: { id: "desc" },
      include: { outcome: true },
    });
    expect(event).toMatchObject({
      target: "no adverts",
      outcome: { before: { title: "adverts" }, after: { title: "no adverts" } },
    });
  });

  it("are put in another order; one the list did not know comes last", async () => {
    const ids = [(await save("a")).id, (await save("b")).id, (await save("c")).id];
    await save("newer");
    const gone = "00000000-0000-4000-8000-000000000000";
    const after = await test.as(owner).texts.order({ ids: [ids[2] ?? "", gone, ids[0] ?? "", ids[1] ?? ""] });
    expect(after.map((text) => text.title)).toEqual(["c", "a", "b", "newer"]);
    expect(await titles()).toEqual(["c", "a", "b", "newer"]);
  });

  it("are removed once", async () => {
    const { id } = await save("adverts");
    await test.as(owner).texts.remove({ id });
    expect(await titles()).toEqual([]);
    await expect(test.as(owner).texts.remove({ id })).rejects.toMatchObject({ cause: { code: "not_found" } });
    await expect(save("again", { id })).rejects.toMatchObject({ cause: { code: "not_found" } });
  });

  it("are no longer than a reason may be", async () => {
    await expect(save("long", { textEn: "x".repeat(501) })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await save("as long", { textEn: "x".repeat(500) });
  });

  it("are made by who manages the desk only", async () => {
    const text = { title: "mine", verb: "deny" as const, kinds: [], textZh: "", textEn: "x" };
    await expect(test.as(mei).texts.save(text)).rejects.toMatchObject({ cause: { code: "forbidden" } });
    expect(await titles()).toEqual([]);
  });
});
