import { expect, test } from "vitest";
import { adapter, ann, bob, group, napcat, now, setUp } from "../napcat-ground";

setUp();

test("honours come under OneBot's names, whatever the document labels them", async () => {
  group.honors.push(
    { kind: "legend", userId: bob.userId, description: "" },
    { kind: "talkative", userId: ann.userId, description: "7 days" },
  );
  const told = await adapter["groups.honors"](group.groupId);
  expect(told.map(({ kind, userId, text }) => [kind, userId, text])).toEqual([
    ["talkative", "30001", "7 days"],
    ["legend", "30002", ""],
  ]);
});

test("likes are dated by themselves, not by what the document calls the last time", async () => {
  for (const [userId, time] of [
    ["30001", now - 60],
    ["30002", now - 5],
    ["0", now],
  ] as const)
    napcat.world.likers.push({ userId, count: 2, time });
  const likers = await adapter["profile.likes"]();
  // Whose number QQ does not tell is nobody one could do anything about.
  expect(likers.map(({ userId, at }) => [userId, at?.getTime()])).toEqual([
    ["30002", (now - 5) * 1_000],
    ["30001", (now - 60) * 1_000],
  ]);
});

test("a group that nobody is to find is closed both ways, although one of the switches can be left out", async () => {
  await adapter["groups.findable"](group.groupId, false);
  expect(group.rules).toMatchObject({ noFingerOpen: 1, noCodeFingerOpen: 1 });
  await adapter["groups.findable"](group.groupId, true);
  expect(group.rules).toMatchObject({ noFingerOpen: 0, noCodeFingerOpen: 0 });
});

test("a question and its answer go with the code that asks them, and with no other", async () => {
  await adapter["groups.joinRule"](group.groupId, { how: "question", question: "Who opens?", answer: "White" });
  expect(group.rules).toMatchObject({ addType: 4, question: "Who opens?", answer: "White" });
  await adapter["groups.joinRule"](group.groupId, { how: "question", question: "Who opens?", answer: null });
  expect(group.rules).toMatchObject({ addType: 5, question: "Who opens?", answer: "" });
  await adapter["groups.joinRule"](group.groupId, { how: "nobody" });
  expect(group.rules).toMatchObject({ addType: 3, question: "", answer: "" });
  const plain = napcat.calls.of("set_group_add_option").at(-1)?.params ?? {};
  expect(Object.keys(plain).sort()).toEqual(["add_type", "group_id"]);
});

test("who is no admin changes no rule, and that is told in QQ's words", async () => {
  napcat.world.putMember(group, { ...napcat.world.account, role: "member" });
  await expect(adapter["groups.joinRule"](group.groupId, { how: "anyone" })).rejects.toMatchObject({
    ...{ code: "platform_refused", text: "权限不足" },
  });
  expect(group.rules.addType).toBe(2);
});

test("a mute that is over is listed no more, and a card is what somebody is called", async () => {
  napcat.world.putMember(group, { ...ann, card: "Doorkeeper", mutedUntil: now + 60 });
  napcat.world.putMember(group, { ...bob, mutedUntil: now - 60 });
  expect(await adapter["groups.muted"](group.groupId)).toEqual([
    { userId: "30001", name: "Doorkeeper", until: new Date((now + 60) * 1_000) },
  ]);
});

test("a level that comes as text is a number", async () => {
  napcat.world.putMember(group, { ...ann, level: 42 });
  expect(await adapter["members.get"](group.groupId, ann.userId)).toMatchObject({ level: 42 });
});

test("room on the shelf is told in numbers, although the sizes come as text", async () => {
  group.shelf.files.push({ id: "/f1", name: "a", size: 7, folder: "/", uploaderId: "30001", time: now });
  const { fileLimit, total } = group.shelf;
  expect(await adapter["files.space"](group.groupId)).toEqual({ used: 7, total, fileCount: 1, fileLimit });
});

test("a file is kept for ever, and without a packet backend that fails with NapCat's words", async () => {
  const deadTime = now + 86_400;
  group.shelf.files.push({ id: "/f1", name: "a", size: 7, folder: "/", uploaderId: "30001", time: now, deadTime });
  const expiry = async () => (await adapter["files.list"](group.groupId, null)).files[0]?.expiresAt?.getTime() ?? null;
  expect(await expiry()).toBe(deadTime * 1_000);
  napcat.world.hasPacketBackend = false;
  await expect(adapter["files.keep"](group.groupId, "/f1")).rejects.toMatchObject({
    text: expect.stringContaining("packetBackend"),
  });
  napcat.world.hasPacketBackend = true;
  await adapter["files.keep"](group.groupId, "/f1");
  expect(await expiry()).toBeNull();
});

test("NapCat that is stopped does not answer any more: nobody claims that nothing happened", async () => {
  await expect(adapter["clients.exit"]()).rejects.toMatchObject({ isSent: true });
  await expect(adapter["presence.get"]()).rejects.toMatchObject({ code: "connection_refused" });
  await napcat.accept();
  await expect(adapter["presence.get"]()).resolves.toMatchObject({ isOnline: true });
});
