import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "@/server/platforms/adapter";
import { createAdapter } from "@/server/platforms/chat68/adapter";
import { catalogue } from "@/server/platforms/chat68/catalogue";
import { open } from "@/server/platforms/chat68/driver";
import { createCall } from "@/server/platforms/client";
import type { Link } from "@/server/platforms/driver";
import { textOnly } from "@/server/platforms/piece";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { type Chat68, start } from "@/test/simulators/chat68";
import { Refused } from "@/test/simulators/chat68/wire";
import type { Group } from "@/test/simulators/chat68/world";
import { watchedAdapter } from "@/test/watched-adapter";

const ann = { uid: 5138518, nickName: "Ann" };
const host = { uid: 7237423, nickName: "Host" };

let helper: Chat68;
let hooks: HeardHooks;
let link: Link;
let adapter: Required<Adapter>;
let group: Group;

/** An adapter over one transport, everything beyond the document switched on. */
async function connect(transport: "ws" | "http"): Promise<void> {
  const clock = new HandClock();
  const used = new Set<string>();
  link = open({
    connection: transport === "ws" ? { transport, wsUrl: helper.wsUrl } : { transport, httpUrl: helper.httpUrl },
    ...{ credentials: {}, accountId: null, hooks, clock, random: () => 0 },
    reserve: async (value) => !used.has(value) && used.add(value) !== undefined,
  });
  clock.advance(0);
  await hooks.connected();
  const call = createCall(catalogue, link.send, new AbortController().signal);
  // A name that is no row's is refused by the call itself.
  const named = call as (name: string, input: unknown) => Promise<unknown>;
  adapter = watchedAdapter(catalogue, named, (each) => createAdapter(each, () => true));
}

beforeEach(async () => {
  helper = await start();
  hooks = new HeardHooks();
  group = { id: 389284, hostId: host.uid, name: "huimei", members: [host, helper.world.account, ann] };
  helper.world.groups = [group];
});

afterEach(async () => {
  await link.close();
  hooks.close();
  await helper.close();
});

describe.each(["ws", "http"] as const)("over %s", (transport) => {
  beforeEach(() => connect(transport));

  test("a notice is set in silence, then told to the members", async () => {
    await adapter["notices.publish"]("389284", { text: "one\ntwo", callsAll: true });
    expect(group.notice?.text).toBe("one\ntwo");
    expect(helper.world.messages).toMatchObject([
      {
        peer: 389284,
        type: "group",
        fields: { list: [{ values: { chatType: 8, content: "one\\ntwo", bfAll: true } }] },
      },
    ]);
    await expect(adapter["notices.list"]("389284")).resolves.toMatchObject([
      { id: null, text: "one\ntwo", authorId: "4008697", at: new Date(1759928661000) },
    ]);
  });

  test("nobody's attention is called unless that is asked for", async () => {
    await adapter["notices.publish"]("389284", { text: "quiet" });
    expect(helper.world.messages[0]?.fields).toMatchObject({ list: [{ values: { bfAll: false } }] });
    for (const more of [{ image: "https://a.example/b.png" }, { isPinned: true }, { needsConfirmation: true }])
      await expect(adapter["notices.publish"]("389284", { text: "x", ...more })).rejects.toMatchObject({
        code: "not_offered",
        isSent: false,
      });
    expect(group.notice?.text).toBe("quiet");
  });

  test("a notice that was set and not told says so, and going on tells it without setting it again", async () => {
    helper.world.faults.set("sendMsg", new Refused(300, "服务繁忙"));
    const publishing = adapter["notices.publish"]("389284", { text: "rules" });
    await expect(publishing).rejects.toMatchObject({
      code: "partly_done",
      text: "服务繁忙",
      detail: { done: "notice", left: "announce", error: "platform_refused", outcome: "failed" },
    });
    expect(group.notice?.text).toBe("rules");
    expect(helper.world.messages).toEqual([]);
    await adapter["notices.publish"]("389284", { text: "rules" }, "announce");
    expect(helper.of("GroupUpdate")).toHaveLength(1);
    expect(helper.world.messages).toHaveLength(1);
  });

  test("a notice that was not set is told to nobody", async () => {
    group.isForeign = true;
    const publishing = adapter["notices.publish"]("389284", { text: "rules" });
    await expect(publishing).rejects.toMatchObject({ code: "platform_refused", text: "没有权限" });
    expect(helper.of("sendMsg")).toEqual([]);
  });

  test("everybody is muted and told, and the same the other way round", async () => {
    await adapter["groups.muteAll"]("389284", true);
    expect(group.isMuted).toBe(true);
    await expect(adapter["groups.get"]("389284")).resolves.toMatchObject({ isMuted: true, ownerId: "7237423" });
    await adapter["groups.muteAll"]("389284", false);
    expect(group.isMuted).toBe(false);
    expect(helper.world.messages.map(({ fields }) => fields.list)).toMatchObject([
      [{ values: { chatType: 50, bfShutup: true } }],
      [{ values: { chatType: 50, bfShutup: false } }],
    ]);
  });

  test("a mute that failed is never claimed before the members", async () => {
    group.isForeign = true;
    await expect(adapter["groups.muteAll"]("389284", true)).rejects.toMatchObject({ code: "platform_refused" });
    expect([group.isMuted, helper.of("sendMsg")]).toEqual([undefined, []]);
  });

  test("a mute that was made and not told is told later, and not made twice", async () => {
    helper.world.faults.set("sendMsg", new Refused(300, "服务繁忙"));
    await expect(adapter["groups.muteAll"]("389284", true)).rejects.toMatchObject({
      code: "partly_done",
      detail: { done: "mute", left: "announce" },
    });
    await adapter["groups.muteAll"]("389284", true, "announce");
    expect([helper.of("GroupUpdate").length, helper.world.messages.length]).toEqual([1, 1]);
  });

  test("changing a group never reaches the operation that deletes it", async () => {
    await adapter["groups.muteAll"]("389284", true);
    await adapter["notices.publish"]("389284", { text: "rules" });
    expect(helper.world.groups).toEqual([group]);
    for (const { input } of [catalogue["GroupUpdate#11"], catalogue["GroupUpdate#12"]])
      expect(input.safeParse({ op: 1, groupParam: { groupId: "389284" } }).success).toBe(false);
  });

  test("a member is muted for the time that was asked for, and nobody pretends to lift it", async () => {
    await adapter["members.mute"]("389284", "5138518", 3600);
    expect(group.muted?.get(ann.uid)).toBe(3600);
    await expect(adapter["members.mute"]("389284", "5138518", 0)).rejects.toMatchObject({
      code: "not_offered",
      isSent: false,
    });
    expect(helper.of("GroupMemberShutup")).toHaveLength(1);
  });

  test("who is not said to be online is offline, with the time they were last seen", async () => {
    helper.world.online.add(ann.uid);
    await expect(adapter["members.presence"]("389284", ["5138518", "7237423", "99"])).resolves.toEqual([
      { userId: "5138518", isOnline: true, lastSeenAt: new Date(1759928661000) },
      { userId: "7237423", isOnline: false, lastSeenAt: new Date(1759928661000) },
    ]);
  });

  test("a friend is told to be there or not, and of who is no friend nothing is told", async () => {
    helper.world.friends = [ann, host];
    helper.world.online.add(ann.uid);
    await expect(adapter["friends.list"]()).resolves.toMatchObject([
      { id: "5138518", isOnline: true, remark: null },
      { id: "7237423", isOnline: false, remark: null },
    ]);
  });

  test("an invitation link does not travel along with a group", async () => {
    const found = [await adapter["groups.list"](), await adapter["groups.get"]("389284")];
    expect(found).toMatchObject([
      [{ id: "389284", ownRole: transport === "ws" ? "admin" : null }],
      { ownRole: "admin" },
    ]);
    expect(JSON.stringify(found)).not.toContain("qrUrl");
  });

  test("an invitation that has ended, or is no address, is not handed out", async () => {
    await expect(adapter["groups.link"]("389284")).resolves.toMatch(/^https:/);
    for (const link of [
      { url: "https://68chat.example?qrCode=x", until: Date.now() - 1 },
      { url: "", until: 4_070_908_800_000 },
      { url: "javascript:alert(1)", until: 4_070_908_800_000 },
    ]) {
      group.link = link;
      await expect(adapter["groups.link"]("389284")).rejects.toMatchObject({ code: "platform_refused" });
    }
  });

  test("somebody is blocked and unblocked", async () => {
    await adapter["friends.block"]("5138518");
    expect([...helper.world.blocked]).toEqual([ann.uid]);
    await adapter["friends.unblock"]("5138518");
    expect(helper.world.blocked.size).toBe(0);
  });
});

test("a notice that was set and whose telling nobody confirmed is neither told nor untold", async () => {
  await connect("ws");
  helper.silent.add("sendMsg");
  const publishing = adapter["notices.publish"]("389284", { text: "rules" });
  const told = expect(publishing).rejects.toMatchObject({
    code: "partly_done",
    detail: { done: "notice", left: "announce", error: "connection_lost", outcome: "unknown" },
  });
  await helper.asked("sendMsg");
  helper.dropSockets();
  await told;
});

describe("taking a message back", () => {
  beforeEach(() => connect("http"));
  const peer = { to: "group", id: "389284" } as const;

  test("needs both of its ids, and takes it from both sides", async () => {
    await adapter["messages.send"]({ ...peer, pieces: textOnly("oops") });
    const [message] = helper.world.messages;
    const messageId = String(message?.msgId);
    expect(Number(messageId)).toBeGreaterThan(2 ** 32 - 1);
    await expect(adapter["messages.recall"]({ ...peer, messageId })).rejects.toMatchObject({
      code: "not_offered",
      isSent: false,
    });
    await adapter["messages.recall"]({ ...peer, messageId, handle: { customMsgId: message?.customMsgId ?? "" } });
    expect(message?.deleted).toBe("both");
  });

  test("of the other kind of conversation with the same number is refused", async () => {
    await adapter["messages.send"]({ ...peer, pieces: textOnly("oops") });
    const [message] = helper.world.messages;
    const ref = { messageId: String(message?.msgId), handle: { customMsgId: message?.customMsgId ?? "" } };
    const recalling = adapter["messages.recall"]({ to: "person", id: "389284", ...ref });
    await expect(recalling).rejects.toMatchObject({ code: "platform_refused" });
    expect(message?.deleted).toBe("no");
  });
});

test("a piece that is no text is not left out in silence", async () => {
  await connect("http");
  const pieces = [...textOnly("see "), { type: "image" as const, source: "https://a.example/b.png" }];
  await expect(adapter["messages.send"]({ to: "group", id: "389284", pieces })).rejects.toMatchObject({
    code: "not_offered",
    detail: { field: "image" },
    isSent: false,
  });
  expect(helper.world.messages).toEqual([]);
});
