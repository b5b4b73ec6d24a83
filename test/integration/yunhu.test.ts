import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accountOf } from "@/lib/applicant";
import { createCall } from "@/server/platforms/client";
import type { Link } from "@/server/platforms/driver";
import { createAdapter } from "@/server/platforms/yunhu/adapter";
import { catalogue } from "@/server/platforms/yunhu/catalogue";
import { open } from "@/server/platforms/yunhu/driver";
import { probe } from "@/server/platforms/yunhu/probe";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { start, type Yunhu } from "@/test/simulators/yunhu";

let yunhu: Yunhu;
let hooks: HeardHooks;
let clock: HandClock;
let links: Link[] = [];

beforeEach(async () => {
  yunhu = await start();
  hooks = new HeardHooks();
  clock = new HandClock();
});

afterEach(async () => {
  for (const link of links) await link.close();
  links = [];
  hooks.close();
  await yunhu.close();
});

const signal = () => new AbortController().signal;
const ann = { id: 7, inviterId: "5", name: "Ann", note: "hi", inviteAt: 1_700_000_000_123n };
const settings = () => ({
  connection: { apiUrl: yunhu.httpUrl, pushUrl: yunhu.wsUrl, userId: "100", deviceId: "desk" },
  credentials: { token: "yunhu-Token" },
});

async function connected(token = "yunhu-Token", connection: unknown = settings().connection) {
  const link = open({ connection, credentials: { token }, accountId: null, hooks, clock, random: () => 0 });
  links.push(link);
  clock.advance(0);
  if (token === yunhu.token) await hooks.connected();
  const call = createCall(catalogue, link.send, signal());
  // A name that is no row's is refused by the call itself.
  return { link, adapter: createAdapter(call as (name: string, input: unknown) => Promise<unknown>), call };
}

describe("calls", () => {
  test("carry the token in its own header, and the account is the one of the settings", async () => {
    const { link } = await connected();
    expect(link.isConnected()).toBe(true);
    expect(hooks.accounts).toEqual(["100"]);
    expect(yunhu.calls.every(({ path }) => !path.includes("yunhu-Token"))).toBe(true);
  });

  test("a wrong token is told as that, though it comes in JSON where protobuf was asked for", async () => {
    await connected("wrong");
    await expect(hooks.failed()).resolves.toMatchObject({ code: "token_rejected", text: "未登录" });
    await expect(
      probe({ ...settings(), credentials: { token: "wrong" }, accountId: null, signal: signal() }),
    ).resolves.toMatchObject({ ok: false, code: "token_rejected" });
  });

  test("garbage, a page and a cut are one clear error each, and the next call works", async () => {
    const { adapter } = await connected();
    for (const body of [Buffer.from([0x0a, 0xff]), "<html></html>", ""]) {
      yunhu.rawAnswers.push({ status: 200, body });
      await expect(adapter["friends.list"]?.()).rejects.toMatchObject({ code: "bad_answer" });
    }
    await expect(adapter["friends.list"]?.()).resolves.toEqual([]);
  });
});

describe.each([false, true])("a server with newer field numbers: %s", (isNewer) => {
  test("friends have names and remarks, groups are no friends", async () => {
    yunhu.isNewer = isNewer;
    yunhu.world.friends.push({ id: "5", name: "Ann", remark: "boss" });
    yunhu.world.groups.push({ id: "6", name: "Chess", level: 100 });
    const { adapter } = await connected();
    const remark = isNewer ? "boss" : "";
    await expect(adapter["friends.list"]?.()).resolves.toMatchObject([{ id: "5", name: "Ann", remark }]);
    await expect(adapter["groups.list"]?.()).resolves.toMatchObject([
      { id: "6", name: "Chess", memberCount: null, ownRole: "owner" },
    ]);
  });

  test("reading the book again never makes the friends disappear", async () => {
    yunhu.isNewer = isNewer;
    yunhu.world.friends.push({ id: "5", name: "Ann" });
    const { adapter, call } = await connected();
    for (let times = 0; times < 2; times++) await expect(adapter["friends.list"]?.()).resolves.toHaveLength(1);
    await expect(call("address-book-list", { number: yunhu.md5 })).resolves.toMatchObject({
      data: [],
      isUnchanged: true,
    });
  });
});

const request = { kind: "friend" as const, handle: { requestId: "7" }, applicantId: "5", groupId: null };

describe("requests", () => {
  test("are listed with every digit, and one of a group names it", async () => {
    yunhu.world.requests.push(
      { ...ann },
      { ...ann, id: 8, groupName: "Chess", targetId: "6", targetType: 2, result: 1 },
    );
    const { adapter } = await connected();
    const list = await adapter["requests.list"]?.();
    expect(list).toMatchObject({
      arrivals: [
        { kind: "friend", key: "request:7", applicantId: "5", message: "hi", askedAt: new Date(1_700_000_000_123) },
        { kind: "group_invite", key: "request:8", groupId: "6", groupName: "Chess", isHandled: { by: null } },
      ],
      reach: { friend: "all", group_invite: "all" },
    });
    expect(list?.arrivals[0]?.isHandled).toBeUndefined();
  });

  test.each([
    ["approve", 1, "approved"],
    ["deny", 2, "denied"],
  ] as const)("%s sends %i and is read back as %s", async (verb, agree, fate) => {
    yunhu.world.requests.push({ ...ann });
    const { adapter } = await connected();
    await expect(adapter["requests.check"]?.(request)).resolves.toBe("pending");
    await adapter["requests.answer"]?.({ ...request, verb, reason: "not sent" });
    const sent = yunhu.calls.filter(({ path }) => path.endsWith("/agree-apply"));
    expect(sent.map(({ body }) => JSON.parse(body.toString()))).toEqual([{ id: 7, agree }]);
    await expect(adapter["requests.check"]?.(request)).resolves.toBe(fate);
  });

  test("one that is gone is a refusal in the platform's words, and its fate unknown", async () => {
    const { adapter } = await connected();
    await expect(adapter["requests.answer"]?.({ ...request, verb: "deny", reason: "" })).rejects.toMatchObject({
      code: "platform_refused",
      text: "申请不存在",
    });
    await expect(adapter["requests.check"]?.(request)).resolves.toBe("unknown");
  });
});

describe("who asks", () => {
  test("is the one who brings it about, in whichever of two fields they are named", async () => {
    yunhu.world.requests.push({ ...ann, inviterId: "", againInviterId: "5", groupName: "Chess", targetType: 1 });
    const { adapter } = await connected();
    await expect(adapter["requests.list"]?.()).resolves.toMatchObject({
      arrivals: [{ kind: "group_invite", applicantId: "5", groupId: null, groupName: "Chess" }],
    });
  });

  test("is not made up where nobody is named: neither the account nor its group, nor twice the same person", async () => {
    const join = { ...ann, inviterId: "", groupName: "Chess", targetType: 2, targetId: "6", receiverId: "100" };
    yunhu.world.requests.push(join, { ...join, id: 8, name: "Bob" });
    const { adapter } = await connected();
    const { arrivals } = (await adapter["requests.list"]?.()) ?? { arrivals: [] };
    expect(arrivals).toMatchObject([
      { kind: "group_join", groupId: "6" },
      { kind: "group_join", groupId: "6" },
    ]);
    expect(new Set(arrivals.map(({ applicantId }) => applicantId)).size).toBe(2);
    expect(arrivals.map(({ applicantId }) => accountOf(applicantId))).toEqual([null, null]);
    // Seen, and not to be answered until the operation beyond the document is switched on.
    expect(arrivals.map(({ answers }) => [answers.approve, answers.deny])).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  test.each([3, 4])("a request that the platform shows as over (%i) is decided, and not as refused", async (result) => {
    yunhu.world.requests.push({ ...ann, result });
    const { adapter } = await connected();
    await expect(adapter["requests.check"]?.(request)).resolves.toBe("decided");
    await expect(adapter["requests.list"]?.()).resolves.toMatchObject({ arrivals: [{ isHandled: { by: null } }] });
  });
});

describe("friends and groups of one number", () => {
  test("deleting the friend leaves no group, and leaving the group deletes no friend", async () => {
    yunhu.world.friends.push({ id: "5", name: "Ann" }, { id: "6", name: "Bob" });
    yunhu.world.groups.push({ id: "5", name: "Chess" }, { id: "6", name: "Go" });
    const { adapter } = await connected();
    await adapter["friends.remove"]?.("5");
    await adapter["groups.leave"]?.("6");
    expect(yunhu.world.friends).toMatchObject([{ id: "6" }]);
    expect(yunhu.world.groups).toMatchObject([{ id: "5" }]);
  });

  test("the owner's leaving and a second asking are refused in the platform's words, though HTTP says 200", async () => {
    yunhu.world.groups.push({ id: "5", name: "Chess", level: 100 });
    const { adapter } = await connected();
    await expect(adapter["groups.leave"]?.("5")).rejects.toMatchObject({ code: "platform_refused", isCertain: true });
    await expect(adapter["groups.join"]?.("5", "")).rejects.toMatchObject({
      detail: { code: -9 },
      text: "已经添加过了",
    });
    await expect(adapter["groups.get"]?.("5")).resolves.toMatchObject({ name: "Chess", ownRole: "owner" });
    await expect(adapter["groups.get"]?.("7")).rejects.toMatchObject({ code: "platform_refused" });
  });
});

describe("the push socket", () => {
  test("logs in with the word of a device, and never with the token in its address", async () => {
    await connected();
    await expect(yunhu.framed("login")).resolves.toMatchObject({
      data: { userId: "100", token: "yunhu-Token", platform: "windows", deviceId: "desk" },
    });
  });

  test("is not in the document: without an address nothing is dialled, and requests are listed all the same", async () => {
    const { pushUrl: _pushUrl, ...connection } = settings().connection;
    yunhu.world.requests.push(ann);
    const { adapter } = await connected(yunhu.token, connection);
    await expect(adapter["requests.list"]?.()).resolves.toMatchObject({ arrivals: [{ applicantName: "Ann" }] });
    await connected();
    await yunhu.framed("login");
    expect(yunhu.dials).toBe(1);
  });

  test("an invitation without content makes the desk look at the list", async () => {
    await connected();
    await yunhu.framed("heartbeat");
    yunhu.push("invite_apply");
    await hooks.heard("requests_changed");
  });

  test("what is said and taken back is heard, in groups and alone", async () => {
    await connected();
    await yunhu.framed("heartbeat");
    const said = yunhu.hear({ id: "7", name: "Bob" }, "hello", "900");
    yunhu.hear({ id: "7", name: "Bob" }, "psst");
    yunhu.takeBack(said);
    const peers = [(await hooks.heard("message")).message, (await hooks.heard("message", 2)).message];
    expect(peers).toMatchObject([{ peer: { to: "group", id: "900" } }, { peer: { to: "person", id: "7" } }]);
    await expect(hooks.heard("message_recalled")).resolves.toMatchObject({ messageId: said.id });
  });

  test("garbage is in the bot's log and the next push is still heard", async () => {
    await connected();
    await yunhu.framed("heartbeat");
    for (const frame of [Buffer.from([0xff]), "text", Buffer.alloc(0)]) yunhu.pushRaw(frame);
    await hooks.logged("bad_shape", 3);
    yunhu.push("draft_input");
    await expect(hooks.heard("other")).resolves.toEqual({ type: "other", name: "draft_input" });
  });

  test("one that no longer acknowledges is ended and dialled again; calls go on meanwhile", async () => {
    yunhu.isAcknowledging = false;
    const { adapter, link } = await connected();
    await yunhu.framed("heartbeat");
    clock.advance(30_000);
    await hooks.logged("silent");
    await hooks.logged("disconnected");
    expect(link.isConnected()).toBe(true);
    await expect(adapter["friends.list"]?.()).resolves.toEqual([]);
    yunhu.isAcknowledging = true;
    clock.advance(1_000);
    await yunhu.framed("login", 2);
  });
});

test("trying says who it would be, and refuses addresses no bot lives in", async () => {
  const tried = (connection: object) =>
    probe({
      ...settings(),
      connection: { ...settings().connection, ...connection },
      accountId: null,
      signal: signal(),
    });
  await expect(tried({})).resolves.toMatchObject({ ok: true, accountId: "100" });
  await expect(tried({ apiUrl: "http://169.254.169.254" })).resolves.toMatchObject({ code: "destination_refused" });
  await expect(tried({ apiUrl: `${yunhu.httpUrl}/?token=x` })).resolves.toMatchObject({ code: "invalid_input" });
  await expect(tried({ platform: "Windows" })).resolves.toMatchObject({ code: "invalid_input" });
});
