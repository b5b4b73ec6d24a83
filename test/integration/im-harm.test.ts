import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "@/server/platforms/adapter";
import { createCall } from "@/server/platforms/client";
import { createAdapter } from "@/server/platforms/im/adapter";
import { catalogue } from "@/server/platforms/im/catalogue";
import { textOnly } from "@/server/platforms/piece";
import { openLink, type TestLink } from "@/test/im-link";
import { type Im, start } from "@/test/simulators/im";
import type { Person } from "@/test/simulators/im/world";

let im: Im;
let ann: Person;
let bob: Person;
let line: TestLink;
let adapter: Required<Adapter>;

beforeEach(async () => {
  im = await start();
  ann = im.world.addPerson("Ann");
  bob = im.world.addPerson("Bob", { email: "bob@desk.example", mobile: "13800000000" });
  line = openLink(im, ann);
  await line.hooks.connected();
  const call = createCall(catalogue, line.link.send, new AbortController().signal);
  // The gateway hands names over as text; the contract says which capabilities there are.
  adapter = createAdapter(call as Parameters<typeof createAdapter>[0]) as Required<Adapter>;
});

afterEach(async () => {
  await line.end();
  await im.close();
});

const toBob = () => ({ to: "person", id: bob.id }) as const;

describe("a number that is a person's and a group's", () => {
  test("what was said in the group is not shown as said to the person", async () => {
    const group = im.world.addGroup("Twin", ann.id, [], bob.id);
    im.world.say({ from: ann.id, to: group.id, ope: "group", type: "text", body: "to everybody" });
    im.world.say({ from: ann.id, to: bob.id, ope: "friend", type: "text", body: "to Bob" });
    const { items } = await adapter["messages.history"](toBob(), null, 10);
    expect(items.map(({ pieces }) => pieces)).toEqual([textOnly("to Bob")]);
  });

  test("a message is taken back from where it was sent", async () => {
    const group = im.world.addGroup("Twin", ann.id, [], bob.id);
    const { id: messageId } = im.world.say({ from: ann.id, to: group.id, ope: "group", type: "text", body: "oops" });
    await adapter["messages.recall"]({ to: "group", id: group.id, messageId });
    expect(im.of("POST /chat/revocation")[0]?.fields).toContainEqual(["ope", "group"]);
  });
});

test("an id beyond 2^53 loses no digit on its way out or in", async () => {
  const far = im.world.addPerson("Far", { id: "9007199254740993" });
  const near = im.world.addPerson("Near", { id: "9007199254740992" });
  const group = im.world.addGroup("Chess", ann.id, [far.id, near.id], "9007199254740995");
  await adapter["members.kick"](group.id, far.id);
  expect((await adapter["members.list"](group.id)).map(({ id }) => id)).toEqual([ann.id, near.id]);
});

test("mail addresses and phone numbers are not carried along with anybody", async () => {
  im.world.befriend(ann.id, bob.id);
  im.world.addCategory(ann.id, "Club", [bob.id]);
  const group = im.world.addGroup("Chess", ann.id, [bob.id]);
  const shown = [
    await adapter["friends.list"](),
    await adapter["friends.search"]("Bob"),
    await adapter["people.get"](bob.id),
    await adapter["categories.list"](),
    await adapter["members.list"](group.id),
    await adapter["groups.get"](group.id),
  ];
  expect(JSON.stringify(shown)).toContain("Bob");
  for (const secret of [bob.email, bob.mobile]) expect(JSON.stringify(shown)).not.toContain(secret);
});

describe("friends", () => {
  test("removed on one side only: the other side still has the account", async () => {
    im.world.befriend(ann.id, bob.id);
    await adapter["friends.remove"](bob.id);
    expect([im.world.areFriends(ann.id, bob.id), im.world.areFriends(bob.id, ann.id)]).toEqual([false, true]);
  });

  test("who was a friend and was blocked is no friend after unblocking, and is not shown as one", async () => {
    im.world.befriend(ann.id, bob.id);
    await adapter["friends.block"](bob.id);
    expect(await adapter["friends.list"]()).toEqual([]);
    await adapter["friends.unblock"](bob.id);
    expect([await adapter["friends.list"](), await adapter["friends.blocked"]()]).toEqual([[], []]);
  });

  test("whether they are online is not claimed: the server never takes it back", async () => {
    im.world.befriend(ann.id, bob.id);
    bob.about = { onlineStatus: "online" };
    expect(await adapter["friends.list"]()).toMatchObject([{ isOnline: null }]);
  });
});

describe("groups", () => {
  test("changing one thing resets no switch and clears no word", async () => {
    const group = im.world.addGroup("Chess", ann.id);
    Object.assign(group, { intro: "for all", avatar: "https://pictures.example/a.png" });
    Object.assign(group.switches, { disableAddMember: true, enbaleBeforeMsg: true });
    await adapter["groups.update"](group.id, { name: "Go" });
    expect(group).toMatchObject({
      ...{ name: "Go", intro: "for all", avatar: "https://pictures.example/a.png" },
      switches: { disableAddMember: true, disableViewMember: false, disbaleAddGroup: false, enbaleBeforeMsg: true },
    });
  });

  test("handed to somebody who is not in it would belong to nobody: nothing is sent", async () => {
    const group = im.world.addGroup("Chess", ann.id);
    await expect(adapter["groups.transfer"](group.id, bob.id)).rejects.toMatchObject({ code: "not_offered" });
    expect([im.of("POST /chatGroups/transfer"), group.owner]).toEqual([[], ann.id]);
  });

  test("one that cannot be read is not changed and not handed over, and that is certain", async () => {
    const group = im.world.addGroup("Chess", ann.id, [bob.id]);
    const acts = [
      () => adapter["groups.update"](group.id, { name: "Go" }),
      () => adapter["groups.transfer"](group.id, bob.id),
    ];
    for (const act of acts) {
      im.interrupt("GET /chatGroups/info", (response) => response.end("<html>"));
      await expect(act()).rejects.toMatchObject({ isSent: false, isCertain: true });
    }
    expect(group).toMatchObject({ name: "Chess", owner: ann.id });
  });

  test("in one that the account is not in it has no rank", async () => {
    const group = im.world.addGroup("Chess", bob.id);
    expect(await adapter["groups.get"](group.id)).toMatchObject({ ownerId: bob.id, ownRole: null });
    im.world.addGroup("Go", bob.id, [ann.id], "10000900").managers.add(ann.id);
    expect(await adapter["groups.get"]("10000900")).toMatchObject({ ownRole: "admin" });
  });

  test("a manager is unmade by saying so: what is left out would unmake, too, and is never left out", async () => {
    const group = im.world.addGroup("Chess", ann.id, [bob.id]);
    for (const isAdmin of [true, false]) await adapter["members.promote"](group.id, bob.id, isAdmin);
    const said = im.of("POST /chatGroups/manager").map(({ fields }) => fields.at(-1));
    expect(said).toEqual([
      ["isManager", "1"],
      ["isManager", "0"],
    ]);
  });

  test("a mute of a second is one of a minute, and never none at all", async () => {
    const group = im.world.addGroup("Chess", ann.id, [bob.id]);
    await adapter["members.mute"](group.id, bob.id, 1);
    expect(im.of("POST /chatGroups/banned")[0]?.fields).toContainEqual(["minute", "1"]);
  });
});

describe("messages", () => {
  test("taken back too late are refused in the server's words, and stay", async () => {
    const message = im.world.say({ from: ann.id, to: bob.id, ope: "friend", type: "text", body: "oops" });
    im.world.clock += 121_000;
    await expect(adapter["messages.recall"]({ ...toBob(), messageId: message.id })).rejects.toMatchObject({
      ...{ code: "platform_refused", text: "超过两分钟不能撤回", isCertain: true },
    });
    expect(message.isRecalled).toBe(false);
  });

  test("a file goes as one text that says where it is, and is read as a file again", async () => {
    im.world.befriend(ann.id, bob.id);
    const source = "https://files.example/a.pdf";
    await adapter["messages.send"]({ ...toBob(), pieces: [{ type: "file", source, name: "a.pdf" }] });
    expect(im.of("POST /chat/send")[0]?.fields).toContainEqual(["type", "file"]);
    const { items } = await adapter["messages.history"](toBob(), null, 10);
    expect(items[0]?.pieces).toEqual([{ type: "file", url: source, name: "a.pdf" }]);
  });

  test.each(["", "no json", "[]", '{"fileUrl":7}'])("a picture whose body is %j is still a picture", async (body) => {
    im.world.say({ from: bob.id, to: ann.id, ope: "friend", type: "pic", body });
    const { items } = await adapter["messages.history"](toBob(), null, 10);
    expect(items[0]?.pieces).toEqual([{ type: "image", url: null }]);
  });

  test("a place where history was left is not made up", async () => {
    for (const cursor of ["2", "1:2", "-1:2:3", "1:5000:3"])
      await expect(adapter["messages.history"](toBob(), cursor, 10)).rejects.toMatchObject({ code: "invalid_input" });
    expect(im.of("GET /chat/messages")).toEqual([]);
  });
});

describe("signed out elsewhere", () => {
  test("while the socket is dialled: it is told as that, and nothing is tried again", async () => {
    im.dropSockets();
    await line.hooks.failed();
    im.interrupt("GET /me/info", (_response, next) => {
      next();
      // Between the answer and the socket.
      im.signOutAll();
    });
    line.clock.advance(1_000);
    await line.hooks.logged("signed_out_there");
    expect(im.refusedDials).toEqual([401]);
    expect(line.hooks.states.at(-1)).toMatchObject({ isConnected: false, error: { code: "signed_out_there" } });
    expect(line.clock.waits).toEqual([]);
  });

  test("with many calls under way each is told, the state once, and no token is taken from a refusal", async () => {
    const before = line.saved.length;
    im.signOutAll();
    const asked = await Promise.allSettled([1, 2, 3].map(() => adapter["friends.list"]()));
    for (const each of asked)
      expect(each).toMatchObject({ status: "rejected", reason: { code: "signed_out_there", isSent: true } });
    expect(line.hooks.logs.filter(({ code }) => code === "signed_out_there")).toHaveLength(1);
    expect(line.saved).toHaveLength(before);
  });
});
