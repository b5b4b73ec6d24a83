import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import { platforms } from "@/lib/platform";
import { ownProfile, profileFields } from "@/lib/profile";
import { drivers } from "@/server/platforms/drivers";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import * as chat68 from "../simulators/chat68";
import * as im from "../simulators/im";
import * as napcat from "../simulators/napcat";

let store: TestDatabase;
let team: TestDesk;
let qq: napcat.Napcat;
let server: im.Im;
let helper: chat68.Chat68;
let owner: Actor;
let bots: { qq: string; im: string; chat68: string };

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  owner = await team.operator("owner", null, "Mei");
  [qq, server, helper] = await Promise.all([napcat.start(), im.start(), chat68.start()]);
  const own = server.world.addPerson("Doorkeeper");
  const add = async (name: string, platform: "im" | "chat68", connection: Record<string, unknown>, token?: string) => {
    const made = await api().bots.create({ name, platform, connection, ...(token ? { token } : {}) });
    await until(team.desk, async () => (team.desk.connections.isConnected(made.id) ? true : undefined));
    return made.id;
  };
  bots = {
    qq: await team.connect(qq, "qq door"),
    im: await add("im door", "im", { baseUrl: server.baseUrl }, server.mint(own)),
    chat68: await add("68 door", "chat68", { transport: "ws", wsUrl: helper.wsUrl, httpUrl: helper.httpUrl }),
  };
});
afterAll(async () => {
  await team.stop();
  await Promise.all([qq.close(), server.close(), helper.close()]);
  await store.drop();
});

const api = (actor = owner) => team.as(actor);
const png =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

test("what can be changed of a profile is what the platforms' adapters take", () => {
  for (const platform of platforms) {
    const adapter = drivers[platform].createAdapter(async () => ({}));
    expect(ownProfile[platform].length > 0).toBe(adapter["profile.update"] !== undefined);
    if (adapter["profile.update"]) expect(ownProfile[platform]).toEqual(profileFields);
  }
});

describe("the account's own profile", () => {
  test("a name and a signature are changed, read back, and the name is the bot's here", async () => {
    const { profile, bots: list } = api();
    expect(await profile.update({ botId: bots.qq, name: "Night porter" })).toEqual({ state: "confirmed" });
    expect(await profile.update({ botId: bots.qq, signature: "knock twice" })).toEqual({ state: "confirmed" });
    expect(await profile.get({ botId: bots.qq })).toMatchObject({ name: "Night porter", signature: "knock twice" });
    expect((await list.get({ id: bots.qq })).nickname).toBe("Night porter");
    expect(await profile.update({ botId: bots.qq, signature: "" })).toEqual({ state: "confirmed" });
    expect(await profile.update({ botId: bots.im, name: "Day porter" })).toEqual({ state: "confirmed" });
    expect(await profile.get({ botId: bots.im })).toMatchObject({ name: "Day porter" });
  });

  test("what was answered with ok and not done is sent, and the old name stays", async () => {
    qq.faults.okWithoutActing("set_qq_profile");
    expect(await api().profile.update({ botId: bots.qq, name: "Nobody" })).toEqual({ state: "sent" });
    expect((await api().bots.get({ id: bots.qq })).nickname).toBe("Night porter");
  });

  test("a picture goes as it is and cannot be read back; what only says that it is one goes nowhere", async () => {
    expect(await api().profile.update({ botId: bots.qq, avatar: png })).toEqual({ state: "sent" });
    const landed = qq.world.avatar;
    expect(landed).not.toBe("");
    const fake = `data:image/png;base64,${Buffer.from("<svg onload=alert(1)>".repeat(4)).toString("base64")}`;
    const refused = { message: "invalid_input" };
    await expect(api().profile.update({ botId: bots.qq, avatar: fake })).rejects.toMatchObject(refused);
    const other = png.replace("image/png", "image/jpeg");
    await expect(api().profile.update({ botId: bots.qq, avatar: other })).rejects.toMatchObject(refused);
    expect(qq.world.avatar).toBe(landed);
    // The platform's own address stays with the desk; whoever looks fetches it from there.
    expect(await api().profile.update({ botId: bots.im, avatar: "https://pictures.example/a.png" })).toEqual({
      state: "sent",
    });
    const { avatar } = (await api().profile.get({ botId: bots.im })) ?? {};
    expect(avatar).toMatch(/^\/media\/[\w-]+$/);
    expect(await api().profile.get({ botId: bots.qq })).toMatchObject({ avatar: null });
    // IM fetches a picture by itself.
    await expect(api().profile.update({ botId: bots.im, avatar: png })).rejects.toMatchObject({
      message: "not_offered",
    });
  });

  test("states bear names in both languages, and one is set by its id or in words", async () => {
    const { profile } = api();
    const presets = await profile.presets({ botId: bots.qq });
    expect(presets).toContainEqual({ id: "away", zh: "离开", en: "Away" });
    expect(await profile.setPresence({ botId: bots.qq, preset: "away" })).toEqual({ state: "sent" });
    expect(qq.world.presence).toMatchObject({ status: 30 });
    expect(await profile.wordPresence({ botId: bots.qq, words: "at the door", faceId: "14" })).toEqual({
      state: "sent",
    });
    expect(qq.world.presence).toMatchObject({ face: "14", words: "at the door" });
    expect(await profile.presence({ botId: bots.qq })).toEqual({ isOnline: true, isGood: true });
    await expect(profile.presets({ botId: bots.im })).rejects.toMatchObject({ message: "not_possible" });
  });

  test("who liked the card is told, newest first", async () => {
    qq.world.addPerson({ userId: "30001", nickname: "Ann" });
    qq.world.likers.push({ userId: "30001", count: 3, time: 1_700_000_000 });
    expect(await api().profile.likes({ botId: bots.qq })).toMatchObject([{ userId: "30001", name: "Ann", times: 3 }]);
  });

  test("who only moderates changes and ends nothing", async () => {
    const guard = api(await team.operator("auditor"));
    await expect(guard.profile.update({ botId: bots.qq, name: "x" })).rejects.toMatchObject({ message: "forbidden" });
    await expect(guard.profile.exit({ botId: bots.qq, name: "qq door" })).rejects.toMatchObject({
      message: "forbidden",
    });
    await expect(guard.profile.forget({ botId: bots.im, name: "im door" })).rejects.toMatchObject({
      message: "forbidden",
    });
  });
});

describe("an end", () => {
  test("needs the bot's name, which the server compares", async () => {
    const wrong = { message: "name_mismatch" };
    await expect(api().profile.exit({ botId: bots.qq, name: "QQ door" })).rejects.toMatchObject(wrong);
    await expect(api().profile.restart({ botId: bots.chat68, name: "68" })).rejects.toMatchObject(wrong);
    await expect(api().profile.forget({ botId: bots.im, name: "" })).rejects.toMatchObject(wrong);
    expect(qq.world.isStopped).toBe(false);
  });

  test("a helper that restarts drops the connection, and is back", async () => {
    const before = (await api().bots.get({ id: bots.chat68 })).truths.connected.since;
    const { state } = await api().profile.restart({ botId: bots.chat68, name: "68 door" });
    expect(["confirmed", "sent"]).toContain(state);
    expect(helper.calls.map(({ type }) => type)).toContain("restart68");
    await until(team.desk, async () => {
      const { is, since } = (await api().bots.get({ id: bots.chat68 })).truths.connected;
      return is && since?.getTime() !== before?.getTime() ? true : undefined;
    });
  });

  test("NapCat that is stopped cannot answer: the connection that broke is the proof, and a refusal is none", async () => {
    qq.faults.failNext("bot_exit", "not now");
    const door = { botId: bots.qq, name: "qq door" };
    await expect(api().profile.exit(door)).rejects.toMatchObject({ message: "platform_refused" });
    expect(await api().profile.exit(door)).toEqual({ state: "confirmed" });
    expect(qq.world.isStopped).toBe(true);
    await until(team.desk, async () =>
      (await api().bots.get({ id: bots.qq })).truths.connected.is ? undefined : true,
    );
  });

  test("signing out forgets what signs in, switches off, and ends nothing over there", async () => {
    await expect(api().profile.forget({ botId: bots.qq, name: "qq door" })).rejects.toMatchObject({
      message: "not_possible",
    });
    const calls = server.calls.length;
    expect(await api().profile.forget({ botId: bots.im, name: "im door" })).toEqual({ id: bots.im });
    expect(await api().bots.get({ id: bots.im })).toMatchObject({ isEnabled: false, hasToken: false });
    await until(team.desk, async () => (team.desk.connections.isOpen(bots.im) ? undefined : true));
    expect(server.calls.slice(calls).filter(({ operation }) => !operation.startsWith("get."))).toEqual([]);
    await expect(api().bots.setEnabled({ id: bots.im, isEnabled: true })).rejects.toMatchObject({
      message: "invalid_input",
    });
  });
});
