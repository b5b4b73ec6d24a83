import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Fact } from "@/lib/live";
import type { ViewInput } from "@/server/desk/view";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let front: { botId: string; requestId: string };
let back: { botId: string; requestId: string };
let ada: Actor;
let mei: Actor;
let ola: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  front = await makeBot(store.database, "front");
  back = await makeBot(store.database, "back");
  ada = await member("owner", null, "Ada");
  mei = await member("moderator", front.botId, "Mei");
  ola = await member("auditor", null, "Ola");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  await store.database.savedView.deleteMany();
});

/** With their own account, as a session gives it to whoever can sign in. */
async function member(role: "owner" | "moderator" | "auditor", botId: string | null, name: string): Promise<Actor> {
  const actor = await test.operator(role, botId, name);
  return { ...actor, grants: [...actor.grants, { roleId: "self", botId: null, permissions: ["account.self"] }] };
}

const save = (actor: Actor, name: string, more: Partial<ViewInput> = {}) =>
  test.as(actor).views.save({ name, page: "requests", query: { state: "all", set: "all" }, ...more });
const names = async (actor: Actor) => (await test.as(actor).views.list()).map(({ name }) => name);
const codeOf = (code: string) => ({ cause: { code } });

describe("saved views", () => {
  it("are private until they are shown to the team, and then say whose they are", async () => {
    const { id } = await save(mei, "mine");
    expect(await names(ada)).toEqual([]);
    await test.as(mei).views.share({ id, isTeam: true });
    expect(await test.as(ada).views.list()).toMatchObject([{ name: "mine", isOwn: false, ownerName: "Mei" }]);
    await test.as(mei).views.share({ id, isTeam: false });
    expect(await names(ada)).toEqual([]);
    expect(await names(mei)).toEqual(["mine"]);
  });

  it("that name a bot out of sight are withheld, and their counts with them", async () => {
    const both = await save(ada, "everything", { isTeam: true });
    const hidden = await save(ada, "of the back", { isTeam: true, query: { state: "all", bot: back.botId } });
    expect(await names(mei)).toEqual(["everything"]);
    const counts = await test.as(mei).views.counts();
    expect(JSON.stringify([await test.as(mei).views.list(), counts])).not.toContain(back.botId);
    expect(counts).toEqual({ [both.id]: 1 });
    expect(await test.as(ada).views.counts()).toEqual({ [both.id]: 2, [hidden.id]: 1 });
    await expect(test.as(mei).views.rename({ id: hidden.id, name: "x" })).rejects.toMatchObject(codeOf("not_found"));
  });

  it("of a page that somebody may not open are neither saved nor shown", async () => {
    await save(ola, "denied", { page: "audit", query: { outcome: "DENIED" }, isTeam: true });
    expect(await names(ada)).toEqual(["denied"]);
    expect(await names(mei)).toEqual([]);
    await expect(save(mei, "no", { page: "audit", query: {} })).rejects.toMatchObject(codeOf("forbidden"));
  });

  it("of the team are changed by their owner or by who manages the desk, and by nobody else", async () => {
    const { id } = await save(ola, "shared", { isTeam: true });
    const own = await save(ada, "kept");
    await expect(test.as(mei).views.rename({ id, name: "x" })).rejects.toMatchObject(codeOf("forbidden"));
    await expect(test.as(mei).views.remove({ id: own.id })).rejects.toMatchObject(codeOf("not_found"));
    await test.as(ada).views.rename({ id, name: "renamed" });
    expect(await names(mei)).toEqual(["renamed"]);
    await test.as(ada).views.remove({ id });
    expect(await names(ola)).toEqual([]);
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "views.remove", actorId: ada.id },
      include: { outcome: true },
    });
    expect(event).toMatchObject({ target: "renamed", outcome: { outcome: "OK", before: { name: "renamed" } } });
  });

  it("keep only what their page's address can hold", async () => {
    for (const query of [{ state: "nowhere" }, { open: front.requestId }, { bot: "front" }, { role: "owner" }])
      await expect(save(mei, "odd", { query })).rejects.toMatchObject(codeOf("invalid_input"));
    // One that a later version wrote is passed over.
    const row = { operatorId: ada.id ?? "", name: "later", query: { moon: "full" } };
    await store.database.savedView.createMany({
      data: [
        { ...row, page: "requests" },
        { ...row, page: "moons" },
      ],
    });
    expect(await names(ada)).toEqual([]);
  });

  it("replace each other by id, and stand in the order their owner gives", async () => {
    const one = await save(mei, "one");
    const two = await save(mei, "two");
    await save(mei, "uno", { id: one.id, query: { kind: "friend" } });
    await test.as(mei).views.order({ ids: [two.id] });
    expect(await test.as(mei).views.list()).toMatchObject([
      { name: "two" },
      { name: "uno", query: { kind: "friend" } },
    ]);
  });

  it("count groups and friends in sight, by their filters", async () => {
    const known = { name: "Reading circle", ownRole: "admin", searchText: "reading circle 81" };
    await store.database.knownGroup.createMany({
      data: [
        { ...known, botId: front.botId, groupId: "81" },
        { ...known, botId: back.botId, groupId: "82" },
        { ...known, botId: front.botId, groupId: "83", ownRole: "member", searchText: "choir 83" },
      ],
    });
    const friend = { botId: front.botId, categoryName: "Readers ", searchText: "" };
    await store.database.knownFriend.createMany({
      data: [
        { ...friend, userId: "91", name: "Ola", label: "new" },
        { ...friend, userId: "92", name: "Pim", label: "old" },
        { ...friend, userId: "93", name: "Quy", categoryName: null },
        { ...friend, botId: back.botId, userId: "94", name: "Rune", label: "new" },
      ],
    });
    const { id } = await save(mei, "where we are admin", { page: "groups", query: { role: "admin", text: "Reading" } });
    const readers = await save(mei, "readers", { page: "friends", query: { category: "Readers ", sort: "name" } });
    const fresh = await save(mei, "fresh", { page: "friends", query: { category: "Readers ", label: "new" } });
    const blocked = await save(mei, "blocked", { page: "friends", query: { list: "blocked" } });
    expect(await test.as(mei).views.counts()).toEqual({
      ...{ [id]: 1, [readers.id]: 2, [fresh.id]: 1 },
      [blocked.id]: null,
    });
  });

  it("count conversations in sight, by their filters", async () => {
    const talk = { peerTo: "person", lastAt: new Date(), searchText: "" };
    await store.database.conversation.createMany({
      data: [
        { ...talk, id: uuid(), botId: front.botId, peerId: "61", unread: 3, searchText: "rowan 61" },
        { ...talk, id: uuid(), botId: front.botId, peerId: "62", unread: 0, searchText: "rowan 62" },
        { ...talk, id: uuid(), botId: back.botId, peerId: "61", unread: 1, searchText: "rowan 61" },
        // Nothing was ever said there.
        { ...talk, id: uuid(), botId: front.botId, peerId: "63", lastAt: null },
      ],
    });
    // Known to the desk by a remark only: found by it as in the list itself.
    const ivy = { botId: front.botId, userId: "62", name: "Ivy", remark: "Uncle", searchText: "ivy uncle 62" };
    await store.database.knownFriend.create({ data: ivy });
    const unread = await save(mei, "unread", { page: "chats", query: { unread: "on" } });
    const uncle = await save(mei, "uncle", { page: "chats", query: { text: "Uncle" } });
    const all = await save(ada, "everything said", { page: "chats", query: {}, isTeam: true });
    const rear = await save(ada, "at the back", { page: "chats", query: { bot: back.botId }, isTeam: true });
    expect(await test.as(mei).views.counts()).toEqual({ [unread.id]: 1, [uncle.id]: 1, [all.id]: 2 });
    expect(await test.as(ada).views.counts()).toEqual({ [all.id]: 3, [rear.id]: 1 });
    await expect(save(mei, "odd", { page: "chats", query: { unread: "off" } })).rejects.toMatchObject(
      codeOf("invalid_input"),
    );
    await expect(save(ola, "no", { page: "chats", query: {} })).rejects.toMatchObject(codeOf("forbidden"));
  });

  it("are told of, so that every screen follows", async () => {
    const heard = new Promise<Fact>((resolve) => {
      test.desk.bus.subscribe((fact) => fact.topic === "view" && resolve(fact));
    });
    const { id } = await save(mei, "news");
    expect(await heard).toMatchObject({ topic: "view", id });
  });
});
