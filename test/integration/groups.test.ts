import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Fact } from "@/lib/live";
import type { Platform } from "@/lib/platform";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import * as chat68 from "../simulators/chat68";
import { Refused } from "../simulators/chat68/wire";
import * as im from "../simulators/im";
import type { Group, Person } from "../simulators/im/world";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let team: TestDesk;
let owner: Actor;
let napcat: Napcat;
let helper: chat68.Chat68;
let server: im.Im;
let ann: Person;
let club: Group;
/** One bot of each platform, by its name. */
let bots: Record<"napcat" | "chat68" | "im", string>;
const api = () => team.as(owner).groups;

async function add(platform: Platform, connection: Record<string, unknown>, token?: string): Promise<string> {
  const input = { name: `${platform} ${uuid()}`, platform, connection, ...(token === undefined ? {} : { token }) };
  const { id } = await team.as(owner).bots.create(input);
  await until(team.desk, async () => (team.desk.connections.isConnected(id) ? true : undefined));
  return id;
}

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  owner = await team.operator("owner", null, "Mei");
  [napcat, helper, server] = await Promise.all([start(), chat68.start(), im.start()]);
  napcat.world.addGroup({ groupId: "40001", groupName: "Chess", remark: "the good one" }, [
    { userId: "30001", nickname: "Bob" },
  ]);
  napcat.world.addGroup({ groupId: "40002", groupName: "Zither" });
  const [first, second] = [
    { uid: 5_138_500, nickName: "Cy" },
    { uid: 5_138_501, nickName: "Di" },
  ];
  helper.world.groups.push({ id: 900_001, hostId: 4_008_697, name: "Choir", members: [first, second] });
  ann = server.world.addPerson("Ann");
  club = server.world.addGroup("Book club", ann.id);
  bots = {
    napcat: await team.connect(napcat, "Front door"),
    chat68: await add("chat68", { transport: "ws", wsUrl: helper.wsUrl }),
    im: await add("im", { baseUrl: server.baseUrl }, server.mint(ann)),
  };
  for (const botId of Object.values(bots)) await team.desk.rosters.read(botId, "groups");
});
afterAll(async () => {
  await team.stop();
  await Promise.all([napcat.close(), helper.close(), server.close()]);
  await store.drop();
});

/** The group as it is stored once `isIt`: what is read in the background tells when it is. */
function stored(botId: string, groupId: string, isIt: (group: { name: string; ownRole: string | null }) => boolean) {
  return until(team.desk, async () => {
    const { group } = await api().get({ botId, groupId });
    return group && isIt(group) ? group : undefined;
  });
}

/** Waits for a fact about the lists of the NapCat bot. */
function told(isIt: (fact: Fact) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = team.desk.bus.subscribe((fact) => {
      if (fact.topic !== "roster" || fact.botId !== bots.napcat || !isIt(fact)) return;
      stop();
      resolve();
    });
  });
}

async function outcomes(action: string): Promise<string[]> {
  const { items } = await team.as(owner).audit.list({ action });
  return items.map(({ outcome }) => outcome);
}

describe("the list", () => {
  test("holds the groups of all bots, is searched, filtered, sorted and paged on the server", async () => {
    const all = await api().list({});
    expect(all.items.map(({ name }) => name)).toEqual(["Book club", "Chess", "Choir", "Zither"]);
    expect(all.total).toBe(4);
    const names = async (input: Parameters<ReturnType<typeof api>["list"]>[0]) =>
      (await api().list(input)).items.map(({ name }) => name);
    expect(await names({ text: "GOOD" })).toEqual(["Chess"]);
    expect(await names({ text: "%" })).toEqual([]);
    expect(await names({ botId: bots.napcat, sort: "-name" })).toEqual(["Zither", "Chess"]);
    expect(await names({ sort: "-members" })).toContain("Chess");
    expect(await names({ offset: 1, limit: 2 })).toEqual(["Chess", "Choir"]);
    // 68chat tells the owner, and that is the account itself.
    expect(await names({ role: "owner" })).toContain("Choir");
  });

  test("a group that is opened tells what the list did not, and the next reading of the list keeps it", async () => {
    const group = await stored(bots.napcat, "40001", ({ ownRole }) => ownRole !== null);
    expect(group).toMatchObject({ ownRole: "admin", memberCount: 2, waiting: 0 });
    await team.desk.rosters.read(bots.napcat, "groups");
    expect((await api().get({ botId: bots.napcat, groupId: "40001" })).group?.ownRole).toBe("admin");
  });

  test("who is told that a group is being read hears when that is over, whatever came of it", async () => {
    napcat.world.addGroup({ groupId: "40003", groupName: "Silent" });
    const { version } = await team.desk.rosters.ask(bots.napcat, "groups");
    const listed = told((fact) => fact.version > version);
    await team.desk.rosters.read(bots.napcat, "groups");
    await listed;
    const group = { botId: bots.napcat, groupId: "40003" };
    // Nothing is learnt, so nothing that is stored changes.
    const held = napcat.faults.hold("get_group_detail_info");
    napcat.faults.answerWith("get_group_info_ex", "what?");
    expect(await api().get(group)).toMatchObject({ isReading: true, error: null });
    const over = told(() => true);
    held.release();
    await over;
    expect(await api().get(group)).toMatchObject({ isReading: false, error: "bad_answer", group: { name: "Silent" } });
    napcat.world.groups.delete("40003");
    await team.desk.rosters.read(bots.napcat, "groups");
  });

  test("its order is told as ids, and rows are read by them", async () => {
    const { items } = await api().list({ sort: "-name" });
    const { bots: places, ids, total } = await api().ids({ sort: "-name" });
    const whole = ids.map((id) => id.replace(/^\d+/, (place) => places[Number(place)] ?? ""));
    expect(whole).toEqual(items.map(({ bot, groupId }) => `${bot.id}/${groupId}`));
    expect(total).toBe(items.length);
    const asked = whole.slice(0, 2);
    const rows = await api().rows({ ids: [...asked, `${bots.im}/none`] });
    expect(rows.map(({ bot, groupId }) => `${bot.id}/${groupId}`).toSorted()).toEqual(asked.toSorted());
    expect(rows[0]).toEqual(items.find(({ groupId }) => groupId === rows[0]?.groupId));
    await expect(api().rows({ ids: ["none/1"] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("how many are in a group follows what the platform tells, whether its members were read or not", async () => {
    const groupId = "40004";
    const people = ["31001", "31002"].map((userId) => ({ userId, nickname: userId }));
    napcat.world.addGroup({ groupId, groupName: "Counted" }, people);
    await team.desk.rosters.read(bots.napcat, "groups");
    const counts = (is: number) =>
      until(team.desk, async () => {
        const [row] = (await api().list({ text: groupId })).items;
        return row?.memberCount === is ? true : undefined;
      });
    await counts(3);
    /** Told once more of one who is counted already. */
    const tellAgain = (notice: "group_increase" | "group_decrease", userId: bigint) =>
      napcat.world.emit(
        napcat.world.make.notice(notice, {
          ...{ group_id: BigInt(groupId), user_id: userId, operator_id: 0n },
          sub_type: notice === "group_increase" ? "approve" : "leave",
        }),
      );
    napcat.world.leave(groupId, "31001");
    tellAgain("group_decrease", 31_001n);
    await counts(2);
    napcat.world.join(groupId, { userId: "31003", nickname: "Di" }, "approve", "31002");
    // Oftener than the other, so that the two cannot make up for each other.
    for (const userId of [31_003n, 31_003n]) tellAgain("group_increase", userId);
    napcat.world.join(groupId, { userId: "31005", nickname: "Fa" }, "approve", "31002");
    await counts(4);
    napcat.world.leave(groupId, "31005");
    await counts(3);
    await team.desk.rosters.read(bots.napcat, "members", groupId);
    napcat.world.leave(groupId, "31002");
    await counts(2);
    tellAgain("group_decrease", 31_002n);
    napcat.world.join(groupId, { userId: "31004", nickname: "Eve" }, "approve", "31003");
    await counts(3);
    napcat.world.groups.delete(groupId);
    await team.desk.rosters.read(bots.napcat, "groups");
  });

  test("a bot that is down shows its last known list and says so", async () => {
    await napcat.refuse();
    const stateOf = async () => (await api().rosters()).find(({ bot }) => bot.id === bots.napcat);
    // The list tells what is stored, and that is a moment later than the connection knows it.
    await until(team.desk, async () => ((await stateOf())?.bot.isConnected === false ? true : undefined));
    await team.desk.rosters.read(bots.napcat, "groups");
    expect(await stateOf()).toMatchObject({
      error: "not_connected",
      readAt: expect.any(Date),
      bot: { isConnected: false },
    });
    expect((await api().list({ botId: bots.napcat })).total).toBe(2);
    await napcat.accept();
    await until(team.desk, async () => (team.desk.connections.isConnected(bots.napcat) ? true : undefined));
    await team.desk.rosters.read(bots.napcat, "groups");
  });

  test("a push takes a group out of it, or a new name into it", async () => {
    napcat.world.addGroup({ groupId: "40009", groupName: "Gone soon" });
    await team.desk.rosters.read(bots.napcat, "groups");
    expect((await api().list({ text: "40009" })).total).toBe(1);
    napcat.world.groups.delete("40009");
    napcat.world.emit(
      napcat.world.make.notice("group_decrease", {
        ...{ group_id: 40_009n, user_id: 10_001n, operator_id: 30_001n, sub_type: "kick_me" },
      }),
    );
    await until(team.desk, async () => ((await api().list({ text: "40009" })).total === 0 ? true : undefined));
  });
});

describe("settings", () => {
  const group = () => ({ botId: bots.napcat, groupId: "40001" });

  test("a name and a remark are confirmed when the platform shows them, and stored", async () => {
    const change = { name: "Chess and go", remark: "both" };
    await expect(api().update({ ...group(), change })).resolves.toEqual({ state: "confirmed" });
    expect(napcat.world.groups.get("40001")).toMatchObject({ groupName: "Chess and go", remark: "both" });
    expect((await api().list({ text: "both" })).items).toMatchObject([{ name: "Chess and go" }]);
    expect(await outcomes("groups.update")).toContain("OK");
  });

  test("a picture cannot be seen, so it is sent and no more", async () => {
    const avatar = "data:image/png;base64,iVBORw0KGgo=";
    await expect(api().update({ ...group(), change: { avatar } })).resolves.toEqual({ state: "sent" });
    await expect(api().update({ ...group(), change: { avatar: "file:///etc/passwd" } })).rejects.toThrow();
    await expect(api().update({ ...group(), change: {} })).rejects.toThrow();
  });

  test("what the platform refuses is failed, in its own words, and nothing is stored", async () => {
    napcat.faults.failNext("set_group_name", "not while it rains");
    const refused = api().update({ ...group(), change: { name: "Rain" } });
    await expect(refused).rejects.toMatchObject({ message: "platform_refused", cause: { text: expect.any(String) } });
    expect((await api().get(group())).group?.name).toBe("Chess and go");
    expect((await outcomes("groups.update"))[0]).toBe("FAILED");
  });

  test("what only half happened says what is done and what is left", async () => {
    napcat.faults.failNext("set_group_remark", "no");
    const half = api().update({ ...group(), change: { name: "Half", remark: "whole" } });
    await expect(half).rejects.toMatchObject({
      cause: { code: "partly_done", detail: { done: "name", left: "remark" } },
    });
  });

  test("what a platform cannot do is refused before anything is sent", async () => {
    const other = { botId: bots.chat68, groupId: "900001" };
    await expect(api().joinRule({ ...other, rule: { how: "ask" } })).rejects.toThrow("not_possible");
    await expect(api().dissolve({ ...group(), name: "Half" })).rejects.toThrow(/name_mismatch|not_possible/);
  });
});

describe("68chat's mute of everybody", () => {
  const group = () => ({ botId: bots.chat68, groupId: "900001" });
  const announcements = () => helper.of("sendMsg").length;

  test("mutes and tells the members", async () => {
    await expect(api().muteAll({ ...group(), isMuted: true })).resolves.toEqual({ state: "confirmed" });
    expect(helper.world.groups[0]?.isMuted).toBe(true);
    expect(announcements()).toBe(1);
  });

  test("when they cannot be told it says that both things went differently, and only the telling is done again", async () => {
    helper.world.faults.set("sendMsg", new Refused(300, "busy"));
    const half = api().muteAll({ ...group(), isMuted: false });
    await expect(half).rejects.toMatchObject({
      cause: { code: "partly_done", detail: { done: "mute", left: "announce" } },
    });
    expect(helper.world.groups[0]?.isMuted).toBe(false);
    const updates = helper.of("GroupUpdate").length;
    await expect(api().muteAll({ ...group(), isMuted: false, left: "announce" })).resolves.toEqual({ state: "sent" });
    expect(helper.of("GroupUpdate")).toHaveLength(updates);
    expect(await outcomes("groups.muteAll")).toContain("UNKNOWN");
  });
});

describe("the end of a group", () => {
  test("needs the group's name, which the server compares", async () => {
    const group = { botId: bots.im, groupId: club.id };
    await expect(api().dissolve({ ...group, name: "book club" })).rejects.toThrow("name_mismatch");
    expect(server.world.groups.has(club.id)).toBe(true);
    expect(server.of("POST /chatGroups/dissolve")).toEqual([]);
  });

  test("handing it over takes somebody who is in it", async () => {
    const bob = server.world.addPerson("Bob");
    const made = server.world.addGroup("Handed over", ann.id);
    await team.desk.rosters.read(bots.im, "groups");
    const act = { botId: bots.im, groupId: made.id, userId: bob.id, name: "Handed over" };
    await expect(api().transfer(act)).rejects.toThrow("not_a_member");
    expect(made.owner).toBe(ann.id);
    made.members.add(bob.id);
    await expect(api().transfer(act)).resolves.toEqual({ state: "confirmed" });
    expect(made.owner).toBe(bob.id);
  });

  test("a group that is made is there, and gone when it is dissolved; one that is left goes on", async () => {
    const made = await api().create({ botId: bots.im, name: "Short lived" });
    expect(made).toMatchObject({ state: "confirmed", groupId: expect.any(String) });
    const group = { botId: bots.im, groupId: made.groupId ?? "" };
    expect((await api().get(group)).group?.name).toBe("Short lived");
    await expect(api().dissolve({ ...group, name: "Short lived" })).resolves.toEqual({ state: "confirmed" });
    expect((await api().get(group)).group).toBeNull();

    const leaving = { botId: bots.napcat, groupId: "40002", name: "Zither" };
    await expect(api().leave(leaving)).resolves.toEqual({ state: "confirmed" });
    expect(napcat.world.groups.has("40002")).toBe(false);
    expect((await api().list({ text: "zither" })).total).toBe(0);
  });

  test("what the platform refuses stays in the list", async () => {
    const refused = api().leave({ botId: bots.im, groupId: club.id, name: "Book club" });
    await expect(refused).rejects.toMatchObject({ cause: { text: "群主不能退群" } });
    expect((await api().list({ text: "book club" })).total).toBe(1);
  });
});

describe("strangers' groups", () => {
  test("are searched, and asking to be let in is sent and not yet there", async () => {
    const other = server.world.addPerson("Other");
    const far = server.world.addGroup("Far away", other.id);
    await expect(api().search({ botId: bots.im, words: "Far" })).resolves.toMatchObject([{ id: far.id }]);
    await expect(api().join({ botId: bots.im, groupId: far.id, reason: "hello" })).resolves.toEqual({ state: "sent" });
    expect(server.world.joins).toMatchObject([{ from: ann.id, to: far.id, reason: "hello" }]);
  });

  test("whom the account invites is seen to be in", async () => {
    const eve = server.world.addPerson("Eve");
    const act = { botId: bots.im, groupId: club.id, userIds: [eve.id] };
    await expect(api().invite(act)).resolves.toEqual({ state: "confirmed" });
  });
});

describe("highlights", () => {
  test("are listed and taken out", async () => {
    const group = napcat.world.groups.get("40001");
    const { messageId } = napcat.world.chat.add({ to: "group", id: "40001" }, "30001", [
      { type: "text", data: { text: "remember" } },
    ]);
    group?.shelf.essence.push({ messageId, operatorId: "10001", time: 1_760_000_000 });
    const of = { botId: bots.napcat, groupId: "40001" };
    const [found] = await api().essence(of);
    expect(found).toMatchObject({
      senderId: "30001",
      operatorId: "10001",
      operatorName: napcat.world.account.nickname,
      pieces: [{ type: "text", text: "remember" }],
    });
    const act = { ...of, messageId: found?.messageId ?? "" };
    await expect(api().removeEssence(act)).resolves.toEqual({ state: "confirmed" });
    await expect(api().essence(of)).resolves.toEqual([]);
  });
});

describe("a moderator of one bot", () => {
  test("gets no other bot's groups, by any way of asking", async () => {
    const moderator = await team.operator("moderator", bots.napcat);
    const mine = team.as(moderator).groups;
    expect((await mine.list({})).items.map(({ bot }) => bot.id)).toEqual([bots.napcat]);
    expect((await mine.list({ botId: bots.im })).total).toBe(0);
    expect(await mine.ids({})).toMatchObject({ bots: [bots.napcat], total: (await mine.list({})).total });
    expect(await mine.rows({ ids: [`${bots.im}/${club.id}`] })).toEqual([]);
    expect((await mine.rosters()).map(({ bot }) => bot.id)).toEqual([bots.napcat]);
    const other = { botId: bots.im, groupId: club.id };
    await expect(mine.get(other)).rejects.toThrow("not_found");
    await expect(mine.search({ botId: bots.im, words: "a" })).rejects.toThrow("not_found");
    await expect(mine.muteAll({ ...other, isMuted: true })).rejects.toThrow(/not_found|forbidden/);
    // Of their own bot they mute, and end nothing.
    const own = { botId: bots.napcat, groupId: "40001" };
    await expect(mine.muteAll({ ...own, isMuted: true })).resolves.toEqual({ state: "confirmed" });
    await expect(mine.leave({ ...own, name: "Half" })).rejects.toThrow("forbidden");
    await expect(mine.update({ ...own, change: { name: "Mine" } })).rejects.toThrow("forbidden");
  });
});
