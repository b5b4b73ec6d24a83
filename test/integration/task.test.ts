import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { TaskDetail } from "@/server/desk/task-row";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { makeBot } from "../procedure-inputs";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let tom: Actor;
let serial = 0;
let groupId = "";

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  mei = await test.operator("moderator", null, "Mei");
  tom = await test.operator("moderator", null, "Tom");
  napcat = await start();
  botId = await test.connect(napcat);
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});
beforeEach(async () => {
  serial += 1;
  groupId = String(70_000 + serial);
  napcat.world.addGroup({ groupId, groupName: "Chess" }, [
    { userId: "1", nickname: "Ann", role: "owner" },
    { userId: "2", nickname: "Abe", role: "admin" },
    ...people(12).map((userId) => ({ userId, nickname: `Member ${userId}` })),
  ]);
  await test.desk.rosters.read(botId, "members", groupId);
});
afterEach(() => napcat.faults.clear());

const people = (count: number) => Array.from({ length: count }, (_, at) => String(100 + at));
const mute = { verb: "mute", seconds: 600 } as const;
type Act = Parameters<ReturnType<TestDesk["as"]>["tasks"]["start"]>[0]["act"];

async function begin(actor: Actor, userIds: string[], act: Act = mute): Promise<string> {
  const id = uuid();
  await test.as(actor).tasks.start({ id, botId, groupId, act, userIds });
  return id;
}

/** Waits until the task is as `is` wants it. */
function seen(id: string, is: (task: TaskDetail) => boolean): Promise<TaskDetail> {
  return until(test.desk, async () => {
    const task = await test.as(mei).tasks.get({ id, limit: 200 });
    return is(task) ? task : undefined;
  });
}
const isOver = ({ counts }: TaskDetail) => counts.queued + counts.sending + counts.sent + counts.unknown === 0;
const calls = (operation: string) =>
  napcat.calls.of(operation).filter((call) => String(call.params.group_id) === groupId);

describe("a task", () => {
  it("says beforehand what cannot happen and why, does the rest, and sees that it happened", async () => {
    const userIds = ["1", "2", "10001", "999", ...people(3)];
    const forecast = await test.as(mei).tasks.preview({ botId, groupId, act: mute, userIds });
    expect(forecast).toMatchObject({ total: 7, able: 3, isPossible: true, isConnected: true, muteSeconds: 600 });
    expect(Object.fromEntries(forecast.unable.map(({ why, people: [first] }) => [why, first?.userId]))).toEqual({
      ...{ owner: "1", admin: "2", self: "10001", not_member: "999" },
    });
    expect(napcat.calls.of("set_group_ban")).toEqual([]);
    const id = await begin(mei, userIds);
    const task = await seen(id, isOver);
    expect(task.counts).toMatchObject({ confirmed: 3, refused: 4 });
    expect(task.items[0]).toMatchObject({ state: "refused", code: "member_obstacle", detail: { why: "owner" } });
    expect(calls("set_group_ban").map((call) => String(call.params.user_id))).toEqual(people(3));
    const events = await store.database.auditEvent.findMany({
      where: { action: "members.mute", groupId },
      include: { outcome: true },
    });
    expect(events.map((event) => [event.actorName, event.outcome?.outcome])).toEqual(
      people(3).map(() => ["Mei", "OK"]),
    );
  });

  it("sent twice, also at once, is one; of somebody else it is none", async () => {
    const input = { id: uuid(), botId, groupId, act: mute, userIds: people(4) };
    const answers = await Promise.all([1, 2, 3].map(() => test.as(mei).tasks.start(input)));
    expect(answers).toEqual([1, 2, 3].map(() => ({ id: input.id, total: 4 })));
    await expect(test.as(tom).tasks.start(input)).rejects.toMatchObject({ cause: { code: "invalid_input" } });
    await seen(input.id, isOver);
    expect(calls("set_group_ban")).toHaveLength(4);
  });

  it("is paused, goes on, and is stopped by a colleague; what is on its way ends", async () => {
    const held = napcat.faults.hold("set_group_ban");
    const id = await begin(mei, people(6));
    await held.call;
    await test.as(mei).tasks.pause({ id });
    held.release();
    await seen(id, ({ counts }) => counts.confirmed === 1);
    expect(await test.as(mei).tasks.get({ id })).toMatchObject({ pausedBy: "Mei", counts: { queued: 5, sending: 0 } });
    const again = napcat.faults.hold("set_group_ban");
    await test.as(tom).tasks.resume({ id });
    await again.call;
    expect(await test.as(tom).tasks.cancel({ id })).toEqual({ cancelled: 4 });
    again.release();
    const task = await seen(id, isOver);
    expect(task).toMatchObject({ cancelledBy: "Tom", counts: { confirmed: 2, cancelled: 4 } });
    expect(calls("set_group_ban")).toHaveLength(2);
  });

  it("shows what the platform refused, and tries only that again", async () => {
    napcat.faults.failNext("set_group_kick", "not today");
    const id = await begin(mei, people(3), { verb: "kick", block: true });
    const task = await seen(id, isOver);
    expect(task.counts).toMatchObject({ confirmed: 2, failed: 1 });
    expect(task.items[0]).toMatchObject({ state: "failed", code: "platform_refused", platformText: "not today" });
    const newId = uuid();
    expect(await test.as(tom).tasks.retry({ id, newId })).toEqual({ id: newId, total: 1 });
    expect(await test.as(tom).tasks.retry({ id, newId })).toEqual({ id: newId, total: 1 });
    expect(await seen(newId, isOver)).toMatchObject({ by: "Tom", retryOf: id, counts: { confirmed: 1 } });
    await expect(test.as(tom).tasks.retry({ id: newId, newId: uuid() })).rejects.toMatchObject({
      cause: { code: "nothing_to_retry" },
    });
  });

  it("an answer that is lost is unknown, is looked up and never sent again", async () => {
    napcat.faults.hangUp("set_group_ban", "after");
    const id = await begin(mei, people(2));
    const task = await seen(id, isOver);
    expect(task.counts).toMatchObject({ confirmed: 2 });
    expect(calls("set_group_ban")).toHaveLength(2);
  });

  it("stops where the permission of who began it does", async () => {
    const eve = await test.operator("moderator", null, "Eve");
    const held = napcat.faults.hold("set_group_ban");
    const id = await begin(eve, people(5));
    await held.call;
    await store.database.grant.deleteMany({ where: { operatorId: eve.id ?? "" } });
    held.release();
    const task = await seen(id, isOver);
    expect(task.counts).toMatchObject({ confirmed: 1, refused: 4 });
    expect(task.items[1]).toMatchObject({ code: "forbidden" });
    expect(calls("set_group_ban")).toHaveLength(1);
    const denied = { action: "members.mute", actorName: "Eve", outcome: { is: { outcome: "DENIED" } } };
    expect(await store.database.auditEvent.count({ where: denied })).toBe(1);
  });

  it("of two desks on one database each member is acted on once", async () => {
    const other = await startDesk(store.url);
    try {
      await until(other.desk, async () => other.desk.connections.isConnected(botId) || undefined);
      const ids = await Promise.all([begin(mei, people(12)), begin(tom, people(12), { verb: "card", card: "x" })]);
      for (const id of ids) expect((await seen(id, isOver)).counts.confirmed).toBe(12);
      for (const operation of ["set_group_ban", "set_group_card"]) {
        const asked = calls(operation).map((call) => String(call.params.user_id));
        expect(asked.toSorted()).toEqual(people(12).toSorted());
      }
    } finally {
      await other.stop();
    }
  });

  it("is out of sight and reach of who has nothing to do with its bot", async () => {
    const id = await begin(mei, people(1));
    const stranger = await test.operator("moderator", (await makeBot(store.database)).botId);
    await expect(test.as(stranger).tasks.get({ id })).rejects.toMatchObject({ cause: { code: "not_found" } });
    await expect(test.as(stranger).tasks.cancel({ id })).rejects.toMatchObject({ cause: { code: "not_found" } });
    const auditor = await test.operator("auditor");
    await expect(test.as(auditor).tasks.cancel({ id })).rejects.toMatchObject({ cause: { code: "forbidden" } });
    await seen(id, isOver);
  });
});
