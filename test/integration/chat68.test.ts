import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Adapter, supports } from "@/server/platforms/adapter";
import { createAdapter } from "@/server/platforms/chat68/adapter";
import { catalogue } from "@/server/platforms/chat68/catalogue";
import { open } from "@/server/platforms/chat68/driver";
import { probe } from "@/server/platforms/chat68/probe";
import { createCall, parseInput } from "@/server/platforms/client";
import type { Link } from "@/server/platforms/driver";
import { textOnly } from "@/server/platforms/piece";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { type Chat68, start } from "@/test/simulators/chat68";
import { hear, takeBack } from "@/test/simulators/chat68/talk";
import { Refused } from "@/test/simulators/chat68/wire";

let helper: Chat68;
let hooks: HeardHooks;
let clock: HandClock;
let links: Link[] = [];
let used: Set<string>;

beforeEach(async () => {
  helper = await start();
  hooks = new HeardHooks();
  clock = new HandClock();
  used = new Set();
});

afterEach(async () => {
  for (const link of links) await link.close();
  links = [];
  hooks.close();
  await helper.close();
});

const signal = () => new AbortController().signal;

/** A link that has found its account, and its typed call. */
async function connected(transport: "ws" | "http", accountId: string | null = null) {
  const connection = transport === "ws" ? { transport, wsUrl: helper.wsUrl } : { transport, httpUrl: helper.httpUrl };
  const reserve = (value: string) => Promise.resolve(!used.has(value) && used.add(value) !== undefined);
  const link = open({ connection, credentials: {}, accountId, hooks, clock, random: () => 0, reserve });
  links.push(link);
  clock.advance(0);
  await hooks.connected();
  return { link, call: createCall(catalogue, link.send, signal()) };
}

function adapterOf(link: Link, isOn?: (operation: string) => boolean): Adapter {
  const call = createCall(catalogue, link.send, signal());
  // A name that is no row's is refused by the call itself.
  return createAdapter(call as (name: string, input: unknown) => Promise<unknown>, isOn);
}

describe.each(["ws", "http"] as const)("over %s", (transport) => {
  test("the account is known once it has answered, and presence is told", async () => {
    const { link } = await connected(transport);
    expect(link.isConnected()).toBe(true);
    expect(hooks.accounts).toEqual(["4008697"]);
    await expect(hooks.heard("heartbeat")).resolves.toMatchObject({ isOnline: true });
  });

  test("the service's address is asked first, kept, and asked again when it has moved", async () => {
    const { call } = await connected(transport);
    await call("ContactsList", {});
    expect(helper.of("getApiUrl")).toHaveLength(1);
    helper.world.host = "https://webbiz.two.example";
    await expect(call("ContactsList", {})).resolves.toMatchObject({ contactsList: [] });
    expect(helper.of("getApiUrl")).toHaveLength(2);
    expect(helper.of("ContactsList").at(-1)?.body).toMatchObject({
      url: "https://webbiz.two.example/contacts/contactsList",
    });
  });

  test("a write that met a moved service is told as failed and never sent twice", async () => {
    helper.world.applies = [{ uid: 5138518, nickName: "Ann", msg: "hi", modifyTime: 1759928661000 }];
    const { call } = await connected(transport);
    helper.world.host = "https://webbiz.two.example";
    await expect(call("UpdateContactsApply", { applyUid: "5138518" })).rejects.toMatchObject({
      code: "platform_refused",
    });
    expect(helper.of("UpdateContactsApply")).toHaveLength(1);
    await call("UpdateContactsApply", { applyUid: "5138518" });
    expect(helper.world.friends).toHaveLength(1);
  });

  test("a message has an id of 11 digits that no other has, and a line break is backslash and n", async () => {
    const { link } = await connected(transport);
    const adapter = adapterOf(link);
    for (const text of ["one\ntwo", "one\r\ntwo"])
      await adapter["messages.send"]?.({ to: "group", id: "389284", pieces: textOnly(text) });
    expect(helper.world.sent).toMatchObject([
      { id: 389284, type: "group", list: [{ type: "text", values: { chatType: 0, content: "one\\ntwo" } }] },
      { list: [{ values: { content: "one\\ntwo" } }] },
    ]);
    expect(used.size).toBe(2);
    expect([...helper.world.usedIds]).toEqual([...used]);
  });

  test("an id that was used before never reaches the helper", async () => {
    const { call } = await connected(transport);
    const message = {
      id: "389284",
      type: "group" as const,
      custom_msg_id: "10441859252",
      list: [{ values: { content: "hi" } }],
    };
    await call("sendMsg", message);
    await expect(call("sendMsg", message)).rejects.toMatchObject({ code: "invalid_input", isSent: false });
    expect(helper.of("sendMsg")).toHaveLength(1);
  });

  test("two shapes of an error carry the platform's words", async () => {
    const { call } = await connected(transport);
    helper.world.faults.set("getGroups", new Refused(300, "很抱歉，服务繁忙"));
    await expect(call("getGroups", {})).rejects.toMatchObject({ code: "platform_refused", text: "很抱歉，服务繁忙" });
    await expect(call("getGroups", {})).resolves.toEqual([]);
  });

  test("one group is the same by both transports", async () => {
    helper.world.groups = [{ id: 389284, hostId: 7237423, name: "huimei", members: [helper.world.account] }];
    const { link } = await connected(transport);
    await expect(adapterOf(link)["groups.list"]?.()).resolves.toMatchObject([
      { id: "389284", name: "huimei", memberCount: 1, ownerId: "7237423" },
    ]);
  });

  test("another account behind the same helper is not taken for this bot", async () => {
    await connected(transport, "4008697");
    helper.world.account = { uid: 5, nickName: "Other" };
    clock.advance(30_000);
    await expect(hooks.failed()).resolves.toMatchObject({ code: "wrong_account" });
  });

  test("a call is given up with its signal, and a later answer of another stays its own", async () => {
    const { call } = await connected(transport);
    helper.silent.add("getGroups");
    const ended = new AbortController();
    const waiting = call("getGroups", {}, { signal: ended.signal });
    await helper.asked("getGroups");
    ended.abort(new DOMException("late", "TimeoutError"));
    await expect(waiting).rejects.toMatchObject({ code: "timeout", isSent: true });
    await expect(call("ContactsList", {})).resolves.toMatchObject({ count: 0 });
  });
});

test("what the socket does not have goes over HTTP where that is set too", async () => {
  const link = open({
    connection: { transport: "ws", wsUrl: helper.wsUrl, httpUrl: helper.httpUrl },
    ...{ credentials: {}, accountId: null, hooks, clock, random: () => 0, reserve: () => Promise.resolve(true) },
  });
  links.push(link);
  clock.advance(0);
  await hooks.connected();
  const call = createCall(catalogue, link.send, signal());
  const { customMsgId, msgId } = helper.world.say(5, "friend", "oops");
  const message = { id: "5", type: "friend" as const, customMsgId, msgId: String(msgId), isRemoteDeletion: true };
  await expect(call("deleteMsg", message)).resolves.toBe("ok");
  await call("sendFile", { file: "C:/a.txt", type: "friend", id: "5" });
  expect(helper.calls.filter(({ transport }) => transport === "http").map(({ type }) => type)).toEqual(["deleteMsg"]);
});

describe("members", () => {
  test("every page is read, and only the owner's rank is claimed", async () => {
    const members = Array.from({ length: 1001 }, (_, index) => ({ uid: index + 1, nickName: `n${index + 1}` }));
    helper.world.groups = [{ id: 389284, hostId: 1001, name: "huimei", members }];
    const { link } = await connected("ws");
    const found = await adapterOf(link)["members.list"]?.("389284");
    expect(found).toHaveLength(1001);
    expect(found?.[0]).toMatchObject({ id: "1", name: "n1", card: null, role: "unknown" });
    expect(found?.at(-1)).toMatchObject({ id: "1001", role: "owner" });
    expect(helper.of("GroupMemberList")).toHaveLength(2);
  });
});

describe("friend requests", () => {
  const ann = { uid: 5138518, nickName: "Ann", msg: "hi", modifyTime: 1759928661000 };
  const request = { kind: "friend" as const, handle: {}, applicantId: "5138518", groupId: null };

  test("are listed, and cannot be answered until the operation beyond the document is switched on", async () => {
    helper.world.applies = [ann];
    const { link } = await connected("http");
    const adapter = adapterOf(link);
    expect(supports(adapter)).not.toContain("requests.answer");
    await expect(adapter["requests.list"]?.()).resolves.toMatchObject({
      arrivals: [
        {
          kind: "friend",
          key: "friend:5138518:1759928661000",
          applicantName: "Ann",
          message: "hi",
          answers: { approve: false, deny: false, takesReason: false },
        },
      ],
      complete: [],
      reach: { friend: new Date(1759928661000) },
    });
  });

  test("are accepted where it is on, read back as approved, and never refused", async () => {
    helper.world.applies = [{ ...ann }];
    const { link } = await connected("http");
    const adapter = adapterOf(link, (operation) => operation === "UpdateContactsApply");
    await expect(adapter["requests.check"]?.(request)).resolves.toBe("pending");
    const denied = adapter["requests.answer"]?.({ ...request, verb: "deny", reason: "" });
    await expect(denied).rejects.toMatchObject({ code: "not_offered", isSent: false });
    await adapter["requests.answer"]?.({ ...request, verb: "approve", reason: "" });
    await expect(adapter["requests.check"]?.(request)).resolves.toBe("approved");
    const list = await adapter["requests.list"]?.();
    expect(list?.arrivals[0]?.isHandled).toEqual({ by: null });
  });

  test("an empty list is left out by protobuf and means that nobody waits", async () => {
    const { link } = await connected("http");
    await expect(adapterOf(link)["requests.list"]?.()).resolves.toMatchObject({
      arrivals: [],
      reach: { friend: "all" },
    });
  });
});

describe("the socket", () => {
  test("pushes are told by their operator and answer no call", async () => {
    await connected("ws");
    helper.push({ operator: "friendRemarkUpdate", data: { id: 5, type: "friend" } });
    await expect(hooks.heard("other")).resolves.toEqual({ type: "other", name: "friendRemarkUpdate.friend" });
  });

  test("what is said and taken back, and what became of one's own words, is heard by the ids that take it back", async () => {
    const { link } = await connected("ws");
    const ann = { uid: 5138518, nickName: "Ann" };
    const said = hear(helper.world, ann, { content: "hello" });
    const heard = await hooks.heard("message");
    expect(heard.message).toMatchObject({ id: String(said.msgId), handle: { customMsgId: said.customMsgId } });
    takeBack(helper.world, said);
    await expect(hooks.heard("message_recalled")).resolves.toMatchObject({
      ...{ peer: { to: "person", id: "5138518" }, messageId: String(said.msgId) },
    });
    const send = adapterOf(link)["messages.send"];
    const sent = await send?.({ to: "person", id: "5138518", pieces: textOnly("hi") });
    const [own] = helper.world.messages;
    expect(sent).toEqual({ messageId: null, handle: { customMsgId: own?.customMsgId } });
    await expect(hooks.heard("message_settled")).resolves.toMatchObject({
      ...{ handle: sent?.handle, messageId: String(own?.msgId), isDelivered: true },
    });
    helper.world.isLosing = true;
    await send?.({ to: "person", id: "5138518", pieces: textOnly("lost") });
    await expect(hooks.heard("message_settled", 2)).resolves.toMatchObject({ messageId: null, isDelivered: false });
  });

  test("broken frames are in the bot's log and leave the connection usable", async () => {
    const { call } = await connected("ws");
    for (const frame of ["{", "[]", "7", '{"id":{}}', '{"operator":5}']) helper.push(frame);
    await hooks.logged("bad_shape", 4);
    await hooks.logged("bad_json");
    helper.push({ id: "nobody", type: "getGroups", data: [] });
    await expect(call("getGroups", {})).resolves.toEqual([]);
  });

  test("what waits is rejected when it breaks, and it is dialled again", async () => {
    const { call, link } = await connected("ws");
    helper.silent.add("getGroups");
    const waiting = call("getGroups", {});
    await helper.asked("getGroups");
    helper.dropSockets();
    await expect(waiting).rejects.toMatchObject({ code: "connection_lost", isSent: true });
    await hooks.failed();
    expect(link.isConnected()).toBe(false);
    await expect(call("getApiUrl", {})).rejects.toMatchObject({ code: "not_connected", isSent: false });
    clock.advance(1_000);
    await hooks.connected(2);
    await expect(call("getApiUrl", {})).resolves.toBe(helper.world.host);
  });

  test("one that looks open and does not answer is given up and dialled anew", async () => {
    await connected("ws");
    helper.silent.add("UserInfo");
    clock.advance(30_000);
    await helper.asked("UserInfo", 2);
    clock.advance(10_000);
    await expect(hooks.failed()).resolves.toMatchObject({ code: "timeout" });
    helper.silent.clear();
    clock.advance(1_000);
    await hooks.connected(2);
    expect(helper.sockets).toBe(2);
  });

  test("deleting over a socket alone is refused before anything is sent", async () => {
    const { link } = await connected("ws");
    const input = { id: "5", type: "friend", customMsgId: "10441859252", msgId: "9", isRemoteDeletion: true };
    const sent = link.send(catalogue.deleteMsg, parseInput(catalogue.deleteMsg, input), { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "not_offered", isSent: false });
  });

  test("a server that opens and does not greet is given up", async () => {
    helper.isGreeting = false;
    const tried = probe({
      connection: { transport: "ws", wsUrl: helper.wsUrl },
      credentials: {},
      accountId: null,
      signal: AbortSignal.timeout(300),
    });
    await expect(tried).resolves.toMatchObject({ ok: false, code: "timeout" });
  });
});

describe("trying a connection", () => {
  test.each(["ws", "http"] as const)("over %s says who is there", async (transport) => {
    const connection = { transport, [`${transport}Url`]: transport === "ws" ? helper.wsUrl : helper.httpUrl };
    await expect(probe({ connection, credentials: {}, accountId: null, signal: signal() })).resolves.toMatchObject({
      ok: true,
      accountId: "4008697",
      nickname: "Simulated",
    });
    await expect(probe({ connection, credentials: {}, accountId: "5", signal: signal() })).resolves.toMatchObject({
      ok: false,
      code: "wrong_account",
    });
  });

  test("a web page is no helper, and an address with a query is refused", async () => {
    helper.rawAnswers.push({ status: 200, body: "<html></html>" });
    const tryUrl = (httpUrl: string) =>
      probe({ connection: { transport: "http", httpUrl }, credentials: {}, accountId: null, signal: signal() });
    await expect(tryUrl(helper.httpUrl)).resolves.toMatchObject({ ok: false, code: "bad_answer" });
    await expect(tryUrl(`${helper.httpUrl}/?url=x`)).resolves.toMatchObject({ ok: false, code: "invalid_input" });
    await expect(tryUrl("http://169.254.169.254")).resolves.toMatchObject({ ok: false, code: "destination_refused" });
  });
});

test.each(["url", "host", "path", "op"])("an input cannot name the %s of a relayed call", (name) => {
  for (const row of Object.values(catalogue).filter(({ relay }) => relay !== null)) {
    const issues = row.input.safeParse({ [name]: 1 }).error?.issues ?? [];
    const isRefused = issues.some((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys.includes(name) : issue.path[0] === name,
    );
    expect(isRefused, row.operation).toBe(true);
  }
});
