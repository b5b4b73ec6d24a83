import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/actor";
import type { RequestState } from "@/lib/request";
import { createSealer } from "@/server/auth/seal";
import { Credentials } from "@/server/platforms/im/settings";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, testConfig, until } from "../desk";
import { type Im, start } from "../simulators/im";
import type { Group, Person } from "../simulators/im/world";

let store: TestDatabase;
let team: TestDesk;
let im: Im;
let ann: Person;
let bob: Person;
let group: Group;
let mei: Actor;
let botId: string;

beforeAll(async () => {
  store = await createTestDatabase();
  team = await startDesk(store.url);
  mei = await team.operator("moderator", null, "Mei");
});
afterAll(async () => {
  await team.stop();
  await store.drop();
});
beforeEach(async () => {
  im = await start();
  ann = im.world.addPerson("Ann");
  bob = im.world.addPerson("Bob");
  group = im.world.addGroup("Chess", ann.id);
  botId = uuid();
  const sealed = createSealer(testConfig(store.url).secret).seal({ token: im.mint(ann) }, `bot:${botId}`);
  const connection = { baseUrl: im.baseUrl };
  await store.database.bot.create({ data: { id: botId, name: `im ${botId}`, platform: "im", connection, sealed } });
  await team.desk.connections.refresh(botId);
  await until(team.desk, async () => (team.desk.connections.isConnected(botId) ? true : undefined));
});
afterEach(async () => {
  await store.database.bot.update({ where: { id: botId }, data: { isEnabled: false, version: { increment: 1 } } });
  await team.desk.connections.refresh(botId);
  await im.close();
});

function seen(applicantId: string, ...states: RequestState[]) {
  return until(team.desk, async () => {
    const { items } = await team.as(mei).requests.list({ botId, state: "all", text: applicantId });
    return items.find((item) => item.applicantId === applicantId && states.includes(item.state));
  });
}

describe("an IM account at the desk", () => {
  test("an application that is only hinted at by a push is in the queue, and its approval is confirmed", async () => {
    im.world.askJoin(bob.id, group.id, "let me play");
    im.push(ann.id, { ope: "system", type: "joinGroup", fromId: Number(group.id), toId: Number(ann.id) });
    const request = await seen(bob.id, "waiting");
    expect(request).toMatchObject({ kind: "group_join", groupName: "Chess", message: "let me play" });
    await team.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await seen(bob.id, "confirmed");
    expect(group.members.has(bob.id)).toBe(true);
    expect(im.of("POST /chatGroups/join/reply")).toHaveLength(1);
  });

  test("its renewed token is what the next start uses, and the connection is not opened anew for it", async () => {
    const { second } = im;
    im.second++;
    await team.desk.poller.poll({ id: botId, name: "", platform: "im" });
    const version = (await store.database.bot.findUniqueOrThrow({ where: { id: botId } })).version;
    await store.database.bot.update({ where: { id: botId }, data: { isEnabled: false } });
    // Closing waits for the last token to be stored.
    await team.desk.connections.refresh(botId);
    const row = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
    const opened = createSealer(testConfig(store.url).secret).open(row.sealed ?? new Uint8Array(), `bot:${botId}`);
    const claims = Credentials.parse(opened).token.split(".")[1] ?? "";
    expect(JSON.parse(Buffer.from(claims, "base64url").toString("utf8"))).toMatchObject({ iat: second + 1 });
    expect([row.version, version]).toEqual([1, 1]);
  });

  test("signed out over there, the bot's page says so and what to do", async () => {
    im.signOutAll();
    await team.desk.poller.poll({ id: botId, name: "", platform: "im" });
    const page = await until(team.desk, async () => {
      const bot = await team.as(await team.operator("owner")).bots.get({ id: botId });
      // Two things are told one after the other: that the connection is gone, then why.
      return bot.truths.connected.is || bot.lastError === null ? undefined : bot;
    });
    expect(page.lastError?.code).toBe("signed_out_there");
  });
});
