import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Fact } from "@/lib/live";
import type { Verb } from "@/lib/request";
import type { BatchDetail } from "@/server/desk/batch-row";
import type { RequestRow } from "@/server/desk/row";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let tom: Actor;
let nextPerson = 950_000;
const groupId = "880800";

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
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "读书会" });
  botId = await test.connect(napcat);
  await hold(0);
});
afterEach(async () => {
  const row = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
  await test.as(await test.operator("owner")).bots.remove({ id: botId, name: row.name });
  await napcat.close();
});

async function hold(undoSeconds: number): Promise<void> {
  await test.as(await test.operator("owner")).preferences.set({ patch: { undoSeconds } });
}

/** So many people ask to join, and wait. In the order they asked. */
async function arrive(count: number): Promise<RequestRow[]> {
  const asked = Array.from({ length: count }, () => {
    nextPerson += 1;
    return napcat.inbox.arriveJoin({ userId: String(nextPerson), nickname: "访客", groupId });
  });
  const ids = asked.map((each) => each.userId);
  return await until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "waiting", limit: 100 });
    const found = ids.flatMap((id) => items.find((item) => item.applicantId === id) ?? []);
    return found.length === count ? found : undefined;
  });
}

const pick = (rows: readonly RequestRow[]) => rows.map(({ id, version }) => ({ id, version }));

async function begin(actor: Actor, rows: readonly RequestRow[], verb: Verb = "approve", reason = ""): Promise<string> {
  const id = uuid();
  await test.as(actor).batches.start({ id, verb, reason, items: pick(rows) });
  return id;
}

/** The news of one batch alone: what its own bar on a screen listens to. */
const newsOf = (id: string) => ({
  bus: {
    ...test.desk.bus,
    subscribe: (onFact: (fact: Fact) => void, onGap?: () => void) =>
      test.desk.bus.subscribe((fact) => fact.topic === "batch" && fact.id === id && onFact(fact), onGap),
  },
});

/** Waits on the batch's news until it is as `is` wants it, and answers it as this operator sees it. */
function seen(id: string, is: (batch: BatchDetail) => boolean, actor: Actor = mei) {
  return until(newsOf(id), async () => {
    const batch = await test.as(actor).batches.get({ id });
    return is(batch) ? batch : undefined;
  });
}

const isOver = ({ counts }: BatchDetail) => counts.queued + counts.held + counts.sending + counts.sent === 0;

const told = () => napcat.calls.of("set_group_add_request").map((call) => String(call.params.flag));

describe("a batch", () => {
  it("decides each of its requests, with an event of its own, under one click", async () => {
    const rows = await arrive(20);
    const id = await begin(mei, rows);
    const batch = await seen(id, isOver);
    expect(batch).toMatchObject({ total: 20, by: "Mei", isMine: true, seconds: 0, counts: { confirmed: 20 } });
    expect(batch.items.map((item) => item.requestId)).toEqual(rows.map((row) => row.id));
    expect(new Set(told()).size).toBe(20);
    expect(told()).toHaveLength(20);
    const click = await store.database.auditEvent.findFirstOrThrow({ where: { action: "batches.start", target: id } });
    const events = await store.database.auditEvent.findMany({
      where: { correlationId: click.correlationId, id: { not: click.id } },
      include: { outcome: true },
    });
    for (const action of ["requests.decide", "requests.answer"]) {
      const lines = events.filter((event) => event.action === action);
      expect(lines.map((line) => line.requestId).sort()).toEqual(rows.map((row) => row.id).sort());
      expect(new Set(lines.map((line) => line.outcome?.outcome))).toEqual(new Set(["OK"]));
      expect(new Set(lines.map((line) => line.actorName))).toEqual(new Set(["Mei"]));
    }
  });

  it("sent twice, also at once, is one; of somebody else it is none", async () => {
    const rows = await arrive(5);
    const id = uuid();
    const input = { id, verb: "approve" as const, items: pick(rows) };
    const answers = await Promise.all([1, 2, 3].map(() => test.as(mei).batches.start(input)));
    expect(answers).toEqual([1, 2, 3].map(() => ({ id, total: 5 })));
    await seen(id, isOver);
    expect(await test.as(mei).batches.start(input)).toEqual({ id, total: 5 });
    await expect(test.as(tom).batches.start(input)).rejects.toMatchObject({ cause: { code: "invalid_input" } });
    expect(told()).toHaveLength(5);
    const events = { action: "requests.decide", botId };
    expect(await store.database.auditEvent.count({ where: events })).toBe(5);
  });

  it("reports who was faster, item by item, and decides the rest", async () => {
    const rows = await arrive(4);
    const [first, second] = rows;
    if (!first || !second) throw new Error("Nobody arrived.");
    await test.as(tom).requests.decide({ id: first.id, version: first.version, verb: "ignore" });
    await test.as(tom).requests.claim({ id: second.id, tab: uuid() });
    const batch = await seen(await begin(mei, rows), isOver);
    expect(batch.counts).toMatchObject({ confirmed: 2, refused: 2 });
    expect(batch.items.slice(0, 2)).toMatchObject([
      { state: "refused", code: "conflict", detail: { by: "Tom", verb: "ignore" } },
      { state: "refused", code: "claimed", detail: { by: "Tom" } },
    ]);
    const denied = await store.database.auditEvent.findMany({
      where: { actorId: mei.id, action: "requests.decide", requestId: { in: [first.id, second.id] } },
      include: { outcome: true },
    });
    expect(denied.map((event) => event.outcome?.error).sort()).toEqual(["claimed", "conflict"]);
    // What was begun for the refused ones is undone: the lease is still Tom's.
    expect(await store.database.claim.count({ where: { requestId: second.id } })).toBe(1);
  });

  it("passes over an operator's own lease, in whichever tab", async () => {
    const rows = await arrive(1);
    await test.as(mei).requests.claim({ id: rows[0]?.id ?? "", tab: uuid() });
    expect((await seen(await begin(mei, rows), isOver)).counts.confirmed).toBe(1);
  });

  it("leaves twins to a look of their own", async () => {
    const second = 1_900_000_000;
    const people = ["961001", "961002"].map((userId) => ({ userId, nickname: "双", second }));
    for (const person of people) napcat.inbox.arriveFriend(person);
    const twins = await until(test.desk, async () => {
      const { items } = await test.as(mei).requests.list({ botId, kind: "friend" });
      return items.length === 2 && items.every((item) => item.hasTwin) ? items : undefined;
    });
    const ids = twins.map((row) => row.id);
    const preview = await test.as(mei).batches.preview({ verb: "approve", ids });
    expect(preview.unable.map((each) => each.code)).toEqual(["twin_unresolved", "twin_unresolved"]);
    const batch = await seen(await begin(mei, twins), isOver);
    expect(batch.items.map((item) => item.code)).toEqual(["twin_unresolved", "twin_unresolved"]);
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
  });

  it("fills its reason for each, and asks for one where the desk does", async () => {
    const [one, other] = await arrive(2);
    if (!one || !other) throw new Error("Nobody arrived.");
    const batch = await seen(await begin(mei, [one], "deny", "{{id}} 不是 {{group}} 的人"), isOver);
    expect(batch).toMatchObject({ reason: "{{id}} 不是 {{group}} 的人", counts: { confirmed: 1 } });
    expect(napcat.calls.of("set_group_add_request")[0]?.params.reason).toBe(`${one.applicantId} 不是 读书会 的人`);
    const left = await seen(await begin(mei, [other], "deny", "{{规定}}"), isOver);
    expect(left.items).toMatchObject([{ state: "refused", code: "placeholder_left", detail: { names: "规定" } }]);
  });

  it("of ignored requests sends nothing and takes no time", async () => {
    const rows = await arrive(3);
    const preview = await test.as(mei).batches.preview({ verb: "ignore", ids: rows.map((row) => row.id) });
    expect(preview).toMatchObject({ able: 3, unable: [], seconds: 0 });
    const batch = await seen(await begin(mei, rows, "ignore"), isOver);
    expect(batch.counts.confirmed).toBe(3);
    expect(told()).toEqual([]);
  });
});

describe("a batch that is cancelled", () => {
  it("while it is held takes everything back, each in the record, and sends nothing", async () => {
    await hold(60);
    const rows = await arrive(12);
    const id = await begin(mei, rows);
    await seen(id, ({ counts }) => counts.held === 12);
    expect(await test.as(tom).batches.cancel({ id })).toEqual({ cancelled: 0 });
    const batch = await seen(id, ({ counts }) => counts.cancelled === 12);
    expect(batch).toMatchObject({ cancelledBy: "Tom", seconds: 0 });
    const { items } = await test.as(mei).requests.list({ botId, state: "waiting", limit: 100 });
    expect(items).toHaveLength(12);
    expect(items.every((item) => item.decision === null)).toBe(true);
    const undone = await store.database.auditEvent.findMany({
      where: { action: "requests.undo", botId },
      include: { outcome: true },
    });
    expect(undone.map((event) => [event.actorName, event.outcome?.outcome])).toEqual(
      Array.from({ length: 12 }, () => ["Tom", "OK"]),
    );
    expect(await test.as(tom).batches.cancel({ id })).toEqual({ cancelled: 0 });
    await hold(0);
    await seen(await begin(mei, items), isOver);
    expect(told()).toHaveLength(12);
  });

  it("in the middle: what was sent stays, what was not is taken back, and each is called at most once", async () => {
    const rows = await arrive(30);
    const held = napcat.faults.hold("set_group_add_request", "before");
    const id = await begin(mei, rows);
    await held.call;
    await test.as(mei).batches.cancel({ id });
    held.release();
    const batch = await seen(id, isOver);
    expect(batch.counts.confirmed + batch.counts.cancelled).toBe(30);
    expect(batch.counts.confirmed).toBeGreaterThanOrEqual(1);
    expect(batch.counts.cancelled).toBeGreaterThanOrEqual(20);
    expect(told()).toHaveLength(batch.counts.confirmed);
    const waiting = await store.database.request.count({ where: { botId, state: "waiting" } });
    expect(waiting).toBe(batch.counts.cancelled);
  });

  it("gives ignored requests back as well", async () => {
    const rows = await arrive(3);
    const id = await begin(mei, rows, "ignore");
    await seen(id, isOver);
    await test.as(mei).batches.cancel({ id });
    await seen(id, ({ counts }) => counts.cancelled === 3);
    expect(await store.database.request.count({ where: { botId, state: "waiting" } })).toBe(3);
  });

  it("is cancelled by those who may decide on all of its bots only", async () => {
    await hold(60);
    const other = await start();
    const otherId = await test.connect(other);
    other.inbox.arriveFriend({ userId: "962001", nickname: "远" });
    const far = await until(test.desk, async () => {
      const { items } = await test.as(mei).requests.list({ botId: otherId });
      return items[0];
    });
    const [near] = await arrive(1);
    const id = await begin(mei, [far, ...(near ? [near] : [])]);
    const ofOne = await test.operator("moderator", botId);
    await expect(test.as(ofOne).batches.cancel({ id })).rejects.toMatchObject({ cause: { code: "forbidden" } });
    // They see of it what is theirs.
    expect(await seen(id, (batch) => batch.counts.held === 1, ofOne)).toMatchObject({ total: 1 });
    expect((await test.as(ofOne).batches.list()).find((batch) => batch.id === id)).toMatchObject({ total: 1 });
    await seen(id, ({ counts }) => counts.held === 2);
    await test.as(mei).batches.cancel({ id });
    await seen(id, ({ counts }) => counts.cancelled === 2);
    await other.close();
  });
});

describe("an operator", () => {
  it("who is demoted in the middle decides nothing from then on", async () => {
    const rows = await arrive(40);
    const ana = await test.operator("moderator", null, "Ana");
    // With the first decision of the batch, past the desk and before the next chunk.
    const demoted = new Promise<void>((resolve, reject) => {
      const unsubscribe = test.desk.bus.subscribe((fact) => {
        if (fact.topic !== "decision") return;
        unsubscribe();
        store.database.grant
          .updateMany({ where: { operatorId: ana.id ?? "" }, data: { roleId: "auditor" } })
          .then(() => resolve(), reject);
      });
    });
    const id = await begin(ana, rows);
    await demoted;
    const batch = await seen(id, isOver);
    const { confirmed, refused } = batch.counts;
    expect(confirmed + refused).toBe(40);
    expect(refused).toBeGreaterThan(0);
    expect(batch.items.filter((item) => item.state === "refused").map((item) => item.code)).toEqual(
      Array.from({ length: refused }, () => "forbidden"),
    );
    expect(told()).toHaveLength(confirmed);
    const denied = { actorId: ana.id, action: "requests.decide", outcome: { is: { error: "forbidden" } } };
    expect(await store.database.auditEvent.count({ where: denied })).toBe(refused);
  });

  it("of one bot begins nothing about another's requests", async () => {
    const rows = await arrive(1);
    const { id: otherId } = await store.database.bot.create({
      data: { name: `other ${uuid()}`, platform: "napcat", connection: {}, isEnabled: false },
    });
    const stranger = await test.operator("moderator", otherId);
    const input = { id: uuid(), verb: "approve" as const, items: pick(rows) };
    await expect(test.as(stranger).batches.start(input)).rejects.toMatchObject({ cause: { code: "not_found" } });
    const ids = rows.map((row) => row.id);
    expect(await test.as(stranger).batches.preview({ verb: "approve", ids })).toMatchObject({
      able: 0,
      unable: [{ code: "not_found", applicantName: "" }],
    });
    const auditor = await test.operator("auditor");
    await expect(test.as(auditor).batches.start(input)).rejects.toMatchObject({ cause: { code: "forbidden" } });
    expect(await store.database.batch.count({ where: { id: input.id } })).toBe(0);
  });
});

describe("trying again", () => {
  it("takes what failed and is failed still, and nothing else", async () => {
    const rows = await arrive(5);
    for (const text of ["一", "二", "三"]) napcat.faults.failNext("set_group_add_request", text);
    const id = await begin(mei, rows);
    const first = await seen(id, isOver);
    expect(first.counts).toMatchObject({ confirmed: 2, failed: 3 });
    const failed = first.items.filter((item) => item.state === "failed");
    expect(failed.map((item) => item.platformText).sort()).toEqual(["一", "三", "二"]);
    // One of them Tom decides by himself meanwhile.
    const [taken, ...left] = failed;
    const { version } = await test.as(tom).requests.get({ id: taken?.requestId ?? "" });
    await test.as(tom).requests.decide({ id: taken?.requestId ?? "", version, verb: "ignore" });
    const newId = uuid();
    const again = await Promise.all([1, 2].map(() => test.as(mei).batches.retry({ id, newId })));
    expect(again).toEqual([1, 2].map(() => ({ id: newId, total: 2 })));
    const second = await seen(newId, isOver);
    expect(second).toMatchObject({ retryOf: id, counts: { confirmed: 2 } });
    expect(second.items.map((item) => item.requestId)).toEqual(left.map((item) => item.requestId));
    await expect(test.as(mei).batches.retry({ id, newId: uuid() })).rejects.toMatchObject({
      cause: { code: "nothing_to_retry" },
    });
  });
});

describe("what is unknown", () => {
  it("is not tried again by a batch", async () => {
    nextPerson += 1;
    const asked = napcat.inbox.arriveFriend({ userId: String(nextPerson), nickname: "问" });
    const row = await until(test.desk, async () => {
      const { items } = await test.as(mei).requests.list({ botId, text: asked.userId });
      return items[0];
    });
    // A denial of a friend is listed nowhere: cut off under the call, nobody can say whether it was carried out.
    napcat.faults.hangUp("set_friend_add_request", "after");
    const id = await begin(mei, [row], "deny");
    await seen(id, ({ counts }) => counts.unknown === 1);
    await expect(test.as(mei).batches.retry({ id, newId: uuid() })).rejects.toMatchObject({
      cause: { code: "nothing_to_retry" },
    });
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(1);
  });
});

describe("before it is begun", () => {
  it("a batch is looked at: who can be decided, who cannot and why, how long it takes", async () => {
    const [one, two, three] = await arrive(3);
    if (!one || !two || !three) throw new Error("Nobody arrived.");
    await store.database.bot.update({ where: { id: botId }, data: { writeGapMs: 30_000 } });
    await test.as(tom).requests.decide({ id: two.id, version: two.version, verb: "ignore" });
    await test.as(tom).requests.claim({ id: three.id, tab: uuid() });
    const gone = uuid();
    const preview = await test.as(mei).batches.preview({ verb: "approve", ids: [one.id, two.id, three.id, gone] });
    // An ignored request can still be decided.
    expect(preview).toMatchObject({ able: 2, perBot: [{ botId, count: 2, seconds: 60 }], seconds: 60 });
    expect(preview.unable).toMatchObject([
      { id: three.id, code: "claimed", detail: { by: "Tom" } },
      { id: gone, code: "not_found" },
    ]);
  });
});
