import { afterAll, beforeAll, expect, it } from "vitest";
import { systemActor } from "@/lib/actor";
import { type Doing, perform } from "@/server/desk/perform";
import { touchRoster } from "@/server/desk/roster";
import { PlatformError } from "@/server/platforms/error";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  napcat = await start();
  napcat.world.addGroup({ groupId: "40001", groupName: "Chess" }, [
    { userId: "30001", nickname: "Ann" },
    { userId: "30002", nickname: "Bob", card: "Bobby" },
  ]);
  botId = await test.connect(napcat);
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

const names = async () =>
  (await store.database.knownMember.findMany({ where: { botId, groupId: "40001" }, orderBy: { userId: "asc" } })).map(
    ({ userId, name }) => [userId, name],
  );

it("a list is answered from what is stored, read behind it, and its end is told", async () => {
  const first = await test.desk.rosters.ask(botId, "members", "40001");
  expect(first).toMatchObject({ readAt: null, isReading: true, error: null });
  const read = await until(test.desk, async () => {
    const state = await test.desk.rosters.ask(botId, "members", "40001");
    return state.isReading ? undefined : state;
  });
  expect(read).toMatchObject({ isReading: false, version: 1 });
  expect((await names()).map(([userId]) => userId)).toEqual(["10001", "30001", "30002"]);
});

it("reading it again removes who left, keeps who stayed and counts as no change when nothing changed", async () => {
  await test.desk.rosters.read(botId, "members", "40001");
  expect(await test.desk.rosters.ask(botId, "members", "40001")).toMatchObject({ version: 1 });
  napcat.world.groups.get("40001")?.members.delete("30001");
  napcat.world.groups.get("40001")?.members.set("30003", {
    ...{ userId: "30003", nickname: "a\u0000b\nc", card: "", role: "member", joinedAt: 1 },
  });
  await test.desk.rosters.read(botId, "members", "40001");
  expect(await test.desk.rosters.ask(botId, "members", "40001")).toMatchObject({ version: 2 });
  // What a database or a line cannot hold is replaced, and nothing fails for it.
  expect((await names()).slice(1)).toEqual([
    ["30002", "Bob"],
    ["30003", "a\uFFFDb\uFFFDc"],
  ]);
});

it("a push that comes while the list is on its way is not undone for good: it is read once more", async () => {
  const name = { botId, kind: "members", groupId: "40001" } as const;
  const held = napcat.faults.hold("get_group_member_list");
  const reading = test.desk.rosters.read(botId, "members", "40001");
  await held.call;
  await store.database.$transaction((tx) => touchRoster(tx, name));
  held.release();
  await reading;
  const row = await store.database.roster.findUniqueOrThrow({ where: { botId_kind_groupId: name } });
  expect(row.isStale).toBe(true);
});

it("a list that cannot be read keeps what is stored and says why", async () => {
  napcat.faults.failNext("get_group_member_list", "not today");
  const before = await names();
  await test.desk.rosters.read(botId, "members", "40001");
  expect(await test.desk.rosters.ask(botId, "members", "40001")).toMatchObject({
    ...{ error: "platform_refused", readAt: expect.any(Date) },
  });
  expect(await names()).toEqual(before);
});

it("an act is confirmed only when it is seen; a platform's word alone is not enough", async () => {
  const doing: Doing<"members.kick"> = {
    ...{ actor: systemActor, correlationId: test.desk.correlation(), botId, capability: "members.kick" },
    ...{ groupId: "40001", personId: "30002" },
  };
  const members = () => napcat.world.groups.get("40001")?.members;
  const kick = (look?: () => Promise<boolean | null>) =>
    perform(test.desk, doing, (able) => able["members.kick"]("40001", "30002"), look);
  expect(await kick(async () => members()?.has("30002") === false)).toMatchObject({ state: "confirmed" });
  napcat.faults.okWithoutActing("set_group_kick", { times: 4 });
  expect(await kick(async () => members()?.has("30002") === true)).toMatchObject({ state: "sent" });
  expect(await kick(async () => null)).toMatchObject({ state: "sent" });
  expect(await kick(() => Promise.reject(new PlatformError("timeout", { isSent: true })))).toMatchObject({
    ...{ state: "sent" },
  });
  expect(await kick()).toMatchObject({ state: "sent" });
});

it("what the platform cannot do is not tried", async () => {
  const doing: Doing<"groups.dissolve"> = {
    ...{ actor: systemActor, correlationId: test.desk.correlation(), botId, capability: "groups.dissolve" },
  };
  const dissolving = perform(test.desk, doing, (able) => able["groups.dissolve"]("40001"));
  await expect(dissolving).rejects.toMatchObject({ code: "not_possible", detail: { capability: "groups.dissolve" } });
});
