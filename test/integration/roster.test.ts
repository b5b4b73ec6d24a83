import { afterAll, beforeAll, expect, it } from "vitest";
import { systemActor } from "@/lib/actor";
import type { Prisma } from "@/server/db/generated/client";
import { hearFriendRemoved } from "@/server/desk/friend-news";
import { forgetGroup, patchGroup } from "@/server/desk/group-store";
import { dropMember, patchMember, recount } from "@/server/desk/member-patch";
import { storePresence } from "@/server/desk/member-presence";
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

const choir = {
  get botId() {
    return botId;
  },
  groupId: "40099",
};
const person = { userId: "61", lastSeenAt: null };
const tx = <T>(work: (one: Prisma.TransactionClient) => Promise<T>) => store.database.$transaction(work);

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

it.each([
  ["a member's card", "members", () => tx((one) => patchMember(one, choir, "61", { card: "x" }))],
  ["who is online", "members", () => storePresence(store.database, choir, [{ ...person, isOnline: true }])],
  ["who has left", "members", () => tx((one) => dropMember(one, choir, "61"))],
  ["how many there are", "groups", () => tx((one) => recount(one, choir, 1))],
  ["a group's name", "groups", () => patchGroup(store.database, botId, { id: choir.groupId, name: "Choir" })],
  ["a group that was left", "groups", () => tx((one) => forgetGroup(one, botId, choir.groupId))],
  ["a friend who is none", "friends", () => hearFriendRemoved(store.database, botId, "61")],
] as const)("%s is written beside a reading of the list, and neither waits for the other for ever", async (...row) => {
  const [, kind, write] = row;
  const { database } = store;
  const { groupId } = choir;
  const named = { botId, name: "Ann", searchText: "ann" };
  for (const each of ["groups", "friends", "members"])
    await database.roster.createMany({
      data: [{ botId, kind: each, groupId: each === "members" ? groupId : "" }],
      skipDuplicates: true,
    });
  await database.knownGroup.createMany({ data: [{ ...named, groupId, memberCount: 3 }], skipDuplicates: true });
  await database.knownFriend.createMany({ data: [{ ...named, userId: "61" }], skipDuplicates: true });
  await database.knownMember.createMany({
    data: [{ ...named, groupId, userId: "61", role: "member" }],
    skipDuplicates: true,
  });
  // As a reading does: the list first, then what is in it.
  let written: Promise<unknown> = Promise.resolve();
  await database.$transaction(async (reading) => {
    await reading.$executeRaw`SELECT 1 FROM "Roster" WHERE "botId" = ${botId}::uuid AND "kind" = ${kind}
      AND "groupId" IN ('', ${groupId}) FOR UPDATE`;
    written = write();
    written.catch(() => undefined);
    const isWaiting = async () =>
      (
        await database.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity
          WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`
      ).length > 0;
    while (!(await isWaiting()));
    const all = { where: { botId }, data: { searchText: "read" } };
    if (kind === "groups") await reading.knownGroup.updateMany(all);
    else if (kind === "friends") await reading.knownFriend.updateMany(all);
    else await reading.knownMember.updateMany(all);
  });
  await written;
});
