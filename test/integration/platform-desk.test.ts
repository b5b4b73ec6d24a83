import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Platform } from "@/lib/platform";
import type { RequestState } from "@/lib/request";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import * as chat68 from "../simulators/chat68";
import * as im from "../simulators/im";
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

/** What the bot's page says of answering requests. */
async function support(id: string) {
  const { supports } = await team.as(owner).bots.get({ id });
  return supports.find(({ capability }) => capability === "requests.answer");
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

  test("an id of a message is never used twice, by no bot of the account", async () => {
    const other = await add("chat68", { transport: "http", httpUrl: helper.httpUrl });
    const message = (custom_msg_id?: string) => ({
      ...{ id: "5138500", type: "friend" },
      list: [{ values: { content: "hello" }, ...(custom_msg_id === undefined ? {} : { custom_msg_id }) }],
    });
    const send = (id: string, input: unknown) =>
      team.desk.connections.invoke(id, { actor: owner, correlationId: uuid(), operation: "sendMsg", input });
    await send(botId, message());
    const [used = ""] = helper.world.usedIds;
    await expect(store.database.usedMessageId.count({ where: { platform: "chat68", value: used } })).resolves.toBe(1);
    const before = helper.world.sent.length;
    await expect(send(other, message(used))).rejects.toMatchObject({ code: "invalid_input" });
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
