import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestState } from "@/lib/request";
import { type Bus, openBus } from "@/server/db/bus";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { until } from "../desk";
import { KillableDesk } from "../killable-desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let bus: Bus;
let napcat: Napcat;
let desk: KillableDesk;
let nextPerson = 930_000;
const groupId = "880600";

beforeAll(async () => {
  store = await createTestDatabase();
  bus = await openBus(store.url, createLogger("silent"));
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
  desk = await KillableDesk.start(store.url);
  await desk.connect(napcat);
  await store.database.setting.update({ where: { key: "desk.undoSeconds" }, data: { value: 60 } });
});
afterAll(async () => {
  await desk.stop();
  await bus.close();
  await napcat.close();
  await store.drop();
});

function seen(applicantId: string, state: RequestState) {
  return until({ bus }, async () => {
    const row = await store.database.request.findFirst({ where: { applicantId, state } });
    return row ?? undefined;
  });
}

async function heldApproval() {
  nextPerson += 1;
  const asked = napcat.inbox.arriveJoin({ userId: String(nextPerson), nickname: "访客", groupId });
  const waiting = await seen(asked.userId, "waiting");
  return { asked, row: await desk.decide("Mei", waiting, "approve") };
}

const told = (flag: string) =>
  napcat.calls.of("set_group_add_request").filter((call) => call.params.flag === flag).length;

/** The desk ends, one way or the other, and another one takes its place. */
async function replace(how: "killed" | "stopped"): Promise<void> {
  if (how === "killed") await desk.kill();
  else await desk.stop();
  desk = await KillableDesk.start(store.url);
}

describe.each(["killed", "stopped"] as const)("a desk %s while a decision is held", (how) => {
  it("sends it once when its time has come", async () => {
    const { asked, row } = await heldApproval();
    await replace(how);
    expect(await store.database.request.findUnique({ where: { id: row.id } })).toMatchObject({ state: "held" });
    expect(told(asked.flag)).toBe(0);
    await store.database.decision.updateMany({ where: { requestId: row.id }, data: { heldUntil: new Date(0) } });
    await bus.publish({ topic: "decision", id: row.decision?.id ?? "", botId: row.bot.id, version: 1 });
    await seen(asked.userId, "confirmed");
    expect(told(asked.flag)).toBe(1);
  });

  it("lets it be taken back by the next one, and sends nothing", async () => {
    const { asked, row } = await heldApproval();
    await replace(how);
    await desk.undo("Tom", row);
    // Its time is over, and a later one has been sent: the worker has seen both.
    await store.database.decision.updateMany({ where: { requestId: row.id }, data: { heldUntil: new Date(0) } });
    const after = await heldApproval();
    await store.database.decision.updateMany({ where: { state: "held" }, data: { heldUntil: new Date(0) } });
    await bus.publish({ topic: "decision", id: row.decision?.id ?? "", botId: row.bot.id, version: 1 });
    await seen(after.asked.userId, "confirmed");
    expect(told(asked.flag)).toBe(0);
    expect(asked.state).toBe("pending");
    expect(await store.database.request.findUnique({ where: { id: row.id } })).toMatchObject({ state: "waiting" });
  });
});

it("a desk killed after its time while nobody ran sends it at the next start", async () => {
  const { asked, row } = await heldApproval();
  await desk.kill();
  await store.database.decision.updateMany({ where: { requestId: row.id }, data: { heldUntil: new Date(0) } });
  desk = await KillableDesk.start(store.url);
  await seen(asked.userId, "confirmed");
  expect(told(asked.flag)).toBe(1);
});
