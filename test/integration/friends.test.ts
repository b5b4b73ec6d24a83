import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import * as im from "../simulators/im";
import type { Person } from "../simulators/im/world";
import * as napcat from "../simulators/napcat";

let store: TestDatabase;
let team: TestDesk;
let qq: napcat.Napcat;
let server: im.Im;
let own: Person;
let [bob, carol]: Person[] = [];
let owner: Actor;
let bots: { qq: string; im: string };

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  owner = await team.operator("owner", null, "Mei");
  [qq, server] = await Promise.all([napcat.start(), im.start()]);
  qq.world.addFriend({ userId: "30001", nickname: "Ann" }, "from chess");
  qq.world.addFriend({ userId: "30002", nickname: "Zoë 100%" });
  own = server.world.addPerson("Doorkeeper");
  bob = server.world.addPerson("Bob");
  carol = server.world.addPerson("Carol");
  server.world.befriend(own.id, bob.id);
  server.world.addCategory(own.id, "Chess", [bob.id]);
  const { id } = await team.as(owner).bots.create({
    ...{ name: "im door", platform: "im", connection: { baseUrl: server.baseUrl }, token: server.mint(own) },
  });
  await until(team.desk, async () => (team.desk.connections.isConnected(id) ? true : undefined));
  bots = { qq: await team.connect(qq, "qq door"), im: id };
});
afterAll(async () => {
  await team.stop();
  await Promise.all([qq.close(), server.close()]);
  await store.drop();
});

const api = (actor = owner) => team.as(actor);
const calledOf = (items: { name: string }[]) => items.map(({ name }) => name);

/** The lists of all bots, once each was read. */
async function read() {
  return await until(team.desk, async () => {
    const all = await api().friends.bots();
    return all.every(({ list }) => list?.readAt && !list.isReading) ? all : undefined;
  });
}

describe("friends of all bots", () => {
  test("are in one list, searched, narrowed, sorted and cut", async () => {
    await read();
    const all = await api().friends.list({});
    expect(all.count).toBe(3);
    // By what they are called here: the remark where there is one.
    expect(calledOf(all.items)).toEqual(["Bob", "Ann", "Zoë 100%"]);
    expect(calledOf((await api().friends.list({ isDescending: true, limit: 1, offset: 1 })).items)).toEqual(["Ann"]);
    expect(calledOf((await api().friends.list({ text: " CHESS" })).items)).toEqual(["Ann"]);
    expect(calledOf((await api().friends.list({ text: "0%" })).items)).toEqual(["Zoë 100%"]);
    expect(calledOf((await api().friends.list({ text: "n_" })).items)).toEqual([]);
    expect(calledOf((await api().friends.list({ botId: bots.im })).items)).toEqual(["Bob"]);
    expect(calledOf((await api().friends.list({ category: "Chess" })).items)).toEqual(["Bob"]);
    const { bots: places, ids, total } = await api().friends.ids({ sort: "bot" });
    const whole = ids.map((id) => id.replace(/^\d+/, (place) => places[Number(place)] ?? ""));
    const sorted = await api().friends.list({ sort: "bot" });
    expect(whole).toEqual(sorted.items.map(({ bot, userId }) => `${bot.id}/${userId}`));
    expect(total).toBe(3);
    expect(await api().friends.rows({ ids: whole.slice(1, 2) })).toEqual(sorted.items.slice(1, 2));
    const { categories } = await api().friends.facets({});
    expect(categories).toContainEqual({ name: "Chess", count: 1 });
  });

  test("each bot offers what its platform can do and the operator may", async () => {
    const can = async (actor: Actor) =>
      Object.fromEntries((await api(actor).friends.bots()).map((bot) => [bot.id, bot.can]));
    expect((await can(owner))[bots.im]).toEqual(
      expect.arrayContaining(["friends.search", "friends.add", "friends.blocked", "categories.create"]),
    );
    expect((await can(owner))[bots.qq]).not.toContain("friends.search");
    const looker = await team.operator("moderator");
    expect((await can(looker))[bots.im]).not.toContain("friends.add");
    expect((await can(looker))[bots.im]).toContain("friends.blocked");
  });
});

describe("acts", () => {
  test("a remark lands on the platform, is seen there and stands in the list", async () => {
    const done = await api().friends.remark({ botId: bots.qq, userId: "30002", remark: "Zoë of chess" });
    expect(done).toEqual({ state: "confirmed" });
    expect(qq.world.friends.get("30002")?.remark).toBe("Zoë of chess");
    expect((await api().friends.get({ botId: bots.qq, userId: "30002" })).remark).toBe("Zoë of chess");
  });

  test("a label is put on a friend and the list is narrowed by it", async () => {
    const who = { botId: bots.im, userId: bob?.id ?? "" };
    expect(await api().friends.label({ ...who, label: "tenor" })).toEqual({ state: "confirmed" });
    expect((await api().friends.get(who)).label).toBe("tenor");
    expect((await api().friends.facets({})).labels).toEqual([{ name: "tenor", count: 1 }]);
    expect(calledOf((await api().friends.list({ label: "tenor" })).items)).toEqual(["Bob"]);
    const onQq = api().friends.label({ botId: bots.qq, userId: "30002", label: "x" });
    await expect(onQq).rejects.toMatchObject({ message: "not_possible" });
  });

  test("what the platform only says it did is sent, not confirmed", async () => {
    qq.faults.okWithoutActing("set_friend_remark");
    const done = await api().friends.remark({ botId: bots.qq, userId: "30002", remark: "never" });
    expect(done).toEqual({ state: "sent" });
    expect((await api().friends.get({ botId: bots.qq, userId: "30002" })).remark).toBe("Zoë of chess");
  });

  test("a refusal is told with the platform's words and stands in the record", async () => {
    qq.faults.failNext("set_friend_remark", "not today");
    await expect(api().friends.remark({ botId: bots.qq, userId: "30002", remark: "x" })).rejects.toMatchObject({
      message: "platform_refused",
    });
    const { items } = await api().people.events({ platform: "napcat", personId: "30002" });
    const refused = items.find(({ outcome, action }) => outcome === "FAILED" && action === "friends.remark");
    expect(refused).toMatchObject({ error: "platform_refused", actorName: "Mei" });
  });

  test("a category is made, a friend goes into it and out, and it is deleted", async () => {
    const { friends } = api();
    expect(await friends.createCategory({ botId: bots.im, name: "Choir" })).toEqual({ state: "confirmed" });
    const made = (await friends.categories({ botId: bots.im })).find(({ name }) => name === "Choir");
    const sorted = { botId: bots.im, categoryId: made?.id ?? "", userId: bob?.id ?? "" };
    const chess = (await friends.categories({ botId: bots.im })).find(({ name }) => name === "Chess");
    expect(await friends.unassign({ ...sorted, categoryId: chess?.id ?? "" })).toEqual({ state: "confirmed" });
    expect(await friends.assign(sorted)).toEqual({ state: "confirmed" });
    expect((await friends.get({ botId: bots.im, userId: sorted.userId })).categoryName).toBe("Choir");
    const renamed = { botId: bots.im, categoryId: sorted.categoryId, name: "Great choir" };
    expect(await friends.renameCategory(renamed)).toEqual({ state: "confirmed" });
    expect(await friends.removeCategory(renamed)).toEqual({ state: "confirmed" });
    expect(calledOf(await friends.categories({ botId: bots.im }))).toEqual(["Chess"]);
  });

  test("somebody is found, asked, and blocked and let out again", async () => {
    const { friends } = api();
    const [found] = await friends.search({ botId: bots.im, words: "Carol" });
    expect(found).toMatchObject({ id: carol?.id, name: "Carol" });
    const who = { botId: bots.im, userId: carol?.id ?? "" };
    expect(await friends.add({ ...who, reason: "let us play" })).toEqual({ state: "sent" });
    expect(server.world.applies.at(-1)).toMatchObject({ from: own.id, to: who.userId, reason: "let us play" });
    const bobs = { botId: bots.im, userId: bob?.id ?? "" };
    expect(await friends.block(bobs)).toEqual({ state: "confirmed" });
    expect(calledOf(await friends.blocked({ botId: bots.im }))).toEqual(["Bob"]);
    expect(await friends.unblock(bobs)).toEqual({ state: "confirmed" });
    expect(server.world.blocked.size).toBe(0);
  });

  test("a friend is removed, and only from the account's own list", async () => {
    const { friends } = api();
    // Whom it blocked, the account lost as a friend as well.
    server.world.befriend(own.id, bob?.id ?? "");
    expect(await friends.remove({ botId: bots.im, userId: bob?.id ?? "" })).toEqual({ state: "confirmed" });
    expect(server.world.areFriends(own.id, bob?.id ?? "")).toBe(false);
    expect(server.world.areFriends(bob?.id ?? "", own.id)).toBe(true);
    expect(await friends.remove({ botId: bots.qq, userId: "30001" })).toEqual({ state: "confirmed" });
    expect(qq.world.vanished.size + qq.world.blocked.size).toBe(0);
    expect((await friends.list({})).items.map(({ userId }) => userId)).toEqual(["30002"]);
  });

  test("what a platform cannot do is refused before anything is sent", async () => {
    const looking = api().friends.search({ botId: bots.qq, words: "Ann" });
    await expect(looking).rejects.toMatchObject({ message: "not_possible" });
  });

  test("a new friend that is pushed makes the list read again when somebody looks", async () => {
    await read();
    qq.world.becomeFriends({ userId: "30003", nickname: "Dana" });
    await until(team.desk, async () => {
      await api().friends.bots();
      return (await api().friends.list({ text: "dana" })).count === 1 ? true : undefined;
    });
  });
});

describe("beside the friends", () => {
  test("who is a friend one way only is listed where the platform tells", async () => {
    qq.world.oneWay.set("30009", { userId: "30009", nickname: "Ida", source: "" });
    expect(await api().friends.oneWay({ botId: bots.qq })).toEqual([{ id: "30009", name: "Ida", avatar: null }]);
    await expect(api().friends.oneWay({ botId: bots.im })).rejects.toMatchObject({ message: "not_possible" });
  });

  test("who is near a place is found, and the groups that both are in are named", async () => {
    if (!carol) throw new Error("nobody");
    carol.place = { latitude: 31.3, longitude: 121.4 };
    const near = await api().friends.nearby({ botId: bots.im, latitude: 31.2, longitude: 121.5 });
    expect(near).toMatchObject([{ id: carol.id, name: "Carol" }]);
    const choir = server.world.addGroup("Choir", own.id);
    choir.members.add(carol.id);
    const who = { botId: bots.im, userId: carol.id };
    expect(await api().friends.groups(who)).toEqual([{ id: choir.id, name: "Choir" }]);
    const onQq = api().friends.groups({ botId: bots.qq, userId: "30002" });
    await expect(onQq).rejects.toMatchObject({ message: "not_possible" });
  });
});

describe("one person", () => {
  const who = { platform: "napcat", personId: "30003" } as const;

  test("is shown to each operator as far as their grants go, notes and marks of other teams not at all", async () => {
    const other = uuid();
    const connection = { transport: "http", httpUrl: "http://127.0.0.1:9" };
    await store.database.bot.create({
      data: { id: other, name: "hidden door", platform: "napcat", connection, isEnabled: false },
    });
    await store.database.knownFriend.create({
      data: { botId: other, userId: who.personId, name: "Dana in hiding", searchText: "dana in hiding" },
    });
    await api().people.note({ ...who, botId: other, text: "seen in the cellar" });
    await api().people.flag({ ...who, botId: other, flag: "unwanted", isOn: true });
    await api().people.note({ ...who, botId: bots.qq, text: "plays well" });
    const all = await api().people.get(who);
    expect(all.friends).toHaveLength(2);
    expect(all.notes).toHaveLength(2);

    const guard = await team.operator("moderator", bots.qq);
    const seen = await api(guard).people.get(who);
    expect(seen.friends?.map(({ bot }) => bot.name)).toEqual(["qq door"]);
    expect(seen.notes.map(({ text, isMine }) => [text, isMine])).toEqual([["plays well", false]]);
    expect(seen).toMatchObject({ name: "Dana", flags: [], canSeeRecord: false });
    for (const trace of ["hid", "cellar", other]) expect(JSON.stringify(seen)).not.toContain(trace);
    expect((await api(guard).friends.list({})).items.map(({ bot }) => bot.name)).not.toContain("hidden door");
    expect((await api(guard).friends.ids({})).bots).toEqual([bots.qq]);
    expect(await api(guard).friends.rows({ ids: [`${other}/${who.personId}`] })).toEqual([]);
    const elsewhere = api(guard).people.get({ platform: "im", personId: bob?.id ?? "" });
    await expect(elsewhere).rejects.toMatchObject({ message: "not_found" });
    await expect(api(guard).people.note({ ...who, botId: other, text: "x" })).rejects.toMatchObject({
      message: "not_found",
    });
  });

  test("is marked: trusted and unwanted exclude each other, and a request of theirs shows it", async () => {
    const mark = (flag: "trusted" | "watched" | "unwanted", isOn: boolean) =>
      api().people.flag({ ...who, botId: bots.qq, flag, isOn });
    expect(await mark("watched", true)).toEqual({ flags: ["watched"] });
    expect(await mark("trusted", true)).toEqual({ flags: ["trusted", "watched"] });
    expect(await mark("unwanted", true)).toEqual({ flags: ["unwanted", "watched"] });
    expect(await mark("watched", false)).toEqual({ flags: ["unwanted"] });
    qq.inbox.arriveFriend({ userId: who.personId, nickname: "Dana", comment: "again" });
    const guard = await team.operator("moderator", bots.qq);
    const request = await until(team.desk, async () => (await api(guard).requests.list({})).items[0]);
    // The hidden team's note is not counted.
    expect(request.noted).toEqual({ flags: ["unwanted"], notes: 1 });
    await mark("unwanted", false);
    expect((await api(guard).requests.get({ id: request.id })).noted).toEqual({ flags: [], notes: 1 });
  });

  test("an own note can be taken away, another's not", async () => {
    const { notes } = await api().people.get(who);
    const note = notes.find(({ text }) => text === "plays well");
    const guard = await team.operator("moderator", bots.qq);
    const gone = { ...who, botId: bots.qq, id: note?.id ?? "" };
    await expect(api(guard).people.removeNote(gone)).rejects.toMatchObject({ message: "not_found" });
    await api().people.removeNote(gone);
    expect((await api().people.get(who)).notes.map(({ text }) => text)).toEqual(["seen in the cellar"]);
  });

  test("what they said is kept with what was recalled, for who may read the conversation", async () => {
    const conversation = { id: uuid(), botId: bots.qq, peerTo: "person", peerId: who.personId, name: "Dana" };
    await store.database.conversation.create({ data: conversation });
    const said = { conversationId: conversation.id, senderId: who.personId };
    const hello = [{ type: "text", text: "hello" }];
    const picture = [{ type: "image", url: "https://example.org/secret.png" }];
    await store.database.message.createMany({
      data: [
        { ...said, key: "1", at: new Date(1_000), pieces: hello, recalledAt: new Date(3_000) },
        { ...said, key: "2", at: new Date(2_000), pieces: picture },
      ],
    });
    const first = await api().people.messages({ ...who, limit: 1 });
    expect(first.items.map(({ pieces }) => pieces)).toEqual([[{ type: "image", text: "" }]]);
    const rest = await api().people.messages({ ...who, limit: 1, cursor: first.next ?? undefined });
    expect(rest).toMatchObject({ items: [{ pieces: hello, recalledAt: new Date(3_000) }], next: null });
    const guard = await team.operator("moderator", bots.im);
    expect((await api(guard).people.messages(who)).items).toEqual([]);
  });
});
