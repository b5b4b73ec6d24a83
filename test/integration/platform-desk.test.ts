import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Platform } from "@/lib/platform";
import type { RequestState } from "@/lib/request";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import * as chat68 from "../simulators/chat68";
import * as im from "../simulators/im";
import type { Person } from "../simulators/im/world";
import * as yunhu from "../simulators/yunhu";

let store: TestDatabase;
let team: TestDesk;
let owner: Actor;
let helper: chat68.Chat68;
let server: im.Im;
let clouds: yunhu.Yunhu;

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  owner = await team.operator("owner", null, "Mei");
  [helper, server, clouds] = await Promise.all([chat68.start(), im.start(), yunhu.start()]);
});
afterAll(async () => {
  await team.stop();
  await Promise.all([helper.close(), server.close(), clouds.close()]);
  await store.drop();
});

const accept = "UpdateContactsApply";

/** Adds a bot by the API and waits until its connection stands. */
async function add(platform: Platform, connection: Record<string, unknown>, token?: string): Promise<string> {
  const name = `${platform} ${uuid()}`;
  const input = { name, platform, connection, ...(token === undefined ? {} : { token }) };
  const { id } = await team.as(owner).bots.create(input);
  await until(team.desk, async () => (team.desk.connections.isConnected(id) ? true : undefined));
  return id;
}

async function remove(id: string): Promise<void> {
  const { name } = await team.as(owner).bots.get({ id });
  await team.as(owner).bots.remove({ id, name });
  // A bot that is gone tells nothing any more: its closing is waited for itself.
  await team.desk.connections.refresh(id);
}

/** Waits until this person's newest request at the bot is in one of `states` and `isIt`. */
function seen(botId: string, applicantId: string, state: RequestState, isIt = (_can: boolean) => true) {
  return until(team.desk, async () => {
    const { items } = await team.as(owner).requests.list({ botId, state: "all", text: applicantId });
    const found = items.find((item) => item.applicantId === applicantId);
    return found?.state === state && isIt(found.answers.approve) ? found : undefined;
  });
}

/** What the bot's page says of answering requests, or of another capability. */
async function support(id: string, name = "requests.answer") {
  const { supports } = await team.as(owner).bots.get({ id });
  return supports.find(({ capability }) => capability === name);
}

const poll = (id: string, platform: Platform) => team.desk.poller.poll({ id, name: "", platform });

describe("68chat", () => {
  let botId: string;
  let uid = 5_138_500;

  beforeEach(async () => {
    uid += 1;
    helper.world.applies.push({ uid, nickName: "Ann", msg: "let me in", modifyTime: 1_759_928_661_000 + uid });
  });

  test("a friend request is polled and shown without a button until accepting is switched on", async () => {
    botId = await add("chat68", { transport: "ws", wsUrl: helper.wsUrl });
    const asked = await seen(botId, String(uid), "waiting");
    expect(asked).toMatchObject({ kind: "friend", answers: { approve: false, deny: false, takesReason: false } });
    const { id, version } = asked;
    await expect(team.as(owner).requests.decide({ id, version, verb: "approve" })).rejects.toThrow("not_offered");
    await expect(support(botId)).resolves.toMatchObject({ is: "off" });

    await team.as(owner).bots.setExtra({ id: botId, operation: accept, isOn: true });
    await seen(botId, String(uid), "waiting", (can) => can);
    await expect(support(botId)).resolves.toMatchObject({ is: "on" });
    await team.as(owner).requests.decide({ id, version, verb: "approve" });
    await seen(botId, String(uid), "confirmed");
    expect(helper.of(accept)).toHaveLength(1);
    expect(helper.world.friends.map((friend) => friend.uid)).toContain(uid);
  });

  test("switched off again, what waits loses its button at once, and what comes later has none", async () => {
    await poll(botId, "chat68");
    await seen(botId, String(uid), "waiting", (can) => can);
    await team.as(owner).bots.setExtra({ id: botId, operation: accept, isOn: false });
    const { answers } = await seen(botId, String(uid), "waiting");
    expect(answers.approve).toBe(false);
    await poll(botId, "chat68");
    expect((await seen(botId, String(uid), "waiting")).answers.approve).toBe(false);
  });

  test("a message can be taken back where pushes and HTTP are both there, and nowhere else", async () => {
    const caller = { actor: owner, correlationId: uuid() };
    const has = () => team.desk.connections.adapter(botId, caller)?.["messages.recall"] !== undefined;
    const reach = async (connection: Record<string, unknown>) => {
      const { name } = await team.as(owner).bots.get({ id: botId });
      await team.as(owner).bots.update({ id: botId, name, connection });
      await team.desk.connections.refresh(botId);
      return [(await support(botId, "messages.recall"))?.is, has()];
    };
    const [wsUrl, httpUrl] = [helper.wsUrl, helper.httpUrl];
    expect(await reach({ transport: "http", httpUrl })).toEqual(["unreached", false]);
    expect(await reach({ transport: "ws", wsUrl, httpUrl })).toEqual(["on", true]);
    expect(await reach({ transport: "ws", wsUrl })).toEqual(["unreached", false]);
    await until(team.desk, async () => (team.desk.connections.isConnected(botId) ? true : undefined));
  });

  test("an id of a message is never used twice, by no bot of the account", async () => {
    const other = await add("chat68", { transport: "http", httpUrl: helper.httpUrl });
    const message = (custom_msg_id?: string) => ({
      ...{ id: "5138500", type: "friend" },
      list: [{ values: { content: "hello" } }],
      ...(custom_msg_id === undefined ? {} : { custom_msg_id }),
    });
    const send = (id: string, input: unknown) =>
      team.desk.connections.invoke(id, { actor: owner, correlationId: uuid(), operation: "sendMsg", input });
    await send(botId, message());
    const [used = ""] = helper.world.usedIds;
    await expect(store.database.usedMessageId.count({ where: { platform: "chat68", value: used } })).resolves.toBe(1);
    const before = helper.world.sent.length;
    await expect(send(other, message(used))).rejects.toMatchObject({
      code: "invalid_input",
      detail: { field: "custom_msg_id", fault: "this id was used before" },
    });
    expect(helper.world.sent).toHaveLength(before);
    await remove(other);
    await remove(botId);
  });
});

describe("an account that bears one connection", () => {
  test("is opened by one of two desks, and by the other when that one ends", async () => {
    const ann = server.world.addPerson("Ann");
    const botId = await add("im", { baseUrl: server.baseUrl }, server.mint(ann));
    const second = await startDesk(store.url);
    expect([team, second].map(({ desk }) => desk.connections.isOpen(botId))).toEqual([true, false]);
    await server.connected(1);
    // An edit of its settings leaves it where it is.
    await store.database.bot.update({ where: { id: botId }, data: { version: { increment: 1 } } });
    await Promise.all([team, second].map(({ desk }) => desk.connections.refresh(botId)));
    expect([team, second].map(({ desk }) => desk.connections.isOpen(botId))).toEqual([true, false]);
    await team.stop();
    await until(second.desk, async () => (second.desk.connections.isConnected(botId) ? true : undefined));
    await server.connected(1);

    team = await startDesk(store.url);
    expect(team.desk.connections.isOpen(botId)).toBe(false);
    // Cut off from the others, the second was taken for dead: it finds out and lets go.
    await store.database.bot.update({ where: { id: botId }, data: { openedBy: team.desk.bus.instance } });
    await team.desk.connections.refresh(botId);
    await second.desk.connections.refreshAll();
    expect([team, second].map(({ desk }) => desk.connections.isOpen(botId))).toEqual([true, false]);
    await until(team.desk, async () => (team.desk.connections.isConnected(botId) ? true : undefined));
    await second.stop();
    await remove(botId);
  });

  test("is opened by somebody else when the desk that had it was killed", async () => {
    const ann = server.world.addPerson("Ann");
    const id = uuid();
    const sealed = team.desk.sealer.seal({ token: server.mint(ann) }, `bot:${id}`);
    const connection = { baseUrl: server.baseUrl };
    // A number that no instance has: nobody lives under it any more.
    await store.database.bot.create({ data: { id, name: id, platform: "im", connection, sealed, openedBy: 0 } });
    await team.desk.connections.takeOver();
    expect(team.desk.connections.isOpen(id)).toBe(true);
    await remove(id);
  });
});

describe("signing an IM account in", () => {
  const password = "a horse nobody typed twice";
  let ann: Person;
  let botId: string;
  const here = () => ({ platform: "im" as const, connection: { baseUrl: server.baseUrl } });

  /** The picture is asked for, and its characters are typed. */
  async function read(id?: string) {
    const challenge = await team.as(owner).bots.signInStart({ id, ...here(), start: { method: "password" } });
    if (challenge.type !== "picture") throw new Error("no picture");
    return { key: challenge.key, code: "abcd" };
  }

  /** Everything that is stored, as text. */
  async function stored(): Promise<string> {
    const [bots, events, log] = await Promise.all([
      store.database.bot.findMany(),
      store.database.auditEvent.findMany({ include: { outcome: true } }),
      store.database.botEvent.findMany(),
    ]);
    return JSON.stringify([bots.map((bot) => ({ ...bot, sealed: null, sealedSignIn: null })), events, log]);
  }

  beforeAll(() => {
    ann = server.world.addPerson("Ann", { username: "ann", email: "ann@desk.example", password });
  });

  test("adds a bot by password and picture; what was typed is nowhere afterwards", async () => {
    const answer = { method: "password" as const, account: "ann", password, ...(await read()) };
    const { id, ...account } = await team.as(owner).bots.signIn({ name: "Ann", ...here(), answer });
    botId = id;
    expect(account).toEqual({ accountId: ann.id, nickname: "Ann", needsPassword: false });
    await until(team.desk, async () => (team.desk.connections.isConnected(id) ? true : undefined));
    expect(await store.database.bot.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ accountId: ann.id, nickname: "Ann", sealedSignIn: null },
    });
    const text = await stored();
    expect(text).toContain("bots.signIn");
    expect(text).not.toContain(password);
    expect(text).not.toContain(answer.key);
  });

  test("refuses a second bot of the account, whoever of the team adds it", async () => {
    const answer = { method: "password" as const, account: "ann", password, ...(await read()) };
    await expect(team.as(owner).bots.signIn({ name: "Ann again", ...here(), answer })).rejects.toThrow("bot_exists");
  });

  test("signs a bot in again that was signed out there: only as its own account, and with its history", async () => {
    server.signOutAll();
    await poll(botId, "im");
    await until(team.desk, async () => {
      const { truths, lastError } = await team.as(owner).bots.get({ id: botId });
      return !truths.connected.is && lastError?.code === "signed_out_there" ? true : undefined;
    });
    server.world.addPerson("Bob", { username: "bob", password });
    const sealed = () => store.database.bot.findUniqueOrThrow({ where: { id: botId }, select: { sealed: true } });
    const before = await sealed();
    const again = { id: botId, name: "Ann", ...here() };
    const bob = { method: "password" as const, account: "bob", password, ...(await read(botId)) };
    await expect(team.as(owner).bots.signIn({ ...again, answer: bob })).rejects.toThrow("wrong_account");
    expect(await sealed()).toEqual(before);

    const answer = { method: "password" as const, account: "ann", password, ...(await read(botId)) };
    await team.as(owner).bots.signIn({ ...again, answer, keepsPassword: true });
    await until(team.desk, async () => (team.desk.connections.isConnected(botId) ? true : undefined));
    expect(await team.as(owner).bots.get({ id: botId })).toMatchObject({ hasPassword: true, accountId: ann.id });
    expect(await stored()).not.toContain(password);
  });

  test("a kept password needs a person for the picture, and goes to no other server", async () => {
    const again = { id: botId, name: "Ann", ...here() };
    const answer = { method: "kept" as const, ...(await read(botId)) };
    const elsewhere = { ...again, connection: { baseUrl: "http://127.0.0.1:9/api/v1" } };
    await expect(team.as(owner).bots.signIn({ ...elsewhere, answer })).rejects.toThrow("invalid_input");
    const wrong = team.as(owner).bots.signIn({ ...again, answer: { ...answer, code: "zzzz" } });
    await expect(wrong).rejects.toThrow("platform_refused");
    await team.as(owner).bots.signIn({ ...again, answer: { method: "kept", ...(await read(botId)) } });
    expect(await team.as(owner).bots.get({ id: botId })).toMatchObject({ hasPassword: true });
    // Signing in another way, or without keeping, forgets it.
    await team.as(owner).bots.signInStart({ id: botId, ...here(), start: { method: "email", email: ann.email } });
    const byCode = { method: "email" as const, email: ann.email, code: "1234" };
    await team.as(owner).bots.signIn({ ...again, answer: byCode, mayRegister: true });
    expect(await team.as(owner).bots.get({ id: botId })).toMatchObject({ hasPassword: false });
  });

  test("makes no account over there unless somebody said that it may", async () => {
    const start = { method: "mobile" as const, mobile: "13800000000" };
    await team.as(owner).bots.signInStart({ ...here(), start });
    const people = server.world.people.size;
    const input = { name: "New", ...here(), answer: { ...start, code: "1234" } };
    await expect(team.as(owner).bots.signIn(input)).rejects.toThrow("invalid_input");
    expect(server.world.people.size).toBe(people);
    const { id, needsPassword } = await team.as(owner).bots.signIn({ ...input, mayRegister: true });
    expect([needsPassword, server.world.people.size]).toEqual([true, people + 1]);
    await remove(id);
  });

  test("lets nobody guess or send codes for ever", async () => {
    const start = { method: "email" as const, email: "somebody@desk.example" };
    const send = () => team.as(owner).bots.signInStart({ ...here(), start });
    await send();
    await send();
    await send();
    await expect(send()).rejects.toThrow("throttled");
    const answer = {
      method: "password" as const,
      account: "ann",
      password: "a wrong horse",
      key: "gone",
      code: "zzzz",
    };
    const guess = () => team.as(owner).bots.signIn({ name: "Guess", ...here(), answer });
    const outcomes: string[] = [];
    for (let left = 12; left > 0; left--)
      outcomes.push(
        await guess().then(
          () => "in",
          (cause: unknown) => String(cause),
        ),
      );
    expect(outcomes.at(0)).toContain("platform_refused");
    expect(outcomes.at(-1)).toContain("throttled");
    await remove(botId);
  });
});

describe("Yunhu", () => {
  test("requests are pushed or polled, answered both ways, and read back", async () => {
    const connection = { apiUrl: clouds.httpUrl, pushUrl: clouds.wsUrl, userId: "100", deviceId: "desk" };
    const botId = await add("yunhu", connection, clouds.token);
    await clouds.framed("login");
    const ask = { note: "hi", inviteAt: 1_700_000_000_123n };
    clouds.world.requests.push({ id: 7, inviterId: "5", name: "Ann", ...ask });
    clouds.world.requests.push({ id: 8, inviterId: "6", name: "Bob", ...ask });
    clouds.push("invite_apply");
    const ann = await seen(botId, "5", "waiting");
    const bob = await seen(botId, "6", "waiting");
    // A reason would go nowhere: the platform has no place for one.
    expect(ann.answers).toEqual({ approve: true, deny: true, takesReason: false });
    await team.as(owner).requests.decide({ id: ann.id, version: ann.version, verb: "approve" });
    await team.as(owner).requests.decide({ id: bob.id, version: bob.version, verb: "deny" });
    await Promise.all([seen(botId, "5", "confirmed"), seen(botId, "6", "confirmed")]);
    expect(clouds.world.requests.map(({ result }) => result)).toEqual([1, 2]);

    clouds.world.requests.push({ id: 9, inviterId: "7", name: "Cleo", ...ask });
    await poll(botId, "yunhu");
    const cleo = await seen(botId, "7", "waiting");
    clouds.world.requests.pop();
    await team.as(owner).requests.decide({ id: cleo.id, version: cleo.version, verb: "approve" });
    const failed = await seen(botId, "7", "failed");
    expect(failed.decision).toMatchObject({ error: "platform_refused", platformText: "申请不存在" });
    await remove(botId);
  });
  test("who wants to join a group is shown without a button until letting in is switched on, and is let in then", async () => {
    const connection = { apiUrl: clouds.httpUrl, pushUrl: clouds.wsUrl, userId: "100", deviceId: "desk" };
    const botId = await add("yunhu", connection, clouds.token);
    const join = { inviterId: "", name: "Dot", note: "let me play", groupName: "Chess", targetType: 2, targetId: "6" };
    clouds.world.requests.push({ id: 20, ...join, inviteAt: 1_700_000_000_123n });
    await poll(botId, "yunhu");
    // Nothing says who it is but the request itself.
    const asked = await seen(botId, "request:20", "waiting");
    expect(asked).toMatchObject({ kind: "group_join", groupName: "Chess", answers: { approve: false, deny: false } });
    // Another account meets a request of that number: nothing makes them one person.
    const other = await add("yunhu", { ...connection, userId: "101" }, clouds.token);
    await poll(other, "yunhu");
    const { id } = await seen(other, "request:20", "waiting");
    expect((await team.as(owner).requests.get({ id })).history).toEqual([]);
    await remove(other);
    const decision = { id: asked.id, version: asked.version, verb: "approve" as const };
    await expect(team.as(owner).requests.decide(decision)).rejects.toThrow("not_offered");
    await team.as(owner).bots.setExtra({ id: botId, operation: "agree-invite", isOn: true });
    await seen(botId, "request:20", "waiting", (can) => can);
    await team.as(owner).requests.decide(decision);
    await seen(botId, "request:20", "confirmed");
    expect([clouds.of("agree-invite").length, clouds.world.requests.at(-1)?.result]).toEqual([1, 1]);
    // The record has the act, and no person of that number.
    const acts = (of: { text?: string; personId?: string }) => team.as(owner).audit.list({ botId, limit: 50, ...of });
    expect((await acts({ text: "Dot" })).items.map(({ action }) => action)).toContain("requests.decide");
    expect((await acts({ personId: "request:20" })).items).toEqual([]);
    await remove(botId);
  });
});
