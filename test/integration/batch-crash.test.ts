import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bus, openBus } from "@/server/db/bus";
import { createLogger } from "@/server/log";
import { Breakpoints } from "../breakpoint";
import { createTestDatabase, type TestDatabase } from "../database";
import { until } from "../desk";
import { KillableDesk } from "../killable-desk";
import { Dice } from "../simulators/dice";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let bus: Bus;
let napcat: Napcat;
let desk: KillableDesk;
let nextPerson = 970_000;
const groupId = "880900";

beforeAll(async () => {
  store = await createTestDatabase();
  bus = await openBus(store.url, createLogger("silent"));
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
  desk = await KillableDesk.start(store.url);
  await desk.connect(napcat);
});
afterAll(async () => {
  await desk.stop();
  await bus.close();
  await napcat.close();
  await store.drop();
});

/** So many people ask to join, and wait. */
async function arrive(count: number) {
  const asked = Array.from({ length: count }, () => {
    nextPerson += 1;
    return napcat.inbox.arriveJoin({ userId: String(nextPerson), nickname: "访客", groupId });
  });
  const applicantId = { in: asked.map((each) => each.userId) };
  const rows = await until({ bus }, async () => {
    const found = await store.database.request.findMany({ where: { applicantId, state: "waiting" } });
    return found.length === count ? found : undefined;
  });
  return { asked, rows, requestId: { in: rows.map((row) => row.id) } };
}

const restart = async () => {
  desk = await KillableDesk.start(store.url);
};

/**
 * Each of them was decided once, and stands in the record: let in by one call, or, when the desk was killed between
 * saying that it would call and calling, not called at all and known as not carried out.
 */
async function expectOnce({ asked, rows, requestId }: Awaited<ReturnType<typeof arrive>>): Promise<void> {
  const ends = await until({ bus }, async () => {
    const found = await store.database.request.findMany({
      where: { id: requestId, state: { in: ["confirmed", "failed"] } },
    });
    return found.length === rows.length ? found : undefined;
  });
  const told = napcat.calls.of("set_group_add_request").map((call) => String(call.params.flag));
  for (const { applicantId, state } of ends) {
    const flag = asked.find((each) => each.userId === applicantId)?.flag;
    const calls = told.filter((each) => each === flag);
    expect(calls, `${applicantId} ${state}`).toHaveLength(state === "confirmed" ? 1 : 0);
  }
  expect(await store.database.decision.count({ where: { requestId } })).toBe(rows.length);
  const events = await store.database.auditEvent.findMany({ where: { requestId }, include: { outcome: true } });
  for (const { id, state } of ends) {
    const lines = events.filter((event) => event.requestId === id);
    const calls = lines.filter((event) => event.action === "requests.answer");
    // Killed between the fence and the record it made no call and wrote no line.
    if (state === "confirmed") expect(calls).toHaveLength(1);
    else expect(calls.length).toBeLessThanOrEqual(1);
    const decided = lines.filter((event) => event.action === "requests.decide");
    // One that was tried under a desk that was killed stays open; of the act itself there is one.
    expect(decided.length).toBeGreaterThanOrEqual(1);
    expect(decided.filter((event) => event.outcome?.outcome === "OK").length).toBeLessThanOrEqual(1);
  }
}

it("a desk killed while a chunk of a batch is being written down goes on where it stood", {
  timeout: 120_000,
}, async () => {
  const breakpoints = await Breakpoints.install(store.url);
  const people = await arrive(20);
  const id = uuid();
  await breakpoints.set("item");
  await desk.batch("Mei", id, people.rows, "approve");
  await breakpoints.reached("item");
  await desk.kill();
  // Nothing of the chunk is committed, and its events say that it was tried.
  expect(await store.database.decision.count({ where: { batchId: id } })).toBe(0);
  const tried = { requestId: people.requestId, action: "requests.decide", outcome: { is: null } };
  const open = await store.database.auditEvent.count({ where: tried });
  expect(open).toBeGreaterThan(0);
  await breakpoints.clear("item");
  await breakpoints.remove();
  await restart();
  await expectOnce(people);
  expect(await store.database.auditEvent.count({ where: tried })).toBe(open);
  expect(await store.database.batchItem.count({ where: { batchId: id, state: "taken" } })).toBe(20);
});

describe("a desk killed again and again under a batch", () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000_000));

  it(`calls nobody twice and forgets nobody (SEED=${seed})`, { timeout: 120_000 }, async () => {
    const dice = new Dice(seed);
    const people = await arrive(40);
    const before = napcat.calls.all.length;
    await desk.batch("Mei", uuid(), people.rows, "approve");
    for (const part of [1, 2, 3]) {
      await napcat.calls.waitFor(before + part * 6 + dice.below(8));
      await desk.kill();
      await restart();
    }
    await expectOnce(people);
  });
});

it("a batch that was cancelled is taken back by the next desk, when the one that heard it was killed", async () => {
  await store.database.setting.update({ where: { key: "desk.undoSeconds" }, data: { value: 60 } });
  const people = await arrive(10);
  const id = uuid();
  await desk.batch("Mei", id, people.rows, "deny");
  await until({ bus }, async () => {
    const count = await store.database.decision.count({ where: { batchId: id, state: "held" } });
    return count === 10 || undefined;
  });
  await desk.kill();
  // As a click leaves it behind whose desk dies before it takes anything back; and the hold is over.
  const actor = (await store.database.batch.findUniqueOrThrow({ where: { id } })).actor ?? {};
  const click = { cancelledAt: new Date(), cancelledBy: "Tom", cancelActor: actor, cancelId: uuid() };
  await store.database.batch.update({ where: { id }, data: click });
  await store.database.decision.updateMany({ where: { batchId: id }, data: { heldUntil: new Date(0) } });
  await restart();
  await until({ bus }, async () => {
    const count = await store.database.request.count({ where: { id: people.requestId, state: "waiting" } });
    return count === 10 || undefined;
  });
  const flags = people.asked.map((each) => each.flag);
  const told = napcat.calls.of("set_group_add_request").map((call) => String(call.params.flag));
  expect(told.filter((flag) => flags.includes(flag))).toEqual([]);
  const undone = { correlationId: click.cancelId, action: "requests.undo", outcome: { is: { outcome: "OK" } } };
  await until({ bus }, async () => (await store.database.auditEvent.count({ where: undone })) === 10 || undefined);
});
