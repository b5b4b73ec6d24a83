import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

const token = "stored-Token-of-the-test";
let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let owner: Actor;
let botId: string;
/** Somebody's server that writes down what it is told. */
let listener: Server;
let heard: IncomingMessage[] = [];
let elsewhere: string;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  napcat = await start({ token });
  owner = await test.operator("owner");
  listener = createServer((request, response) => {
    heard.push(request);
    response.writeHead(403).end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  // A TCP server that listens has an address of this shape.
  elsewhere = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  listener.closeAllConnections();
  listener.close();
  await store.drop();
});
beforeEach(async () => {
  heard = [];
  botId = await test.connect(napcat, `bot ${uuid()}`, { transport: "http", httpUrl: napcat.httpUrl });
});

const at = (httpUrl: string) => ({ transport: "http", httpUrl });
const nameOf = async () => (await store.database.bot.findUniqueOrThrow({ where: { id: botId } })).name;

describe("the stored token of a bot", () => {
  it("is used for trying the very connection it is stored for", async () => {
    const result = await test.as(owner).bots.probe({ id: botId, platform: "napcat", connection: at(napcat.httpUrl) });
    expect(result.ok).toBe(true);
  });

  it("is never sent to another address when a connection is tried", async () => {
    const result = await test.as(owner).bots.probe({ id: botId, platform: "napcat", connection: at(elsewhere) });
    expect(result).toMatchObject({ ok: false });
    expect(heard.length).toBeGreaterThan(0);
    expect(JSON.stringify(heard.map((request) => request.rawHeaders))).not.toContain(token);
  });

  it("does not follow the bot to another address: it has to be typed again", async () => {
    const edit = { id: botId, name: await nameOf(), connection: at(elsewhere) };
    await expect(test.as(owner).bots.update(edit)).rejects.toMatchObject({
      cause: { code: "invalid_input", detail: { field: "token" } },
    });
    const kept = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
    expect(kept.connection).toEqual(at(napcat.httpUrl));
    expect(heard).toEqual([]);
  });

  it("is kept by an edit that leads nowhere else", async () => {
    await test.as(owner).bots.update({ id: botId, name: `new ${uuid()}`, connection: at(napcat.httpUrl) });
    await test.as(owner).bots.update({ id: botId, name: `new ${uuid()}`, connection: { transport: "reverse" } });
    expect((await test.as(owner).bots.get({ id: botId })).hasToken).toBe(true);
  });

  it("that was sealed under another key is said to be unreadable", async () => {
    await store.database.bot.update({ where: { id: botId }, data: { sealed: new Uint8Array(64) } });
    const probe = test.as(owner).bots.probe({ id: botId, platform: "napcat", connection: at(napcat.httpUrl) });
    await expect(probe).rejects.toMatchObject({ cause: { code: "credentials_unreadable" } });
  });
});

describe("what an operator without bots.manage sees of a bot", () => {
  it("is not where it is reached", async () => {
    const moderator = await test.operator("moderator", botId);
    const { host } = new URL(napcat.httpUrl);
    const refused = { level: "error", code: "connect_failed", detail: { error: "destination_refused", host } };
    await store.database.botEvent.create({ data: { id: uuid(), botId, ...refused } });
    const seen = await test.as(moderator).bots.get({ id: botId });
    expect(seen.connection).toBeNull();
    const { items } = await test.as(moderator).bots.log({ id: botId });
    expect(items.map((item) => item.detail)).toContainEqual({ error: "destination_refused" });
    expect(JSON.stringify({ seen, items })).not.toContain(host);
    const whole = await test.as(owner).bots.log({ id: botId });
    expect(whole.items.map((item) => item.detail)).toContainEqual(refused.detail);
  });
});

describe("a bot that is removed", () => {
  it("takes its requests with it, and leaves the record as it was", async () => {
    const about = { botId, requestId: uuid() };
    await store.database.request.create({
      data: {
        id: about.requestId,
        botId,
        kind: "friend",
        key: "k",
        applicantId: "1",
        handle: {},
        raw: {},
        answers: {},
      },
    });
    await test.as(owner).requests.note({ id: about.requestId, text: "seen" });
    await test.as(owner).bots.remove({ id: botId, name: await nameOf() });
    expect(await store.database.request.count({ where: { botId } })).toBe(0);
    const { items } = await test.as(owner).audit.list({ botId });
    expect(items.map((item) => [item.action, item.outcome])).toEqual([
      ["bots.remove", "OK"],
      ["requests.note", "OK"],
    ]);
  });
});
