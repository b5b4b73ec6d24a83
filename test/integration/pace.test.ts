import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let first: TestDesk;
let second: TestDesk;
let napcat: Napcat;
let owner: Actor;
let botId: string;
let nextPerson = 980_000;
const groupId = "881000";
const gapMs = 120;
/** Timers may fire a little before their time. */
const earlyMs = 2;

beforeAll(async () => {
  store = await createTestDatabase();
  // With the bots' own gaps, unlike other tests.
  first = await startDesk(store.url, { pace: {} });
  second = await startDesk(store.url, { pace: {} });
  owner = await first.operator("owner", null, "Ada");
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
  botId = await first.connect(napcat);
  await until(second.desk, async () => second.desk.connections.isConnected(botId) || undefined);
});
afterAll(async () => {
  await Promise.all([first.stop(), second.stop()]);
  await napcat.close();
  await store.drop();
});

async function pace(writeGapMs: number): Promise<void> {
  const { name, connection } = await first.as(owner).bots.get({ id: botId });
  await first.as(owner).bots.update({ id: botId, name, connection: { ...Object(connection) }, writeGapMs });
}

async function arrive(count: number) {
  const asked = Array.from({ length: count }, () => {
    nextPerson += 1;
    return napcat.inbox.arriveJoin({ userId: String(nextPerson), nickname: "访客", groupId });
  });
  const ids = asked.map((each) => each.userId);
  return await until(first.desk, async () => {
    const { items } = await first.as(owner).requests.list({ botId, state: "waiting", limit: 100 });
    const found = items.filter((item) => ids.includes(item.applicantId));
    return found.length === count ? found.map(({ id, version }) => ({ id, version })) : undefined;
  });
}

/** Approves them in one batch, and answers the times between the calls once all are confirmed. */
async function approve(items: { id: string; version: number }[]): Promise<number[]> {
  const before = napcat.calls.of("set_group_add_request").length;
  const id = uuid();
  await first.as(owner).batches.start({ id, verb: "approve", items });
  await until(first.desk, async () => {
    const { counts } = await first.as(owner).batches.get({ id });
    return counts.confirmed === items.length || undefined;
  });
  const times = napcat.calls.of("set_group_add_request").map((call) => call.at);
  expect(times).toHaveLength(before + items.length);
  return times.slice(before + 1).map((at, index) => at - (times[before + index] ?? 0));
}

describe("the pace of a bot", () => {
  it("is its own, 400 ms where nobody chose, and stays on an edit that does not name it", async () => {
    expect((await first.as(owner).bots.get({ id: botId })).writeGapMs).toBe(400);
    await pace(gapMs);
    const { name, connection } = await first.as(owner).bots.get({ id: botId });
    await first.as(owner).bots.update({ id: botId, name, connection: { ...Object(connection) } });
    expect((await first.as(owner).bots.list()).map((bot) => bot.writeGapMs)).toEqual([gapMs]);
    await expect(pace(60_001)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(pace(-1)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("has parallel reads and writes of its own, within bounds, and a platform's where nobody chose", async () => {
    const { name, connection, ...before } = await first.as(owner).bots.get({ id: botId });
    expect(before).toMatchObject({ readLimit: 4, writeLimit: 1 });
    const edit = (pace: object) =>
      first.as(owner).bots.update({ id: botId, name, connection: { ...Object(connection) }, ...pace });
    await edit({ readLimit: 2, writeLimit: 3 });
    expect(await first.as(owner).bots.get({ id: botId })).toMatchObject({ readLimit: 2, writeLimit: 3 });
    await first.desk.connections.refresh(botId);
    expect(first.desk.connections.writeLimit(botId)).toBe(3);
    await expect(edit({ readLimit: 0 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(edit({ writeLimit: 5 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await edit({ readLimit: 4, writeLimit: 1 });
  });

  it("is changed without a new connection, and kept by two instances as by one", async () => {
    const connections = () => store.database.botEvent.count({ where: { botId, code: "connecting" } });
    await pace(0);
    const before = await connections();
    expect(before).toBeGreaterThan(0);
    await pace(gapMs);
    await Promise.all([first, second].map((test) => test.desk.connections.refresh(botId)));
    const gaps = await approve(await arrive(8));
    expect(gaps).toHaveLength(7);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(gapMs - earlyMs);
    expect(await connections()).toBe(before);
  });

  it("goes on under another instance when the one that spoke for the bot is gone", async () => {
    const holders = async () => (await store.database.bot.findUniqueOrThrow({ where: { id: botId } })).connectedBy;
    const both = await until(second.desk, async () => ((await holders()).length === 2 ? await holders() : undefined));
    const speaker = both[0] === first.desk.bus.instance ? first : second;
    const other = speaker === first ? second : first;
    const items = await arrive(3);
    await speaker.stop();
    const id = uuid();
    await other.as(owner).batches.start({ id, verb: "approve", items });
    await until(other.desk, async () => {
      const { counts } = await other.as(owner).batches.get({ id });
      return counts.confirmed === 3 || undefined;
    });
    if (speaker === first) first = await startDesk(store.url, { pace: {} });
    else second = await startDesk(store.url, { pace: {} });
  });
});

describe("two instances on one batch", () => {
  it("decide each of its requests once", { timeout: 60_000 }, async () => {
    await pace(0);
    const items = await arrive(40);
    await approve(items);
    const requestId = { in: items.map((item) => item.id) };
    expect(await store.database.decision.count({ where: { requestId } })).toBe(40);
    const events = await store.database.auditEvent.findMany({
      where: { requestId, action: "requests.decide" },
      include: { outcome: true },
    });
    expect(events).toHaveLength(40);
    expect(new Set(events.map((event) => event.outcome?.outcome))).toEqual(new Set(["OK"]));
  });
});
