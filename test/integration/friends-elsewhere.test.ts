import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import { mediaPath } from "@/lib/media";
import type { Platform } from "@/lib/platform";
import { findMedia } from "@/server/desk/media";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import * as chat68 from "../simulators/chat68";
import * as yunhu from "../simulators/yunhu";

let store: TestDatabase;
let team: TestDesk;
let owner: Actor;
let helper: chat68.Chat68;
let clouds: yunhu.Yunhu;
let bots: { chat68: string; yunhu: string };
const api = () => team.as(owner).friends;
const face = "https://example.org/ann.png";

async function add(platform: Platform, connection: Record<string, unknown>, token?: string): Promise<string> {
  const input = { name: platform, platform, connection, ...(token === undefined ? {} : { token }) };
  const { id } = await team.as(owner).bots.create(input);
  await until(team.desk, async () => (team.desk.connections.isConnected(id) ? true : undefined));
  return id;
}

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  owner = await team.operator("owner", null, "Mei");
  [helper, clouds] = await Promise.all([chat68.start(), yunhu.start()]);
  helper.world.friends.push({ uid: 5_138_500, nickName: "Cy" }, { uid: 5_138_501, nickName: "Di" });
  helper.world.online.add(5_138_500);
  clouds.world.friends.push({ id: "5", name: "Ann", avatar: face }, { id: "6", name: "Bob" });
  const connection = { apiUrl: clouds.httpUrl, pushUrl: clouds.wsUrl, userId: "100", deviceId: "desk" };
  bots = {
    chat68: await add("chat68", { transport: "ws", wsUrl: helper.wsUrl }),
    yunhu: await add("yunhu", connection, clouds.token),
  };
  for (const botId of Object.values(bots)) await team.desk.rosters.read(botId, "friends");
});
afterAll(async () => {
  await team.stop();
  await Promise.all([helper.close(), clouds.close()]);
  await store.drop();
});

describe("68chat", () => {
  const cy = () => ({ botId: bots.chat68, userId: "5138500" });

  test("lists friends with who is there, and offers nothing that it cannot do", async () => {
    const { items } = await api().list({ botId: bots.chat68, sort: "online" });
    expect(items).toMatchObject([
      { name: "Cy", isOnline: true, remark: null, label: null },
      { name: "Di", isOnline: false },
    ]);
    const [bot] = (await api().bots()).filter(({ id }) => id === bots.chat68);
    expect(bot?.can).toEqual([]);
    const before = helper.calls.length;
    for (const tried of [
      () => api().remark({ ...cy(), remark: "x" }),
      () => api().label({ ...cy(), label: "x" }),
      () => api().add({ ...cy(), reason: "" }),
      () => api().remove(cy()),
      () => api().oneWay(cy()),
      () => api().groups(cy()),
      () => api().nearby({ ...cy(), latitude: 1, longitude: 1 }),
    ])
      await expect(tried()).rejects.toMatchObject({ message: "not_possible" });
    expect(helper.calls).toHaveLength(before);
  });

  test("blocks once that is switched on; no list shows it, so it is sent and no more", async () => {
    await expect(api().block(cy())).rejects.toMatchObject({ message: "not_possible" });
    for (const operation of ["UpdateBlackContacts#6", "UpdateBlackContacts#7"])
      await team.as(owner).bots.setExtra({ id: bots.chat68, operation, isOn: true });
    expect(await api().block(cy())).toEqual({ state: "sent" });
    expect([...helper.world.blocked]).toEqual([5_138_500]);
    expect(await api().unblock(cy())).toEqual({ state: "sent" });
    expect(helper.world.blocked.size).toBe(0);
  });
});

describe("Yunhu", () => {
  test("lists friends, with their faces at the desk's own addresses for who may see them", async () => {
    const { items } = await api().list({ botId: bots.yunhu });
    expect(items).toMatchObject([
      { name: "Ann", avatar: expect.stringMatching(`^${mediaPath}`) },
      { name: "Bob", avatar: null },
    ]);
    expect(JSON.stringify(items)).not.toContain(face);
    const token = items[0]?.avatar?.slice(mediaPath.length) ?? "";
    expect(await findMedia(team.desk, owner, token)).toMatchObject({ kind: "image", url: new URL(face) });
    const stranger = await team.operator("moderator", bots.chat68);
    await expect(findMedia(team.desk, stranger, token)).rejects.toMatchObject({ code: "not_found" });
    const person = await team.as(owner).people.get({ platform: "yunhu", personId: "5" });
    expect(person).toMatchObject({ name: "Ann", avatar: items[0]?.avatar });
    const drawn = await api().get({ botId: bots.yunhu, userId: "5" });
    expect(drawn.avatar).toBe(items[0]?.avatar);
  });

  test("asks somebody to be a friend, which is theirs to say, and removes one, which is seen", async () => {
    clouds.world.others.add("1:9");
    expect(await api().add({ botId: bots.yunhu, userId: "9", reason: "hello" })).toEqual({ state: "sent" });
    expect(clouds.world.made).toMatchObject([{ chatId: "9", chatType: 1, remark: "hello" }]);
    const bob = { botId: bots.yunhu, userId: "6" };
    expect(await api().remove(bob)).toEqual({ state: "confirmed" });
    expect(clouds.world.friends.map(({ id }) => id)).toEqual(["5"]);
    await expect(api().get(bob)).rejects.toMatchObject({ message: "not_found" });
    await expect(api().remove(bob)).rejects.toMatchObject({ message: "platform_refused" });
    for (const tried of [() => api().remark({ ...bob, remark: "x" }), () => api().block(bob), () => api().oneWay(bob)])
      await expect(tried()).rejects.toMatchObject({ message: "not_possible" });
  });
});
