import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bus, openBus } from "@/server/db/bus";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { until } from "../desk";
import { Died, KillableDesk } from "../killable-desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let bus: Bus;
let napcat: Napcat;
let desk: KillableDesk;
let id: string;
const groupId = "880710";

beforeAll(async () => {
  store = await createTestDatabase();
  bus = await openBus(store.url, createLogger("silent"));
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
  desk = await KillableDesk.start(store.url);
  const botId = await desk.connect(napcat);
  const row = { botId, peerTo: "group", peerId: groupId };
  id = (await store.database.conversation.create({ data: row })).id;
});
afterAll(async () => {
  await desk.stop();
  await bus.close();
  await napcat.close();
  await store.drop();
});

const inState = (newId: string, state: string) =>
  until({ bus }, async () => (await store.database.message.findFirst({ where: { id: newId, state } })) ?? undefined);
const told = () => napcat.calls.of("send_group_msg").length;

it("a message whose desk died before the answer is unknown, is not sent again, and is known once it is read", async () => {
  const newId = uuid();
  const held = napcat.faults.hold("send_group_msg", "after");
  const dying = desk.say("Mei", { id, newId, text: "well met" });
  await Promise.all([held.call, inState(newId, "sending")]);
  await Promise.all([expect(dying).rejects.toBeInstanceOf(Died), desk.kill()]);
  held.release();

  desk = await KillableDesk.start(store.url);
  const left = await inState(newId, "unknown");
  expect(left).toMatchObject({ error: "result_unknown", takenBy: null, messageId: null });
  expect(told()).toBe(1);

  // The same click once more, as a browser does that has heard nothing: it is the same message.
  await until({ bus }, async () =>
    (await store.database.bot.count({ where: { isConnected: true } })) ? true : undefined,
  );
  await expect(desk.say("Mei", { id, newId, text: "well met" })).rejects.toThrow("result_unknown");
  expect(told()).toBe(1);
  await desk.page("Mei", id);
  const seen = await inState(newId, "confirmed");
  expect(seen.messageId).not.toBeNull();
  expect(await store.database.message.count({ where: { conversationId: id, isGone: false } })).toBe(1);
});
