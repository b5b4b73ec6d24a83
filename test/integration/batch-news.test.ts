import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bus, openBus } from "@/server/db/bus";
import { BatchNews } from "@/server/desk/batch-news";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { until } from "../desk";

let store: TestDatabase;
let bus: Bus;
let told: string[];

beforeAll(async () => {
  store = await createTestDatabase();
  bus = await openBus(store.url, createLogger("silent"));
});
afterAll(async () => {
  await bus.close();
  await store.drop();
});

/** A batch with one decision that is still to be read back. */
async function makeBatch() {
  const [id, requestId] = [uuid(), uuid()];
  const bot = await store.database.bot.create({ data: { name: `Bot ${id}`, platform: "napcat", connection: {} } });
  const request = { id: requestId, botId: bot.id, kind: "friend", key: id, state: "sent", version: 2 };
  const person = { applicantId: "10001", applicantName: "Ann", message: "", source: "" };
  await store.database.request.create({ data: { ...request, ...person, handle: {}, raw: {}, answers: {} } });
  const actor = { actorId: uuid(), actorName: "Ada" };
  await store.database.batch.create({
    data: { id, verb: "approve", ...actor, actor: {}, correlationId: uuid(), heldUntil: new Date() },
  });
  const decision = { id: uuid(), requestId, verb: "approve", state: "sent", reason: "", previousState: "waiting" };
  await store.database.decision.create({
    data: { ...decision, ...actor, actor: {}, correlationId: uuid(), batchId: id, checkAt: new Date(), version: 1 },
  });
  return { id, requestId };
}

it("a batch that begins while another is looked up is told of, too", async () => {
  told = [];
  bus.subscribe(
    (fact) => {
      if (fact.topic === "batch") told.push(fact.id);
    },
    () => undefined,
  );
  const news = new BatchNews({ database: store.database, bus, log: createLogger("silent") });
  const first = await makeBatch();
  const say = (topic: "batch" | "request", id: string) =>
    bus.publish(topic === "batch" ? { topic, id, botId: null, version: 1 } : { topic, id, botId: uuid(), version: 1 });
  const heard = (id: string, times: number) =>
    until({ bus }, async () => told.filter((each) => each === id).length >= times || undefined);
  news.start();
  await say("batch", first.id);
  await say("request", first.requestId);
  await heard(first.id, 2);
  await say("request", first.requestId);
  await heard(first.id, 3);
  const second = await makeBatch();
  await store.database.$transaction(async (tx) => {
    // What it looks up waits here, until the first is over and the second was heard of.
    await tx.$executeRaw`LOCK TABLE "BatchItem" IN ACCESS EXCLUSIVE MODE`;
    const isWaiting = async () =>
      (
        await store.database.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity
          WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`
      ).length > 0;
    await say("request", uuid());
    while (!(await isWaiting()));
    await store.database.decision.updateMany({ where: { batchId: first.id }, data: { checkAt: null } });
    await say("batch", second.id);
    await heard(second.id, 1);
  });
  await say("request", second.requestId);
  await heard(second.id, 2);
  expect(told.filter((each) => each === second.id).length).toBeGreaterThanOrEqual(2);
  await news.stop();
});
