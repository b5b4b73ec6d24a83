import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
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
let botId: string;
const groupId = "80001";
const people = Array.from({ length: 6 }, (_, at) => String(200 + at));

beforeAll(async () => {
  store = await createTestDatabase();
  bus = await openBus(store.url, createLogger("silent"));
  napcat = await start();
  napcat.world.addGroup(
    { groupId, groupName: "Chess" },
    people.map((userId) => ({ userId, nickname: userId })),
  );
  desk = await KillableDesk.start(store.url);
  botId = await desk.connect(napcat);
});
afterAll(async () => {
  await desk.stop();
  await bus.close();
  await napcat.close();
  await store.drop();
});

it("a desk killed between sending and settling looks what became of it and goes on with the rest", {
  timeout: 120_000,
}, async () => {
  const held = napcat.faults.hold("set_group_ban");
  const id = uuid();
  await desk.task("Mei", { id, botId, groupId, act: { verb: "mute", seconds: 600 }, userIds: people });
  const first = await held.call;
  const item = { where: { taskId_userId: { taskId: id, userId: String(first.params.user_id) } } };
  expect(await store.database.taskItem.findUniqueOrThrow(item)).toMatchObject({
    ...{ state: "sending", sentAt: expect.any(Date) },
  });
  await desk.kill();
  held.release();
  desk = await KillableDesk.start(store.url);
  await until({ bus }, async () => {
    const done = await store.database.taskItem.count({ where: { taskId: id, state: "confirmed" } });
    return done === people.length || undefined;
  });
  const asked = napcat.calls.of("set_group_ban").map((call) => String(call.params.user_id));
  expect(asked).toEqual(people);
});
