import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "@/server/platforms/adapter";
import type { Arrival } from "@/server/platforms/arrival";
import { createCall } from "@/server/platforms/client";
import { createAdapter } from "@/server/platforms/im/adapter";
import { catalogue } from "@/server/platforms/im/catalogue";
import { textOnly } from "@/server/platforms/piece";
import { openLink, type TestLink } from "@/test/im-link";
import { type Im, start } from "@/test/simulators/im";
import type { Group, Person } from "@/test/simulators/im/world";

let im: Im;
let ann: Person;
let bob: Person;
let group: Group;
let line: TestLink;
let adapter: Required<
  Pick<
    Adapter,
    "requests.list" | "requests.answer" | "requests.check" | "groups.update" | "messages.send" | "people.get"
  >
>;

beforeEach(async () => {
  im = await start();
  ann = im.world.addPerson("Ann");
  bob = im.world.addPerson("Bob", { email: "bob@desk.example", mobile: "13800000000" });
  group = im.world.addGroup("Chess", ann.id);
  line = openLink(im, ann);
  await line.hooks.connected();
  const call = createCall(catalogue, line.link.send, new AbortController().signal);
  // The adapter's own `call` is untyped; the operations it names are those of the catalogue.
  const made = createAdapter((name, input) => call(name as "get.me.info", input as Record<string, never>));
  // Those that are tested here are there, or each of these tests fails.
  adapter = made as typeof adapter;
});

afterEach(async () => {
  await line.end();
  await im.close();
});

async function only(): Promise<Arrival> {
  const { arrivals } = await adapter["requests.list"]();
  expect(arrivals).toHaveLength(1);
  const [arrival] = arrivals;
  if (arrival === undefined) throw new Error("no arrival");
  return arrival;
}

describe("who asks to be let in", () => {
  test("is listed whole, with name, words and group, and without what is secret", async () => {
    im.world.askFriend(bob.id, ann.id, "it is me");
    im.world.askJoin(bob.id, group.id, "let me play");
    const list = await adapter["requests.list"]();
    expect(list).toMatchObject({
      arrivals: [
        { kind: "friend", applicantId: bob.id, applicantName: "Bob", message: "it is me", groupId: null },
        { kind: "group_join", applicantId: bob.id, message: "let me play", groupId: group.id, groupName: "Chess" },
      ],
      complete: ["friend", "group_join"],
      reach: { friend: "all", group_join: "all" },
      unlisted: [],
    });
    expect(list.arrivals[0]?.askedAt?.toISOString()).toBe("2026-01-02T01:39:52.100Z");
    for (const secret of [bob.email, bob.mobile]) expect(JSON.stringify(list.arrivals)).not.toContain(secret);
  });

  test("a person and a group of one number are told apart, and so are two applications of one person", async () => {
    expect(group.id).toBe(ann.id);
    im.world.askFriend(bob.id, ann.id, "one");
    im.world.askFriend(bob.id, ann.id, "two");
    im.world.askJoin(bob.id, group.id, "three");
    const { arrivals } = await adapter["requests.list"]();
    expect(new Set(arrivals.map(({ key }) => key)).size).toBe(3);
  });

  test("a list that is cut off is not taken for all there is: nobody is closed as gone", async () => {
    const items = '{"code":0,"result":{"items":null,"total":60}}';
    im.interrupt("GET /friends/add/applies", (response) => response.end(items));
    await expect(adapter["requests.list"]()).resolves.toMatchObject({
      ...{ complete: ["group_join"], reach: { group_join: "all" } },
    });
  });

  test("one list that fails does not hide the other; both together are an error", async () => {
    im.world.askJoin(bob.id, group.id, "let me play");
    im.interrupt("GET /friends/add/applies", (response) => response.writeHead(500).end('{"code":1,"message":"db"}'));
    await expect(adapter["requests.list"]()).resolves.toMatchObject({
      ...{ arrivals: [{ kind: "group_join" }], complete: ["group_join"] },
    });
    for (const name of ["GET /friends/add/applies", "GET /chatGroups/join"])
      im.interrupt(name, (response) => response.end("<html>"));
    await expect(adapter["requests.list"]()).rejects.toMatchObject({ code: "bad_answer" });
  });
});

describe("an answer", () => {
  test("lets a friend in, and is read back as that", async () => {
    im.world.askFriend(bob.id, ann.id, "it is me");
    const arrival = await only();
    await expect(adapter["requests.check"](arrival)).resolves.toBe("pending");
    await adapter["requests.answer"]({ ...arrival, verb: "approve", reason: "never told" });
    expect(im.world.areFriends(bob.id, ann.id)).toBe(true);
    expect(im.of("POST /friends/add/reply")[0]?.fields).toEqual([
      ["toId", bob.id],
      ["status", "pass"],
    ]);
    await expect(adapter["requests.check"](arrival)).resolves.toBe("approved");
  });

  test("refuses a friend with the reason; the lists say that it is decided", async () => {
    const apply = im.world.askFriend(bob.id, ann.id, "it is me");
    const arrival = await only();
    await adapter["requests.answer"]({ ...arrival, verb: "deny", reason: "not now" });
    expect(apply).toMatchObject({ status: "deny", denyReason: "not now" });
    await expect(adapter["requests.check"](arrival)).resolves.toBe("decided");
  });

  test("goes to the group and the person, and is read back either way", async () => {
    const cid = im.world.addPerson("Cid");
    im.world.askJoin(bob.id, group.id, "one");
    im.world.askJoin(cid.id, group.id, "two");
    const [one, two] = (await adapter["requests.list"]()).arrivals;
    if (!one || !two) throw new Error("two arrivals were made");
    await adapter["requests.answer"]({ ...one, verb: "deny", reason: "full" });
    await adapter["requests.answer"]({ ...two, verb: "approve", reason: "" });
    expect([...group.members]).toEqual([ann.id, cid.id]);
    await expect(adapter["requests.check"](one)).resolves.toBe("denied");
    await expect(adapter["requests.check"](two)).resolves.toBe("approved");
    const handled = (await adapter["requests.list"]()).arrivals.map(({ isHandled }) => isHandled);
    expect(handled).toEqual([{ by: null }, { by: null }]);
  });

  test("to an invitation is not offered: the server never asks", async () => {
    const invite = { kind: "group_invite", handle: { createdAt: "" }, applicantId: bob.id, groupId: group.id } as const;
    await expect(adapter["requests.answer"]({ ...invite, verb: "approve", reason: "" })).rejects.toMatchObject({
      ...{ code: "not_offered", isSent: false },
    });
  });
});

describe("a group that is edited", () => {
  test("keeps its name and every switch that was not touched", async () => {
    group.switches.disbaleAddGroup = true;
    group.switches.enbaleBeforeMsg = true;
    await adapter["groups.update"](group.id, { intro: "for everybody" });
    expect(group).toMatchObject({
      ...{ name: "Chess", intro: "for everybody" },
      switches: { disableAddMember: false, disableViewMember: false, disbaleAddGroup: true, enbaleBeforeMsg: true },
    });
  });

  test("is not written when it could not be read", async () => {
    im.interrupt("GET /chatGroups/info", (response) => response.end('{"code":0,"result":{"id":10000000}}'));
    await expect(adapter["groups.update"](group.id, { intro: "x" })).rejects.toMatchObject({ code: "bad_answer" });
    expect(im.of("PUT /chatGroups")).toEqual([]);
  });
});

test("a message to a number that is a friend's and a group's goes where it was sent", async () => {
  im.world.befriend(ann.id, bob.id);
  const twin = im.world.addGroup("Twin", ann.id);
  expect(twin.id).toBe(bob.id);
  await expect(
    adapter["messages.send"]({ to: "group", id: twin.id, pieces: textOnly("hello") }),
  ).resolves.toMatchObject({
    messageId: "1",
  });
  expect(im.world.messages).toMatchObject([{ ope: "group", to: twin.id }]);
});

test("who is looked for by id is not mistaken for somebody of that name", async () => {
  im.world.addPerson("Imposter", { username: bob.id });
  await expect(adapter["people.get"](bob.id)).resolves.toMatchObject({ id: bob.id, name: "Bob" });
  im.world.addPerson("Other", { username: "10000999" });
  await expect(adapter["people.get"]("10000999")).rejects.toMatchObject({ code: "platform_refused" });
});
