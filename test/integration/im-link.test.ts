import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseInput } from "@/server/platforms/client";
import { catalogue, type ImCatalogue } from "@/server/platforms/im/catalogue";
import { createHttpTransport } from "@/server/platforms/im/http";
import { TokenKeeper } from "@/server/platforms/im/token";
import { openLink, type TestLink } from "@/test/im-link";
import { type Im, start } from "@/test/simulators/im";
import { toMessage } from "@/test/simulators/im/message";
import type { Person } from "@/test/simulators/im/world";

let im: Im;
let ann: Person;
let opened: TestLink[] = [];

beforeEach(async () => {
  im = await start();
  ann = im.world.addPerson("Ann");
});

afterEach(async () => {
  for (const each of opened) await each.end();
  opened = [];
  await im.close();
});

function dial(rest?: Parameters<typeof openLink>[2]): TestLink {
  const made = openLink(im, ann, rest);
  opened.push(made);
  return made;
}

async function connected(rest?: Parameters<typeof openLink>[2]): Promise<TestLink> {
  const made = dial(rest);
  await made.hooks.connected();
  return made;
}

const signal = () => new AbortController().signal;
const send = ({ link }: TestLink, name: keyof ImCatalogue, input: unknown) =>
  link.send(catalogue[name], parseInput(catalogue[name], input), { signal: signal() });

describe("what goes out", () => {
  test("the raw token in a header, forms for what changes something, queries for what is read", async () => {
    const line = await connected();
    const bob = im.world.addPerson("Bob");
    im.world.befriend(ann.id, bob.id);
    await send(line, "get.friends.info", { toId: bob.id });
    await send(line, "post.chat.send", { toId: bob.id, ope: "friend", type: "text", body: "two\nlines & more" });
    expect(im.of("GET /me/info")[0]?.authorization).toBe(line.token);
    expect(im.of("GET /friends/info")[0]).toMatchObject({ fields: [["toId", bob.id]], contentType: undefined });
    expect(im.of("POST /chat/send")[0]?.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect(im.world.messages[0]).toMatchObject({ to: bob.id, body: "two\nlines & more", isPrivate: false });
  });

  test("a DELETE as a form, so that the server reads it: the friend is gone, and nobody else", async () => {
    const line = await connected();
    const [bob, cid] = [im.world.addPerson("Bob"), im.world.addPerson("Cid")];
    for (const friend of [bob, cid]) im.world.befriend(ann.id, friend.id);
    await send(line, "delete.friends", { toId: bob.id });
    expect([im.world.areFriends(ann.id, bob.id), im.world.areFriends(ann.id, cid.id)]).toEqual([false, true]);
  });

  test("a list as the same name again and again", async () => {
    const line = await connected();
    const club = im.world.addCategory(ann.id, "Club", ["1", "2", "3"]);
    await send(line, "delete.friends.groups.members", { groupId: club.id, members: ["1", "2"] });
    expect([...club.members]).toEqual(["3"]);
    const [call] = im.of("DELETE /friends/groups/members");
    expect(call?.fields).toEqual([
      ["groupId", club.id],
      ["members", "1"],
      ["members", "2"],
    ]);
    expect(im.of("DELETE /friends")).toEqual([]);
  });

  test("typing as a frame on the socket", async () => {
    const line = await connected();
    await send(line, "ws", { toId: "10000012", status: "normal" });
    await im.called('WS {"toId":10000012,"ope":"friend","type":"input","status":"normal"}');
  });

  test("a refusal has the server's own words", async () => {
    const line = await connected();
    await expect(send(line, "post.friends.add.reply", { toId: "10000099", status: "deny" })).rejects.toMatchObject({
      ...{ code: "platform_refused", text: "申请不存在", isCertain: true },
    });
  });
});

describe("the rotating token", () => {
  test("each call is made with the newest, and each new one is kept", async () => {
    const line = await connected();
    for (const _round of [1, 2]) {
      im.second++;
      await send(line, "get.me.info", {});
    }
    const sent = im.of("GET /me/info").map(({ authorization }) => authorization);
    expect(new Set(sent).size).toBe(3);
    await line.link.close();
    expect(line.saved.slice(0, 2)).toEqual(sent.slice(1));
    expect(line.saved).toHaveLength(3);
  });

  test("of two calls at once the newer token stays, though its answer comes first", async () => {
    const line = await connected();
    let release = () => {};
    im.interrupt("GET /friends", (response) => {
      // Its token is made now and delivered late.
      const late = { authorization: im.mint(ann) };
      release = () => response.writeHead(200, late).end('{"code":0,"result":{"items":null,"total":0}}');
    });
    const slow = send(line, "get.friends", {});
    await im.called("GET /friends");
    im.second++;
    await send(line, "get.chatGroups", {});
    release();
    await slow;
    await send(line, "get.me.info", {});
    const last = im.of("GET /me/info").at(-1)?.authorization;
    await line.link.close();
    expect(line.saved).toContain(last);
    expect(line.saved.indexOf(last ?? "")).toBe(line.saved.length - 2);
  });

  test("a call refused for a token that was replaced meanwhile is made again with the newer", async () => {
    const line = await connected();
    im.interrupt("GET /friends", (response) => {
      // While this call is under way another one brings a newer token.
      im.second++;
      send(line, "get.me.info", {}).then(() => response.writeHead(401).end('{"code":1,"message":"登录超时"}'));
    });
    await expect(send(line, "get.friends", {})).resolves.toEqual({ items: null, total: 0 });
    expect(line.link.isConnected()).toBe(true);
  });

  test("one that cannot be stored is in the log, and the connection goes on", async () => {
    const line = await connected({ isStoreAway: true });
    await line.hooks.logged("credentials_not_saved");
    await expect(send(line, "get.friends", {})).resolves.toEqual({ items: null, total: 0 });
  });
});

describe("signed out over there", () => {
  test("nothing is done, the state says so, and nothing is tried again", async () => {
    const line = await connected();
    im.signOutAll();
    await expect(send(line, "post.friends.add.reply", { toId: "10000001", status: "pass" })).rejects.toMatchObject({
      ...{ code: "signed_out_there", isCertain: true, text: "登录超时" },
    });
    await line.hooks.logged("signed_out_there");
    await im.connected(0);
    expect(line.hooks.states.at(-1)).toMatchObject({ isConnected: false, error: { code: "signed_out_there" } });
    expect(line.clock.waits).toEqual([]);
    await expect(send(line, "get.me.info", {})).rejects.toMatchObject({ code: "not_connected" });
  });

  test("at the start: no socket is dialled", async () => {
    const line = dial({ token: "not.a.token" });
    await expect(line.hooks.failed()).resolves.toMatchObject({ code: "signed_out_there" });
    expect([im.refusedDials, line.clock.waits]).toEqual([[], []]);
  });
});

describe("the one socket", () => {
  test("a lost one is dialled again, after the wait and not beside another", async () => {
    const line = await connected();
    im.dropSockets();
    await expect(line.hooks.failed()).resolves.toMatchObject({ code: "connection_lost" });
    expect(line.clock.waits).toEqual([1_000]);
    line.clock.advance(1_000);
    await line.hooks.connected(2);
    await im.connected(1);
  });

  test("an application that is pushed makes the desk look; a ping is answered; rubbish is in the log", async () => {
    const line = await connected();
    im.pushRaw(ann.id, "rubbish");
    im.pushRaw(ann.id, "[]");
    im.push(ann.id, { type: "ping" });
    im.push(ann.id, { createdAt: "2026-01-02T00:12:24.799+08:00", fromId: 1, ope: "system", type: "addFreind" });
    await line.hooks.heard("requests_changed");
    await im.called('WS {"type":"ping"}');
    expect(line.hooks.logs.map(({ code }) => code)).toEqual(["account_known", "connected", "bad_json", "bad_shape"]);
    expect(line.hooks.events).toHaveLength(1);
  });

  test("tells a conversation of two from the other side, and a group's from a person's of the same number", async () => {
    const line = await connected();
    const bob = im.world.addPerson("Bob");
    for (const [from, to] of [
      [bob.id, ann.id],
      [ann.id, bob.id],
    ] as const)
      im.push(ann.id, toMessage(im.world.say({ from, to, ope: "friend", type: "text", body: "hello" })));
    im.push(ann.id, toMessage(im.world.say({ from: bob.id, to: bob.id, ope: "group", type: "text", body: "all" })));
    await line.hooks.heard("message", 3);
    expect(line.hooks.events).toMatchObject([
      { message: { peer: { to: "person", id: bob.id }, isOwn: false } },
      { message: { peer: { to: "person", id: bob.id }, isOwn: true } },
      { message: { peer: { to: "group", id: bob.id }, isOwn: false } },
    ]);
  });

  test("leaves no trace of the token: not in the log, not in a state, not in an error", async () => {
    const line = await connected();
    im.pushRaw(ann.id, `{"broken": "${im.of("GET /me/info")[0]?.authorization}`);
    im.pushRaw(ann.id, `no json ${line.saved[0]}`);
    await line.hooks.logged("bad_json", 2);
    im.dropSockets();
    await line.hooks.failed();
    const told = inspect([line.hooks.logs, line.hooks.states], { depth: 20, showHidden: true });
    for (const secret of [line.token, ...line.saved]) expect(told).not.toContain(secret.split(".")[2]);
  });

  test("another account behind the token is refused", async () => {
    const line = dial({ accountId: "10000777" });
    await expect(line.hooks.failed()).resolves.toMatchObject({ code: "wrong_account" });
    expect(line.link.isConnected()).toBe(false);
  });

  test("closing ends everything, and a call under way with it", async () => {
    const line = await connected();
    im.interrupt("GET /friends", () => undefined);
    const hanging = send(line, "get.friends", {});
    await im.called("GET /friends");
    await Promise.all([expect(hanging).rejects.toMatchObject({ isCertain: false }), line.link.close()]);
    await im.connected(0);
    expect(line.clock.waits).toEqual([]);
  });
});

describe("a server that misbehaves gives one clear error and leaves the connection usable", () => {
  const hostile = {
    "a page instead of an answer": { code: "bad_answer", body: "<html>Bad gateway" },
    "an answer cut off in its middle": { code: "bad_answer", body: '{"code":0,"result":' },
    "an answer without a list": { code: "ok", body: '{"code":0,"result":{}}' },
  };

  test.each(Object.entries(hostile))("%s", async (_what, { code, body }) => {
    const line = await connected();
    im.interrupt("GET /friends", (response) => response.end(body));
    // Reading by the row is the caller's: here an empty object is still the server's answer.
    const answer = send(line, "get.friends", {}).then(
      () => "ok",
      (error: { code: string }) => error.code,
    );
    await expect(answer).resolves.toBe(code);
    await expect(send(line, "get.me.info", {})).resolves.toMatchObject({ account: { nickname: "Ann" } });
  });

  test("one that closes in the middle of its answer leaves a write in doubt", async () => {
    const line = await connected();
    im.interrupt("POST /friends/add/reply", (response) => {
      response.writeHead(200, { "content-length": "100" }).write('{"code":0', () => response.destroy());
    });
    await expect(send(line, "post.friends.add.reply", { toId: "1", status: "pass" })).rejects.toMatchObject({
      ...{ code: "connection_lost", isCertain: false },
    });
    await expect(send(line, "get.me.info", {})).resolves.toBeDefined();
  });

  test("one that never answers is a timeout, and may have done it; its late answer is nobody's", async () => {
    const line = await connected();
    let late = () => {};
    im.interrupt("POST /friends/add/reply", (_response, next) => {
      late = next;
    });
    const time = new AbortController();
    const input = { toId: "1", status: "pass" };
    const hanging = line.link.send(catalogue["post.friends.add.reply"], input, { signal: time.signal });
    await im.called("POST /friends/add/reply");
    time.abort(new DOMException("time", "TimeoutError"));
    await expect(hanging).rejects.toMatchObject({ code: "timeout", isCertain: false });
    late();
    await expect(send(line, "get.me.info", {})).resolves.toBeDefined();
  });

  test("a redirect is not followed: the token goes nowhere else", async () => {
    const line = await connected();
    im.interrupt("GET /friends", (response) => response.writeHead(307, { location: `${im.baseUrl}/chatGroups` }).end());
    await expect(send(line, "get.friends", {})).rejects.toMatchObject({ code: "bad_answer" });
    expect(im.of("GET /chatGroups")).toEqual([]);
  });

  test("an answer that is too large is cut off", async () => {
    const keeper = new TokenKeeper({ token: im.mint(ann), save: async () => undefined, failed: () => undefined });
    const transport = createHttpTransport({ baseUrl: im.baseUrl, keeper, maxBytes: 10_000 });
    im.interrupt("GET /friends", (response) => response.end("x".repeat(20_000)));
    const sent = transport.send(catalogue["get.friends"], { blacklist: 0 }, { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "answer_too_large" });
    await transport.close();
  });

  test("a socket that answers nothing any more is ended and dialled again", async () => {
    const line = await connected();
    im.deafen();
    for (const _watch of [1, 2, 3, 4]) line.clock.advance(30_000);
    await expect(line.hooks.failed()).resolves.toMatchObject({ detail: { reason: "silent" } });
    expect(line.clock.waits).toEqual([1_000]);
  });

  test("a socket that answers pings stays, though nothing is pushed for an hour", async () => {
    const line = await connected();
    for (let minute = 0; minute < 10; minute++) {
      line.clock.advance(30_000);
      await im.pinged(minute + 1);
    }
    expect(line.link.isConnected()).toBe(true);
  });
});

describe("handing a group over", () => {
  test("to who is no member would leave it without owner: nothing is sent", async () => {
    const line = await connected();
    const [bob, cid] = [im.world.addPerson("Bob"), im.world.addPerson("Cid")];
    const group = im.world.addGroup("Chess", ann.id, [bob.id]);
    await expect(send(line, "post.chatGroups.transfer", { groupId: group.id, toId: cid.id })).rejects.toMatchObject({
      code: "invalid_input",
      isSent: false,
      detail: { field: "toId" },
    });
    expect([group.owner, im.of("POST /chatGroups/transfer")]).toEqual([ann.id, []]);
    await send(line, "post.chatGroups.transfer", { groupId: group.id, toId: bob.id });
    expect(group.owner).toBe(bob.id);
  });

  test("is not done when the group cannot be read", async () => {
    const line = await connected();
    im.interrupt("GET /chatGroups/info", (response) => response.destroy());
    await expect(send(line, "post.chatGroups.transfer", { groupId: "1", toId: "2" })).rejects.toMatchObject({
      isCertain: true,
    });
    expect(im.of("POST /chatGroups/transfer")).toEqual([]);
  });
});
