import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let nextPerson = 970_000;

beforeAll(async () => {
  store = await createTestDatabase();
  // No look is ever planned: what is confirmed then was read back right after it was sent.
  await store.database.$executeRawUnsafe(`
    CREATE FUNCTION no_planned_look() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW."checkAt" = NEW."checkAt" + interval '1 day'; RETURN NEW; END $$`);
  await store.database.$executeRawUnsafe(`
    CREATE TRIGGER no_planned_look BEFORE UPDATE ON "Decision" FOR EACH ROW
    WHEN (NEW."checkAt" IS DISTINCT FROM OLD."checkAt") EXECUTE FUNCTION no_planned_look()`);
  test = await startDesk(store.url);
  napcat = await start();
  napcat.world.addGroup({ groupId: "880009", groupName: "群" });
  botId = await test.connect(napcat);
  mei = await test.operator("owner", null, "Mei");
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

async function arrive(count: number) {
  const ids = Array.from({ length: count }, () => {
    nextPerson += 1;
    napcat.inbox.arriveJoin({ userId: String(nextPerson), nickname: "访客", groupId: "880009" });
    return String(nextPerson);
  });
  return await until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "waiting", limit: 100 });
    const found = items.filter((item) => ids.includes(item.applicantId));
    return found.length === count ? found.map(({ id, version }) => ({ id, version })) : undefined;
  });
}

const stateOf = async (id: string) =>
  (await store.database.request.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;

it("decisions taken one by one are each confirmed at once, however quickly they follow", async () => {
  for (const { id, version } of await arrive(5)) {
    await test.as(mei).requests.decide({ id, version, verb: "approve" });
    await until(test.desk, async () => ((await stateOf(id)) === "confirmed" ? true : undefined));
  }
});

it("of many at once the members are not read for each", async () => {
  const items = await arrive(30);
  const before = napcat.calls.of("get_group_member_list").length;
  await test.as(mei).batches.start({ id: uuid(), verb: "approve", items });
  await until(test.desk, async () => {
    const states = await Promise.all(items.map(({ id }) => stateOf(id)));
    return states.every((state) => state === "sent" || state === "confirmed") ? true : undefined;
  });
  expect(napcat.calls.of("get_group_member_list").length - before).toBeLessThan(items.length / 2);
});
