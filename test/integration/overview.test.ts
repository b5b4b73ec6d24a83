import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

let store: TestDatabase;
let test: TestDesk;
let everywhere: Actor;
let ofOne: Actor;
const [front, back] = [uuid(), uuid()];
/** Its hours begin at a quarter past or so of everybody else's. */
const zone = "Asia/Kathmandu";
/** Where midnight does not come while the test runs: it is not just before it there. */
const dayZone = new Date().getUTCHours() === 18 ? "America/Bogota" : zone;
/** The database's clock, and the beginning of its day in that zone. */
let now: Date;
let day: Date;

const past = (seconds: number, of = now) => new Date(of.getTime() - seconds * 1_000);
const minute = 60;
const hour = 60 * minute;

interface Asked {
  botId?: string;
  ago: number;
  state?: string;
  groupId?: string;
  snoozedUntil?: Date;
}

async function ask({ botId = front, ago, state = "waiting", groupId, snoozedUntil }: Asked): Promise<string> {
  const id = uuid();
  await store.database.request.create({
    data: {
      ...{ id, botId, state, key: id, applicantId: id, handle: {}, raw: {}, answers: {} },
      ...{ kind: groupId ? "group_join" : "friend", arrivedAt: past(ago) },
      ...(groupId ? { groupId, groupName: `name of ${groupId}` } : {}),
      ...(snoozedUntil ? { snoozedUntil } : {}),
    },
  });
  return id;
}

/** A decision `took` seconds after the request's arrival, made at `at`. */
async function decide(
  { id: actorId, name }: Actor,
  { at = now, took = 0, state = "confirmed", verb = "approve", botId = front, previousState = "waiting" } = {},
): Promise<void> {
  const requestId = await ask({ botId, ago: (now.getTime() - at.getTime()) / 1_000 + took, state: "confirmed" });
  await store.database.decision.create({
    data: {
      requestId,
      verb,
      state,
      actor: {},
      actorId,
      actorName: name,
      correlationId: uuid(),
      createdAt: at,
      previousState,
    },
  });
}

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  const connection = { transport: "http", httpUrl: "http://127.0.0.1:9" };
  const base = { platform: "napcat", connection, isEnabled: false };
  await store.database.bot.createMany({
    data: [
      { id: front, name: "Front", ...base },
      { id: back, name: "Back", ...base },
    ],
  });
  everywhere = await test.operator("moderator", null, "Mei");
  ofOne = await test.operator("moderator", front, "Tom");
  const [clock] = await store.database.$queryRaw<{ now: Date; day: Date }[]>`
    SELECT clock_timestamp() AS "now", date_trunc('day', now() AT TIME ZONE ${dayZone}) AT TIME ZONE ${dayZone} AS "day"`;
  if (!clock) throw new Error("no clock");
  ({ now, day } = clock);
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

describe("the overview", () => {
  it("says what needs a person, as the queue does under the same filters", async () => {
    await ask({ ago: 10 * minute });
    await ask({ ago: 2 * hour });
    await ask({ ago: 30 * hour, botId: back });
    await ask({ ago: 200 * hour });
    await ask({ ago: hour, snoozedUntil: new Date(now.getTime() + 3_600_000) });
    await ask({ ago: hour, state: "failed" });
    await ask({ ago: hour, state: "unknown", botId: back });
    await ask({ ago: hour, state: "confirmed" });
    const all = await test.as(everywhere).overview.pressing();
    expect(all).toEqual({
      ...{ waiting: 4, older: { hour: 3, day: 2, week: 1 }, oldestAt: past(200 * hour) },
      ...{ unknown: 1, failed: 1, later: 1 },
    });
    expect(await test.as(ofOne).overview.pressing()).toMatchObject({ waiting: 3, failed: 1, unknown: 0, later: 1 });
    const { states, later } = await test.as(everywhere).requests.counts({});
    const aged = await test.as(everywhere).requests.counts({ state: "waiting" });
    expect([states.waiting, states.failed, states.unknown, later]).toEqual([
      all.waiting,
      all.failed,
      all.unknown,
      all.later,
    ]);
    expect(aged.ages).toEqual(all.older);
  });

  it("names the bots that cannot work, and not those that are not meant to", async () => {
    const bots = await Promise.all(
      [
        { name: "Working", isConnected: true, isOnline: true },
        { name: "Fallen", isConnected: true, isOnline: false, onlineAt: past(hour) },
        { name: "Gone", lastError: "signed_out_there", lastErrorAt: now, connectedAt: past(2 * hour) },
        { name: "Cut", lastError: "connection_lost", lastErrorAt: now, connectedAt: past(minute) },
        { name: "Resting", isEnabled: false },
      ].map(({ name, ...rest }) =>
        // Of a platform that the desk does not know, so that it leaves them as they are.
        store.database.bot.create({ data: { name, platform: "none", connection: {}, ...rest } }),
      ),
    );
    const lame = await test.as(everywhere).overview.bots();
    expect(lame.map(({ name, is, error }) => [name, is, error])).toEqual([
      ["Gone", "signedOut", "signed_out_there"],
      ["Fallen", "offline", null],
      ["Cut", "down", "connection_lost"],
    ]);
    expect(await test.as(ofOne).overview.bots()).toEqual([]);
    await store.database.bot.deleteMany({ where: { id: { in: bots.map(({ id }) => id) } } });
  });

  it("counts the day's decisions by operator and outcome, and how long people waited", async () => {
    await decide(everywhere, { took: 10 });
    await decide(everywhere, { took: 20, state: "failed", verb: "deny" });
    await decide(everywhere, { took: 30, state: "sent", botId: back });
    await decide(everywhere, { took: 5_000, previousState: "failed" });
    await decide(everywhere, { took: 5_000, state: "cancelled" });
    await decide(ofOne, { took: 40, state: "held", verb: "ignore" });
    // The day before, by a moment.
    await decide(ofOne, { at: past(1, day), took: 9_999 });
    const [all, first, second, ...rest] = await test.as(everywhere).overview.decided({ zone: dayZone });
    expect(rest).toEqual([]);
    expect(all).toMatchObject({
      ...{ operatorId: null, name: null, total: 5 },
      outcomes: { underWay: 1, sent: 1, confirmed: 2, failed: 1, unknown: 0 },
      verbs: { approve: 3, deny: 1, ignore: 1 },
    });
    expect(all?.medianSeconds).toBeCloseTo(25, 1);
    expect(all?.p90Seconds).toBeCloseTo(37, 1);
    expect([first, second].map((one) => [one?.operatorId, one?.name, one?.total])).toEqual([
      [everywhere.id, "Mei", 4],
      [ofOne.id, "Tom", 1],
    ]);
    const [seen] = await test.as(ofOne).overview.decided({ zone: dayZone });
    expect(seen).toMatchObject({ total: 4, outcomes: { sent: 0 } });
  });

  it("counts arrivals by the hour, by bot and by group, in a zone whose hours begin at a quarter to", async () => {
    await store.database.request.deleteMany();
    await ask({ ago: 0 });
    await ask({ ago: 0, groupId: "g1" });
    await ask({ ago: 5 * hour, groupId: "g1", botId: back });
    await ask({ ago: 5 * hour, groupId: "g2", botId: back });
    await ask({ ago: 5 * hour, groupId: "g2", botId: back });
    await ask({ ago: 100 * hour });
    const { from, hours, bots, groups } = await test.as(everywhere).overview.arrivals({ zone, span: "day" });
    expect(from.getUTCMinutes()).toBe(15);
    const at = (ago: number) => Math.floor((past(ago).getTime() - from.getTime()) / 3_600_000);
    expect(hours).toHaveLength(24);
    expect(hours.flatMap((count, index) => (count > 0 ? [[index, count]] : []))).toEqual([
      [at(5 * hour), 3],
      [at(0), 2],
    ]);
    expect(bots.map(({ name, count }) => [name, count])).toEqual([
      ["Back", 3],
      ["Front", 2],
    ]);
    expect(groups).toEqual([
      { botId: back, botName: "Back", groupId: "g2", name: "name of g2", count: 2 },
      { botId: front, botName: "Front", groupId: "g1", name: "name of g1", count: 1 },
      { botId: back, botName: "Back", groupId: "g1", name: "name of g1", count: 1 },
    ]);
    const week = await test.as(ofOne).overview.arrivals({ zone, span: "week" });
    expect(week.hours).toHaveLength(168);
    expect(week.hours.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(week.bots.map(({ id }) => id)).toEqual([front]);
    expect(week.groups.map(({ botId }) => botId)).toEqual([front]);
  });

  it.each(["+08:00", "Nowhere/Land", "", "UTC'; --"])("refuses %s as a zone", async (strange) => {
    await expect(test.as(everywhere).overview.decided({ zone: strange })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});
