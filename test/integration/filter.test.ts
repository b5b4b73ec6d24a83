import { TRPCError } from "@trpc/server";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { RequestKind, RequestState } from "@/lib/request";
import { toWire } from "@/server/api/trpc";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let mei: Actor;
let tom: Actor;
let botId: string;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  mei = await test.operator("moderator", null, "Mei");
  tom = await test.operator("moderator", null, "Tom");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  await store.database.request.deleteMany();
  await store.database.bot.deleteMany();
  botId = await bot();
});

async function bot(): Promise<string> {
  const id = uuid();
  const connection = { transport: "http", httpUrl: "http://127.0.0.1:9" };
  await store.database.bot.create({ data: { id, name: id, platform: "napcat", connection, isEnabled: false } });
  return id;
}

interface Made {
  kind?: RequestKind;
  state?: RequestState;
  bot?: string;
  applicantId?: string;
  searchText?: string;
  hoursAgo?: number;
}

async function make({ bot = botId, hoursAgo = 0, applicantId = "10001", ...rest }: Made = {}): Promise<string> {
  const id = uuid();
  const answers = { approve: true, deny: true, takesReason: true };
  const data = { id, botId: bot, kind: "friend", key: id, applicantId, handle: {}, raw: {}, answers, ...rest };
  await store.database.request.create({ data });
  await store.database.$executeRaw`
    UPDATE "Request" SET "arrivedAt" = now() - make_interval(hours => ${hoursAgo}::int) WHERE "id" = ${id}::uuid`;
  return id;
}

type Input = Parameters<ReturnType<TestDesk["as"]>["requests"]["list"]>[0];
const list = async (input: Input = {}, actor = mei) =>
  (await test.as(actor).requests.list(input)).items.map((item) => item.id);
const counts = (input: Parameters<ReturnType<TestDesk["as"]>["requests"]["counts"]>[0] = {}, actor = mei) =>
  test.as(actor).requests.counts(input);
const soon = () => new Date(Date.now() + 3_600_000);

async function code(call: Promise<unknown>) {
  try {
    await call;
    return null;
  } catch (cause) {
    if (!(cause instanceof TRPCError)) throw cause;
    return toWire(cause);
  }
}

describe("a page", () => {
  it("is newest first over all states and bots, and pages without a gap or a repeat", async () => {
    const other = await bot();
    const states: RequestState[] = ["waiting", "failed", "unknown", "held"];
    const made: string[] = [];
    for (let at = 0; at < 24; at += 1) {
      made.unshift(await make({ state: states[at % 4] ?? "waiting", bot: at % 3 === 0 ? other : botId }));
      await make({ state: "confirmed" });
    }
    for (const actor of [mei, await test.operator("moderator", botId)]) {
      const expected = actor === mei ? made : (await list({ limit: 100 })).filter((id) => made.includes(id));
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await test.as(actor).requests.list({ limit: 5, ...(cursor ? { cursor } : {}) });
        found.push(...page.items.map((item) => item.id));
        cursor = page.next ?? undefined;
      } while (cursor);
      const mine = await store.database.request.findMany({ where: { id: { in: expected } } });
      const inSight = new Set(mine.filter((row) => actor === mei || row.botId === botId).map((row) => row.id));
      expect(found).toEqual(expected.filter((id) => inSight.has(id)));
    }
  });

  it("stays as it was while newer ones wait, and says how many they are", async () => {
    const first = await make();
    const newest = await make();
    const seen = await list();
    const third = await make();
    await make({ state: "confirmed" });
    expect(await list({ since: newest })).toEqual(seen);
    expect(await test.as(mei).requests.arrived({ after: newest })).toEqual({ count: 1 });
    expect(await test.as(mei).requests.arrived({ after: newest, state: "all" })).toEqual({ count: 2 });
    expect(await list()).toEqual([third, newest, first]);
  });

  it("counts what arrived to a hundred and no further", async () => {
    const first = await make();
    const rows = Array.from({ length: 120 }, () => {
      const id = uuid();
      return { id, botId, kind: "friend", key: id, applicantId: "1", handle: {}, raw: {}, answers: {} };
    });
    await store.database.request.createMany({ data: rows });
    expect(await test.as(mei).requests.arrived({ after: first })).toEqual({ count: 100 });
  });
});

describe("the holder", () => {
  it("is who has the lease, else who it was handed to", async () => {
    const [free, leased, handed, both, over] = [await make(), await make(), await make(), await make(), await make()];
    await test.as(mei).requests.claim({ id: leased, tab: uuid() });
    await test.as(mei).requests.handOver({ id: handed, operatorId: mei.id });
    await test.as(mei).requests.handOver({ id: both, operatorId: mei.id });
    await test.as(tom).requests.claim({ id: both, tab: uuid() });
    await test.as(tom).requests.claim({ id: over, tab: uuid() });
    await store.database.$executeRaw`
      UPDATE "Claim" SET "expiresAt" = clock_timestamp() - interval '1 ms' WHERE "requestId" = ${over}::uuid`;
    expect(await list({ holder: "me" })).toEqual([handed, leased]);
    expect(await list({ holder: "others" })).toEqual([both]);
    expect(await list({ holder: "nobody" })).toEqual([over, free]);
    expect(await list({ holder: tom.id ?? "" })).toEqual([both]);
    expect(await list({ holder: "me" }, tom)).toEqual([both]);
    expect((await counts()).holders).toEqual({ me: 2, others: 1, nobody: 2 });
    expect(await counts({ holder: "me" }, tom)).toMatchObject({ mine: 1, holders: { me: 1, others: 2, nobody: 2 } });
    // A lease ends and the one it was handed to has it again: "mine" counts it once.
    expect((await counts()).mine).toBe(2);
  });
});

describe("handing over", () => {
  it("says by whom and why, and ends the giver's lease", async () => {
    const id = await make();
    const { token } = await test.as(mei).requests.claim({ id, tab: uuid() });
    const row = await test.as(mei).requests.handOver({ id, operatorId: tom.id, why: "你认识这个人" });
    expect(row.holder).toBeNull();
    expect(row.assignee).toMatchObject({ id: tom.id, name: "Tom", by: "Mei", why: "你认识这个人", isMine: false });
    expect(row.assignee?.at).toBeInstanceOf(Date);
    const late = test.as(mei).requests.decide({ id, version: 1, verb: "approve", token });
    expect(await code(late)).toMatchObject({ code: "claim_lost" });
    const back = await test.as(tom).requests.handOver({ id, operatorId: null });
    expect(back.assignee).toBeNull();
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "requests.handOver", requestId: id, actorId: mei.id },
      include: { outcome: true },
    });
    expect(event.outcome).toMatchObject({ before: { assignee: null }, after: { assignee: "Tom" } });
  });

  it("is refused to who may not decide there, is disabled, or is nobody", async () => {
    const id = await make();
    const elsewhere = await test.operator("moderator", await bot(), "Ann");
    const auditor = await test.operator("auditor", null, "Bea");
    const gone = await test.operator("moderator", null, "Cy");
    await store.database.operator.update({ where: { id: gone.id ?? "" }, data: { disabledAt: new Date() } });
    for (const who of [elsewhere, auditor, gone]) {
      expect(await code(test.as(mei).requests.handOver({ id, operatorId: who.id }))).toMatchObject({
        code: "cannot_take",
        detail: { name: who.name },
      });
    }
    expect(await code(test.as(mei).requests.handOver({ id, operatorId: uuid() }))).toMatchObject({
      code: "cannot_take",
    });
    const names = (await test.as(mei).requests.colleagues({ id })).map((colleague) => colleague.name);
    expect(names).toEqual(expect.arrayContaining(["Mei", "Tom"]));
    for (const name of ["Ann", "Bea", "Cy"]) expect(names).not.toContain(name);
    expect((await test.as(mei).requests.get({ id })).assignee).toBeNull();
  });

  it("knows who is here", async () => {
    const id = await make();
    const stream = (await test.as(tom).live({ tab: uuid() }))[Symbol.asyncIterator]();
    await stream.next();
    const colleagues = await test.as(mei).requests.colleagues({ id });
    expect(colleagues.find((one) => one.id === tom.id)).toMatchObject({ isHere: true });
    expect(colleagues.find((one) => one.id === mei.id)).toMatchObject({ isHere: false });
    await stream.return?.();
    await test.desk.presences.settled();
  });
});

describe("a snoozed request", () => {
  it("is out of everybody's open queue until it wakes, and is found under later", async () => {
    const [id, other] = [await make(), await make()];
    const row = await test.as(mei).requests.snooze({ id, until: soon() });
    expect(row).toMatchObject({ snoozedBy: "Mei" });
    for (const actor of [mei, tom]) {
      expect(await list({}, actor)).toEqual([other]);
      expect(await list({ set: "later" }, actor)).toEqual([id]);
      expect(await list({ set: "all" }, actor)).toEqual([other, id]);
      expect(await counts({}, actor)).toMatchObject({ later: 1, states: { waiting: 1 } });
    }
    await test.as(tom).requests.snooze({ id, until: null });
    expect(await list()).toEqual([other, id]);
    expect((await counts()).later).toBe(0);
  });

  it("wakes by time, and the screens hear of it", async () => {
    const id = await make();
    await test.as(mei).requests.snooze({ id, until: soon() });
    await store.database.$executeRaw`
      UPDATE "Request" SET "snoozedUntil" = clock_timestamp() - interval '1 ms' WHERE "id" = ${id}::uuid`;
    // Its time is over: it is back before anybody has swept.
    expect(await list()).toEqual([id]);
    const woken = until(test.desk, async () => {
      const row = await store.database.request.findUniqueOrThrow({ where: { id } });
      return row.snoozedUntil === null && row.snoozedBy === null ? true : undefined;
    });
    await test.desk.presences.tick();
    await woken;
  });

  it("wakes when it is decided, so that a decision that fails is not out of sight", async () => {
    const id = await make();
    await test.as(mei).requests.snooze({ id, until: soon() });
    await test.as(tom).requests.decide({ id, version: 1, verb: "approve" });
    expect(await list()).toEqual([id]);
    expect((await test.as(mei).requests.get({ id })).snoozedBy).toBeNull();
  });

  it("is an open one: what is closed is in sight, and cannot be put away", async () => {
    const id = await make();
    await test.as(mei).requests.decide({ id, version: 1, verb: "ignore" });
    await store.database.request.update({ where: { id }, data: { snoozedUntil: soon(), snoozedBy: "Mei" } });
    expect(await list({ state: "ignored" })).toEqual([id]);
    expect(await list({ state: "all", set: "later" })).toEqual([]);
    expect(await code(test.as(mei).requests.snooze({ id, until: soon() }))).toMatchObject({ code: "conflict" });
  });

  it("sleeps a minute at least and ninety days at most", async () => {
    const id = await make();
    for (const ms of [-3_600_000, 1_000, 91 * 86_400_000]) {
      const call = test.as(mei).requests.snooze({ id, until: new Date(Date.now() + ms) });
      expect(await code(call)).toMatchObject({ code: "invalid_input", fields: { until: expect.any(String) } });
    }
    expect((await test.as(mei).requests.get({ id })).snoozedUntil).toBeNull();
  });
});

describe("a skipped request", () => {
  it("is passed over by one operator alone, as often as they say so", async () => {
    const id = await make();
    await test.as(mei).requests.skip({ id, isSkipped: true });
    expect(await test.as(mei).requests.skip({ id, isSkipped: true })).toMatchObject({ isSkipped: true });
    expect(await list()).toEqual([id]);
    expect(await list({ skipped: "hide" })).toEqual([]);
    expect(await list({ skipped: "hide" }, tom)).toEqual([id]);
    expect((await counts({ skipped: "hide" })).states.waiting).toBe(0);
    expect((await counts({ skipped: "hide" }, tom)).states.waiting).toBe(1);
    expect((await test.as(tom).requests.get({ id })).isSkipped).toBe(false);
    await test.as(mei).requests.skip({ id, isSkipped: false });
    expect(await list({ skipped: "hide" })).toEqual([id]);
  });
});

describe("counts", () => {
  it("stand under the other filters, each leaving its own aside", async () => {
    const other = await bot();
    await make({ kind: "friend", hoursAgo: 2 });
    await make({ kind: "group_join", hoursAgo: 30 });
    await make({ kind: "group_join", bot: other, hoursAgo: 200 });
    await make({ kind: "group_join", state: "confirmed" });
    const all = await counts();
    expect(all.states).toMatchObject({ waiting: 3, confirmed: 1, failed: 0 });
    expect(all.kinds).toEqual({ friend: 1, filtered_friend: 0, group_join: 2, group_invite: 0 });
    expect(all.bots).toEqual({ [botId]: 2, [other]: 1 });
    expect(all.ages).toEqual({ hour: 3, day: 2, week: 1 });
    expect(all.cap).toBe(1_000);
    const joins = await counts({ kind: "group_join" });
    expect(joins.kinds).toEqual(all.kinds);
    expect(joins.states).toMatchObject({ waiting: 2, confirmed: 1 });
    expect(joins.bots).toEqual({ [botId]: 1, [other]: 1 });
    const old = await counts({ age: "day", botId });
    expect(old.ages).toEqual({ hour: 2, day: 1, week: 0 });
    expect(old.kinds).toMatchObject({ friend: 0, group_join: 1 });
    expect(old.bots).toEqual({ [botId]: 1, [other]: 1 });
    expect(await list({ age: "week" })).toHaveLength(1);
  });

  it("count only what the text finds", async () => {
    await make({ searchText: "南风知我意 10001" });
    await make({ searchText: "somebody 10002" });
    expect((await counts({ text: "南风" })).states.waiting).toBe(1);
    expect((await counts({ text: "100%" })).states.waiting).toBe(0);
  });

  it("tell a moderator of one bot nothing of another", async () => {
    await make({ bot: await bot() });
    const actor = await test.operator("moderator", botId);
    const seen = await counts({}, actor);
    expect(seen.bots).toEqual({ [botId]: 0 });
    expect(seen.states.waiting).toBe(0);
    expect(seen.holders).toEqual({ me: 0, nobody: 0, others: 0 });
  });

  it("agree with the list, whatever is asked for", async () => {
    const other = await bot();
    const kinds: RequestKind[] = ["friend", "group_join"];
    const states: RequestState[] = ["waiting", "failed", "confirmed"];
    for (let at = 0; at < 36; at += 1) {
      const id = await make({
        kind: kinds[at % 2] ?? "friend",
        state: states[at % 3] ?? "waiting",
        bot: at % 5 === 0 ? other : botId,
        hoursAgo: at * 7,
        searchText: at % 4 === 0 ? "fern" : "otter",
      });
      if (at % 7 === 0 && at % 3 !== 2) await test.as(at % 2 ? mei : tom).requests.claim({ id, tab: uuid() });
      if (at % 6 === 0) await test.as(mei).requests.handOver({ id, operatorId: tom.id });
      if (at % 9 === 0) await test.as(mei).requests.snooze({ id, until: soon() });
      if (at % 8 === 0) await test.as(mei).requests.skip({ id, isSkipped: true });
    }
    const filters: NonNullable<Input>[] = [
      {},
      { state: "all" },
      { kind: "friend", age: "day" },
      { holder: "others", set: "all" },
      { holder: "nobody", text: "otter", state: "all" },
      { skipped: "hide", set: "all", botId },
      { state: "failed", holder: "me" },
    ];
    for (const input of filters) {
      const found = await counts(input);
      const size = async (more: NonNullable<Input>) => (await list({ ...input, ...more, limit: 100 })).length;
      for (const kind of kinds) expect(found.kinds[kind]).toBe(await size({ kind }));
      for (const state of states) expect(found.states[state]).toBe(await size({ state }));
      for (const id of [botId, other]) expect(found.bots[id]).toBe(await size({ botId: id }));
      for (const holder of ["me", "nobody", "others"] as const)
        expect(found.holders[holder]).toBe(await size({ holder }));
      for (const age of ["hour", "day", "week"] as const) expect(found.ages[age]).toBe(await size({ age }));
      expect(found.later).toBe(await size({ set: "later" }));
    }
  });

  it("go no further than their cap", async () => {
    const rows = Array.from({ length: 1_100 }, () => {
      const id = uuid();
      return { id, botId, kind: "friend", key: id, applicantId: "1", handle: {}, raw: {}, answers: {} };
    });
    await store.database.request.createMany({ data: rows });
    const found = await counts();
    expect(found).toMatchObject({ states: { waiting: 1_000 }, kinds: { friend: 1_000 }, holders: { nobody: 1_000 } });
  });
});

describe("the applicant's history", () => {
  it("shows who refused them before, where, and why, on the bots in sight", async () => {
    const hidden = await makeBot(store.database);
    const deny = async (id: string, state: string) => {
      await test.as(tom).requests.decide({ id, version: 1, verb: "deny", reason: "广告" });
      await store.database.decision.updateMany({
        where: { requestId: id },
        data: { state, activeFor: null, platformText: "done" },
      });
      await store.database.request.update({ where: { id }, data: { state } });
    };
    const [before, failed, elsewhere] = [
      await make({ applicantId: "77" }),
      await make({ applicantId: "77" }),
      await make({ applicantId: "77", bot: hidden.botId }),
    ];
    await deny(before, "confirmed");
    await deny(failed, "failed");
    await deny(elsewhere, "confirmed");
    await test.as(mei).requests.note({ id: before, text: "又来了" });
    const id = await make({ applicantId: "77" });
    const later = await make({ applicantId: "77" });
    const detail = await test.as(mei).requests.get({ id });
    expect(detail).toMatchObject({ refusals: 2, refusedBefore: 2 });
    expect(detail.history.find((row) => row.requestId === before)).toMatchObject({
      verb: "deny",
      reason: "广告",
      decidedBy: "Tom",
      decisionState: "confirmed",
      platformText: "done",
      noteCount: 1,
    });
    const own = await test.operator("moderator", botId);
    expect(await test.as(own).requests.get({ id })).toMatchObject({ refusals: 1 });
    const { items } = await test.as(mei).requests.list({ state: "all" });
    const refused = Object.fromEntries(items.map((item) => [item.id, item.refusedBefore]));
    expect(refused).toMatchObject({ [before]: 0, [failed]: 1, [elsewhere]: 1, [id]: 2, [later]: 2 });
  });
});
