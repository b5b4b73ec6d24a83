import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { Recorder } from "@/server/audit/record";
import { signIn } from "@/server/auth/sign-in";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { addOperator, visitor } from "../people";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let owner: Actor;
let mine: Awaited<ReturnType<typeof makeBot>>;
let other: Awaited<ReturnType<typeof makeBot>>;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  owner = await test.operator("owner");
  mine = await makeBot(store.database);
  other = await makeBot(store.database);
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  await store.database.throttle.deleteMany();
});

const refusal = (actor: Actor, extra: object = {}) => ({
  ...{ correlationId: uuid(), actor, action: "requests.decide", risk: "write" as const, botId: mine.botId },
  ...extra,
});
const recorder = () => test.desk.recorder;
const listed = async (actorId: string | null) =>
  (await test.as(owner).audit.list(actorId === null ? {} : { actorId })).items.filter(
    (row) => row.outcome === "DENIED",
  );

/** Makes what stands in the record look a minute old: nothing may change it, so the clock of the question is moved. */
async function recordedEarlier(actor: Actor, seconds: number): Promise<string> {
  const at = new Date(Date.now() - seconds * 1_000);
  const id = uuid({ msecs: at.getTime() });
  await store.database.auditEvent.create({
    data: {
      ...{ id, at, correlationId: uuid(), actorKind: actor.kind, actorId: actor.id, actorName: actor.name },
      ...{ action: "requests.decide", risk: "write", botId: mine.botId },
      outcome: { create: { at, outcome: "DENIED", error: "forbidden", durationMs: 1 } },
    },
  });
  return id;
}

describe("the same refusal of the same actor", () => {
  it("within a minute is one row with a count, and each time can be read there", async () => {
    const actor = await test.operator("auditor");
    const events = [0, 1, 2].map((n) => refusal(actor, { requestId: uuid(), target: `Person ${n}` }));
    for (const event of events) await recorder().refuse(event, "forbidden");
    const rows = await listed(actor.id);
    expect(rows.map((row) => [row.target, row.repeats])).toEqual([["Person 0", 2]]);
    const detail = await test.as(owner).audit.get({ id: rows[0]?.id ?? "" });
    expect(detail.repeats).toBe(2);
    expect(
      detail.repeated.map(({ target, requestId, correlationId }) => ({ target, requestId, correlationId })),
    ).toEqual(
      events.slice(1).map(({ correlationId, ...event }) => ({
        target: Reflect.get(event, "target"),
        requestId: Reflect.get(event, "requestId"),
        correlationId,
      })),
    );
  });

  it("made by many calls at once is one row, in two instances too", async () => {
    const actor = await test.operator("auditor");
    const second = new Recorder(store.database, createLogger("silent"));
    const all = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? recorder() : second).refuse(refusal(actor), "forbidden"),
    );
    await Promise.all(all);
    expect((await listed(actor.id)).map((row) => row.repeats)).toEqual([39]);
  });

  it("is a new row once a minute has gone since the first, however often it came in between", async () => {
    const actor = await test.operator("auditor");
    const young = await recordedEarlier(actor, 55);
    await recorder().refuse(refusal(actor), "forbidden");
    expect((await listed(actor.id)).map((row) => [row.id, row.repeats])).toEqual([[young, 1]]);
    const late = await test.operator("auditor");
    const old = await recordedEarlier(late, 61);
    await recorder().refuse(refusal(late), "forbidden");
    await recorder().refuse(refusal(late), "forbidden");
    const rows = await listed(late.id);
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => [row.id === old, row.repeats])).toEqual([
      [false, 1],
      [true, 0],
    ]);
  });

  it.each([
    ["another action", { action: "requests.note" }, "forbidden"],
    ["another reason", {}, "not_found"],
    ["another bot", { botId: "other" }, "forbidden"],
    ["the whole desk", { botId: null }, "forbidden"],
  ] as const)("but of %s is another row", async (_name, extra, error) => {
    const actor = await test.operator("auditor");
    await recorder().refuse(refusal(actor), "forbidden");
    const botId = "botId" in extra && extra.botId === "other" ? { botId: other.botId } : {};
    await recorder().refuse(refusal(actor, { ...extra, ...botId }), error);
    expect((await listed(actor.id)).map((row) => row.repeats)).toEqual([0, 0]);
  });

  it("of another person is another row, and so is a stranger's from another address", async () => {
    const [one, two] = [await test.operator("auditor"), await test.operator("auditor")];
    for (const actor of [one, two]) await recorder().refuse(refusal(actor), "forbidden");
    expect([(await listed(one.id)).length, (await listed(two.id)).length]).toEqual([1, 1]);
    const action = `test.${uuid()}`;
    for (const address of ["192.0.2.8", "192.0.2.9", "192.0.2.8"])
      await recorder().refuse(refusal({ ...visitor, address }, { action, botId: null }), "throttled");
    const strangers = (await listed(null)).filter((row) => row.action === action);
    expect(strangers.map((row) => [row.address, row.repeats])).toEqual([
      ["192.0.2.9", 0],
      ["192.0.2.8", 1],
    ]);
  });

  it("keeps no secret and no forged line of any of them", async () => {
    const actor = await test.operator("auditor");
    for (let count = 0; count < 2; count += 1) {
      const input = { password: "otter-lamp", text: "a\u0000b", note: "\ud800" };
      await recorder().refuse(refusal(actor, { target: "two\nlines\u202e", input }), "forbidden");
    }
    const [first] = await listed(actor.id);
    const kept = await store.database.auditRepeat.findFirstOrThrow({ where: { eventId: first?.id ?? "" } });
    expect(kept).toMatchObject({
      target: "two\uFFFDlines\uFFFD",
      input: { password: "[redacted]", text: "a\uFFFDb", note: "\uFFFD" },
    });
  });

  it("of one click is found from the click's other events", async () => {
    const actor = await test.operator("moderator");
    await recorder().refuse(refusal(actor), "forbidden");
    const again = refusal(actor);
    await recorder().refuse(again, "forbidden");
    const open = await recorder().begin({ ...again, action: "requests.note" });
    await recorder().settle(open, { outcome: "OK" });
    const { siblings } = await test.as(owner).audit.get({ id: open.id });
    expect(siblings.map((row) => [row.action, row.outcome, row.repeats])).toEqual([
      ["requests.decide", "DENIED", 1],
      ["requests.note", "OK", 0],
    ]);
  });
});

describe("refusals on their way in", () => {
  it("of a procedure collapse, whether the role or the scope refuses", async () => {
    const auditor = await test.operator("auditor");
    const stranger = await test.operator("moderator", other.botId);
    for (let count = 0; count < 3; count += 1) {
      await expect(test.as(auditor).requests.note({ id: mine.requestId, text: "x" })).rejects.toThrow("forbidden");
      await expect(test.as(stranger).requests.note({ id: mine.requestId, text: "x" })).rejects.toThrow("not_found");
    }
    expect((await listed(auditor.id)).map((row) => [row.error, row.repeats])).toEqual([["forbidden", 2]]);
    expect((await listed(stranger.id)).map((row) => [row.error, row.repeats])).toEqual([["not_found", 2]]);
  });

  it("by a rule of the desk, after the act had begun, collapse as well and lose no line of their own", async () => {
    const moderator = await test.operator("moderator");
    const api = test.as(moderator);
    const late = { id: mine.requestId, version: 1, verb: "approve" as const };
    await test.as(owner).requests.decide(late);
    for (let count = 0; count < 3; count += 1) await expect(api.requests.decide(late)).rejects.toThrow("conflict");
    const [row, ...more] = await listed(moderator.id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ action: "requests.decide", error: "conflict", repeats: 2 });
    const kept = await store.database.auditEvent.findMany({
      where: { actorId: moderator.id },
      orderBy: { id: "asc" },
      include: { outcome: true },
    });
    expect(kept.map(({ outcome }) => [outcome?.outcome, outcome?.isRepeat])).toEqual([
      ["DENIED", false],
      ["DENIED", true],
      ["DENIED", true],
    ]);
    const first = await test.as(owner).audit.get({ id: row?.id ?? "" });
    expect(first.repeated.map(({ id }) => id)).toEqual(kept.slice(1).map(({ id }) => id));
    // Each is an event with all that is kept of it, for whoever has its id.
    const again = await test.as(owner).audit.get({ id: kept[2]?.id ?? "" });
    expect(again).toMatchObject({ outcome: "DENIED", error: "conflict", requestId: mine.requestId, input: late });
    expect(await test.as(owner).audit.newer({ filter: { actorId: moderator.id ?? "" }, after: row?.id ?? "" })).toEqual(
      {
        count: 0,
      },
    );
  });

  it("at the sign-in collapse by address, and name each account that was tried", async () => {
    const { email } = await addOperator(store.database, "auditor");
    const address = "198.51.100.7";
    const tried = [email, "nobody@example.test", email];
    for (const each of tried) {
      const input = { email: each, password: "wrong", address, userAgent: "test" };
      await expect(signIn({ database: store.database, recorder: recorder() }, input)).rejects.toThrow(
        "bad_credentials",
      );
    }
    const [row, ...more] = (await listed(null)).filter((each) => each.address === address);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ action: "auth.signIn", target: email, repeats: 2 });
    const { repeated } = await test.as(owner).audit.get({ id: row?.id ?? "" });
    expect(repeated.map(({ target }) => target)).toEqual(tried.slice(1));
    const found = await test.as(owner).audit.list({ text: "nobody@example" });
    expect(found.items.map(({ id }) => id)).toContain(row?.id);
  });

  it("to see a raw payload stand in the record, as each look at it does", async () => {
    const moderator = await test.operator("moderator", mine.botId);
    await test.as(moderator).requests.raw({ id: mine.requestId });
    await expect(test.as(moderator).requests.raw({ id: other.requestId })).rejects.toThrow("not_found");
    const { items } = await test.as(owner).audit.list({ actorId: moderator.id ?? "" });
    expect(items.map(({ action, risk, outcome, requestId }) => [action, risk, outcome, requestId])).toEqual([
      ["requests.raw", "sensitive", "DENIED", null],
      ["requests.raw", "sensitive", "OK", mine.requestId],
    ]);
  });
});

describe("newer events", () => {
  it("are counted under the filter and in sight only, up to a hundred", async () => {
    const actor = await test.operator("moderator");
    const first = await recorder().begin(refusal(actor));
    const auditor = await test.operator("auditor", mine.botId);
    const newer = (filter: object, who: Actor = owner) => test.as(who).audit.newer({ filter, after: first.id });
    expect(await newer({ actorId: actor.id })).toEqual({ count: 0 });
    await recorder().begin(refusal(actor));
    await recorder().begin(refusal(actor, { botId: other.botId }));
    expect(await newer({ actorId: actor.id })).toEqual({ count: 2 });
    expect(await newer({ actorId: actor.id, botId: other.botId })).toEqual({ count: 1 });
    expect(await newer({ actorId: actor.id }, auditor)).toEqual({ count: 1 });
    await Promise.all(Array.from({ length: 120 }, () => recorder().begin(refusal(actor))));
    expect(await newer({ actorId: actor.id })).toEqual({ count: 100 });
  });
});
