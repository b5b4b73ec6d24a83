import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { requestKinds } from "@/lib/request";
import { openBus } from "@/server/db/bus";
import { readClock } from "@/server/desk/clock";
import { fillGap } from "@/server/desk/gap";
import { unsureOf } from "@/server/gateway/gap";
import { leaveHold, sweepHolds, takeHold } from "@/server/gateway/hold";
import { Truths } from "@/server/gateway/truth";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { KillableDesk } from "../killable-desk";
import { makeBot } from "../procedure-inputs";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let owner: Actor;
let botId: string;
let nextPerson = 700_000;
const groupId = "880300";
const nothing = { arrived: 0, elsewhere: 0, expired: 0 };

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  owner = await test.operator("owner");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
});
afterEach(async () => {
  await store.database.bot.deleteMany();
  await test.desk.connections.refreshAll();
  await napcat.close();
});

const stranger = () => ({ userId: String(++nextPerson), nickname: "访客" });
const hourAgo = () => Math.floor(Date.now() / 1000) - 3_600;
const gaps = (desk = test) => desk.as(owner).bots.gaps({ id: botId });

/** Waits until the newest gap looks as wanted. */
function newest(isWanted: (gap: Awaited<ReturnType<typeof gaps>>[number]) => boolean, desk = test) {
  return until(desk.desk, async () => {
    const [gap] = await gaps(desk);
    return gap && isWanted(gap) ? gap : undefined;
  });
}

const arrived = (applicantId: string, state: string) =>
  until(
    test.desk,
    async () => (await store.database.request.findFirst({ where: { botId, applicantId, state } })) ?? undefined,
  );

/** Connected, and everything there is was read once. */
async function connect(): Promise<void> {
  botId = await test.connect(napcat);
  await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
}

async function lose(): Promise<void> {
  await napcat.refuse();
  await newest((gap) => gap.endAt === null);
}

describe("a gap in a bot's connection", () => {
  it("reports what came meanwhile, what was decided elsewhere, what was fetched, and what nobody can know", async () => {
    // Older than the gap: it shows how far the list goes back.
    napcat.inbox.arriveJoin({ ...stranger(), groupId, second: hourAgo() });
    await connect();
    const known = napcat.inbox.arriveJoin({ ...stranger(), groupId });
    const left = napcat.inbox.arriveFiltered(stranger());
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    await Promise.all([arrived(known.userId, "waiting"), arrived(left.userId, "waiting")]);
    expect(await gaps()).toEqual([]);

    await lose();
    napcat.inbox.decideGroup(known, true);
    napcat.inbox.filtered.splice(0);
    napcat.inbox.arriveJoin({ ...stranger(), groupId });
    napcat.inbox.decideGroup(napcat.inbox.arriveJoin({ ...stranger(), groupId }), false, "10002");
    napcat.inbox.arriveInvite({ ...stranger(), groupId: "880301", groupName: "别的群" });
    napcat.inbox.arriveFiltered(stranger());
    napcat.inbox.arriveFriend(stranger());
    napcat.inbox.arriveMemberInvite({ ...stranger(), groupId });
    await napcat.accept();

    const gap = await newest(({ readAt }) => readAt !== null);
    expect(gap.found).toEqual({
      ...{ arrived: 3, elsewhere: 2, expired: 1 },
      fetched: ["filtered_friend", "group_join", "group_invite"],
      partial: [],
      unknown: ["friend", "member_invite"],
    });
    expect(gap.error).toBeNull();
    expect(Number(gap.startAt)).toBeLessThanOrEqual(Number(gap.endAt));
    expect(Number(gap.endAt)).toBeLessThanOrEqual(Number(gap.readAt));
    await arrived(known.userId, "elsewhere");
  });

  it("says of a list that does not surely go back so far that some may have been missed", async () => {
    await connect();
    await lose();
    napcat.inbox.arriveJoin({ ...stranger(), groupId });
    await napcat.accept();
    const gap = await newest(({ readAt }) => readAt !== null);
    expect(gap.found).toMatchObject({
      ...{ ...nothing, arrived: 1 },
      ...{ fetched: ["filtered_friend"], partial: ["group_join", "group_invite"] },
    });
  });

  it("says of a list that cannot be read that some may have been missed, and counts what the others show", async () => {
    napcat.inbox.arriveJoin({ ...stranger(), groupId, second: hourAgo() });
    await connect();
    await lose();
    napcat.inbox.arriveJoin({ ...stranger(), groupId });
    napcat.faults.failNext("get_doubt_friends_add_request", "不行");
    await napcat.accept();
    const gap = await newest(({ readAt }) => readAt !== null);
    expect(gap.found).toMatchObject({
      ...{ ...nothing, arrived: 1 },
      ...{ fetched: ["group_join", "group_invite"], partial: ["filtered_friend"] },
    });
  });

  it("whose lists cannot be read says why, and is completed by the next reading", async () => {
    await connect();
    await lose();
    const lists = ["get_group_system_msg", "get_group_ignore_add_request", "get_doubt_friends_add_request"];
    for (const list of lists) napcat.faults.failNext(list, "不行");
    napcat.inbox.arriveJoin({ ...stranger(), groupId });
    await napcat.accept();
    expect(await newest(({ error }) => error !== null)).toMatchObject({
      ...{ error: "platform_refused", readAt: null, found: null },
      endAt: expect.any(Date),
    });
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    expect(await newest(({ readAt }) => readAt !== null)).toMatchObject({ error: null, found: { arrived: 1 } });
  });

  it("that was over for too short a time to read anything says so; the next one finds what came in both", async () => {
    await connect();
    const held = napcat.faults.hold("get_group_system_msg", "before");
    await lose();
    napcat.inbox.arriveJoin({ ...stranger(), groupId });
    await napcat.accept();
    await held.call;
    await lose();
    napcat.inbox.arriveJoin({ ...stranger(), groupId });
    held.release();
    await napcat.accept();
    await newest(({ readAt }) => readAt !== null);
    expect((await gaps()).map(({ error, found }) => [error, found?.arrived])).toEqual([
      [null, 2],
      [expect.stringMatching(/^(connection_lost|not_connected)$/), undefined],
    ]);
  });

  it("of a bot that was switched off is one, too", async () => {
    await connect();
    await test.as(owner).bots.setEnabled({ id: botId, isEnabled: false });
    await newest((gap) => gap.endAt === null);
    napcat.inbox.arriveFiltered(stranger());
    await test.as(owner).bots.setEnabled({ id: botId, isEnabled: true });
    expect(await newest(({ readAt }) => readAt !== null)).toMatchObject({ found: { arrived: 1 } });
  });

  it("is nobody's who may not see the bot", async () => {
    await connect();
    const elsewhere = await test.operator("moderator", (await makeBot(store.database)).botId);
    await expect(test.as(elsewhere).bots.gaps({ id: botId })).rejects.toThrow("not_found");
  });
});

describe("several instances", () => {
  it("have no gap as long as one of them holds on, and one gap when none does", async () => {
    await connect();
    const second = await startDesk(store.url);
    const both = async () =>
      (await store.database.bot.findFirst({ where: { id: botId } }))?.connectedBy.length === 2 || undefined;
    await until(second.desk, both);
    await second.stop();
    expect(await gaps()).toEqual([]);

    const third = await startDesk(store.url);
    await until(third.desk, both);
    // It says that it held on, before both break off: the third may doubt that until it is told.
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    await lose();
    expect(await gaps()).toHaveLength(1);
    const asked = Array.from({ length: 30 }, () => napcat.inbox.arriveJoin({ ...stranger(), groupId }));
    await napcat.accept();
    await until(third.desk, both);
    // Each of the two reads and stores some of them; together they count each once.
    await Promise.all([test, third].map(({ desk }) => desk.poller.poll({ id: botId, name: "", platform: "napcat" })));
    expect(await newest((gap) => gap.found?.arrived === asked.length)).toMatchObject({ error: null });
    expect(await gaps()).toHaveLength(1);
    await third.stop();
  });

  it("that take a living one for dead have noted no gap once it speaks up", async () => {
    await connect();
    await store.database.$transaction((tx) => sweepHolds(tx, []));
    expect(await gaps()).toMatchObject([{ endAt: null }]);
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    expect(await gaps()).toEqual([]);
  });

  it("that was taken for dead has noted no gap, however long its word waited at the database", async () => {
    const begunAt = Date.now();
    const { id } = await store.database.bot.create({ data: { name: "Waited", platform: "napcat", connection: {} } });
    const truths = new Truths(store.database, async () => undefined, createLogger("silent"), 3);
    const told = () => truths.told(id, AbortSignal.timeout(30_000));
    truths.connected(id, true);
    await told();
    await store.database.$transaction((tx) => sweepHolds(tx, []));
    const { startAt } = await store.database.botGap.findFirstOrThrow({ where: { botId: id } });
    await store.database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Bot" WHERE "id" = ${id}::uuid FOR UPDATE`;
      truths.restate(id);
      const isWaiting = async () =>
        (
          await store.database.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity
            WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`
        ).length > 0;
      while (!(await isWaiting()));
      // Longer than from the connection to the gap: a duration that was counted from now would end behind its beginning.
      const lockedAt = Date.now();
      while (Date.now() - lockedAt <= Number(startAt) - begunAt) await readClock(tx);
    });
    await told();
    expect(await store.database.botGap.count({ where: { botId: id } })).toBe(0);
  });

  describe("of which one may be gone without a word", () => {
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    let id: string;
    const change = (how: typeof takeHold, instance: number, ms: number) =>
      store.database.$transaction((tx) => how(tx, id, instance, new Date(Date.now() - ms)));
    const shown = () => test.as(owner).bots.gaps({ id });
    const kept = () => store.database.botGap.count({ where: { botId: id } });

    /** The first was heard a minute ago; the second connects now. */
    beforeEach(async () => {
      const made = { name: `Doubt ${stranger().userId}`, platform: "napcat", connection: {}, isEnabled: false };
      id = (await store.database.bot.create({ data: made })).id;
      await change(takeHold, 1, 120_000);
      await store.database.bot.update({ where: { id }, data: { connectedAt: ago(120), lastActAt: ago(60) } });
      expect(await change(takeHold, 2, 0)).toBe("doubtful");
      expect([await shown(), await kept()]).toEqual([[], 1]);
    });

    it("there was a gap once it is known to be gone, since it was last heard", async () => {
      const reading = { list: { arrivals: [], complete: [], reach: {}, unlisted: [] }, results: [], since: new Date() };
      await fillGap(store.database, id, reading);
      expect(await shown()).toEqual([]);
      await store.database.$transaction((tx) => sweepHolds(tx, [2]));
      const [gap] = await shown();
      expect(gap).toMatchObject({ found: { ...nothing, partial: requestKinds }, endAt: expect.any(Date) });
      expect(Number(gap?.startAt)).toBeLessThanOrEqual(Number(ago(60)));
    });

    it("what the next one hears before it holds the bot is no sign of life of the one before", async () => {
      const truths = new Truths(store.database, async () => undefined, createLogger("silent"), 3);
      const heard = async () => {
        truths.event(id);
        await truths.told(id, AbortSignal.timeout(30_000));
        return (await store.database.bot.findUniqueOrThrow({ where: { id } })).lastEventAt;
      };
      expect(await heard()).toBeNull();
      await store.database.$transaction((tx) => sweepHolds(tx, []));
      expect(await heard()).not.toBeNull();
      const [gap] = await shown();
      expect(Number(gap?.startAt)).toBeLessThanOrEqual(Number(ago(60)));
    });

    it("there was none when it says that it held on", async () => {
      expect(await change(takeHold, 1, 120_000)).toBe("unchanged");
      expect(await kept()).toBe(0);
    });

    it("there was none when it leaves later with a word, and one when its connection had been dead already", async () => {
      await change(leaveHold, 1, 0);
      expect(await kept()).toBe(0);
      await store.database.bot.update({ where: { id }, data: { connectedAt: ago(120), lastActAt: ago(60) } });
      await change(takeHold, 3, 0);
      await change(leaveHold, 2, 30_000);
      const [gap] = await shown();
      expect(Number(gap?.startAt)).toBeGreaterThan(Number(ago(60)));
    });
  });

  it("that join one that lives note no gap", async () => {
    await connect();
    await store.database.bot.update({
      where: { id: botId },
      data: { connectedAt: new Date(0), lastActAt: new Date(0), lastEventAt: new Date() },
    });
    const second = await startDesk(store.url);
    await until(second.desk, async () => second.desk.connections.isConnected(botId) || undefined);
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    await second.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    expect(await store.database.botGap.count({ where: { botId } })).toBe(0);
    await second.stop();
  });

  it("that come and go note the gap of the last that leaves, from when it last heard something", async () => {
    const { id } = await store.database.bot.create({ data: { name: "Nobody's", platform: "napcat", connection: {} } });
    const change = (how: typeof takeHold, instance: number, ms: number) =>
      store.database.$transaction((tx) => how(tx, id, instance, new Date(Date.now() - ms)));
    const rows = async () => {
      const all = await store.database.botGap.findMany({ where: { botId: id }, orderBy: { id: "asc" } });
      return all.filter(({ found }) => unsureOf(found).length === 0);
    };
    await change(leaveHold, 1, 0);
    expect(await rows()).toEqual([]);
    await change(takeHold, 1, 0);
    await change(takeHold, 2, 0);
    await change(leaveHold, 1, 0);
    expect(await rows()).toEqual([]);
    const before = Date.now();
    await Promise.all([change(leaveHold, 2, 90_000), change(leaveHold, 2, 90_000)]);
    const [gap, ...more] = await rows();
    expect(more).toEqual([]);
    expect(Number(gap?.startAt)).toBeGreaterThanOrEqual(before - 90_000);
    expect(Number(gap?.startAt)).toBeLessThanOrEqual(Date.now() - 90_000);
    await Promise.all([change(takeHold, 1, 0), change(takeHold, 2, 0)]);
    expect(await rows()).toMatchObject([{ id: gap?.id, endAt: expect.any(Date) }]);
    // One leaves as another comes: whichever is first, no gap is left open.
    for (let round = 0; round < 10; round += 1) {
      const [here, there] = round % 2 === 0 ? [1, 2] : [2, 1];
      await Promise.all([change(leaveHold, here, 0), change(takeHold, there, 0), change(leaveHold, there, 0)]);
      await change(takeHold, there, 0);
      expect((await rows()).filter(({ endAt }) => endAt === null)).toEqual([]);
    }
  });
});

describe("a desk that ends", () => {
  it.each(["stop", "kill"] as const)(
    "by %s leaves a gap until the next one is connected",
    async (end) => {
      // A database of their own: the other desk here would go on holding the bot.
      const lone = await createTestDatabase();
      const desk = await KillableDesk.start(lone.url);
      const bus = await openBus(lone.url, createLogger("silent"));
      botId = await desk.connect(napcat);
      const seen = napcat.inbox.arriveFriend(stranger());
      await until({ bus }, async () => {
        // Who is killed before it is on the record as the holder has held nothing.
        const { lastEventAt, isConnected } = await lone.database.bot.findUniqueOrThrow({ where: { id: botId } });
        const isKnown = isConnected && lastEventAt !== null;
        return (isKnown && (await lone.database.request.count({ where: { applicantId: seen.userId } }))) || undefined;
      });
      const before = Date.now();
      await desk[end]();
      const asked = napcat.inbox.arriveJoin({ ...stranger(), groupId });
      const next = await startDesk(lone.url);
      const reader = await next.operator("owner");
      const gap = await until(next.desk, async () => {
        const [latest] = await next.as(reader).bots.gaps({ id: botId });
        return latest?.readAt ? latest : undefined;
      });
      expect(await next.as(reader).bots.gaps({ id: botId })).toHaveLength(1);
      expect(gap.found).toMatchObject({ arrived: 1, unknown: ["friend", "member_invite"] });
      // Whoever was killed said nothing any more: the gap begins at its last sign of life.
      if (end === "kill") expect(Number(gap.startAt)).toBeLessThanOrEqual(before);
      else expect(Number(gap.startAt)).toBeGreaterThanOrEqual(before);
      expect(await lone.database.request.count({ where: { applicantId: asked.userId } })).toBe(1);
      await next.stop();
      await bus.close();
      await lone.drop();
    },
    60_000,
  );
});
