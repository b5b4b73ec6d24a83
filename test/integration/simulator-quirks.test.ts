import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { callAction, Line, openLine, postAction } from "@/test/simulators/line";
import { type Napcat, start } from "@/test/simulators/napcat";
import { sign } from "@/test/simulators/napcat/post";

const token = "right";
let napcat: Napcat;

beforeEach(async () => {
  napcat = await start({ token, account: { userId: "20002", nickname: "门卫" }, reconnectMs: 60_000 });
});

afterEach(async () => {
  await napcat.close();
});

describe("over HTTP", () => {
  test("a wrong token is a 403 page, and an unknown action or a business error a 200 with retcode 200", async () => {
    const refused = await postAction(napcat, "get_login_info", {}, "wrong");
    expect([refused.status, refused.headers.get("content-type")]).toEqual([403, "text/html; charset=utf-8"]);
    expect(await refused.text()).toBe('{"message":"token verify failed!"}');

    expect(await callAction(napcat, "no_such_action", {})).toMatchObject({ status: "failed", retcode: 200 });
    expect(await callAction(napcat, "get_group_info", { group_id: 1 })).toMatchObject({
      retcode: 200,
      wording: "群1不存在",
    });
    expect(await callAction(napcat, "get_group_info", {})).toMatchObject({ retcode: 400, echo: null });
  });

  test("a query token beats the header, and the query is merged over the body", async () => {
    const headers = { authorization: "Bearer wrong" };
    const url = `${napcat.httpUrl}/get_stranger_info?access_token=${token}&user_id=20002`;
    const answer = await fetch(url, { method: "POST", headers, body: '{"user_id":"1"}' });
    expect(await answer.json()).toMatchObject({ retcode: 0, data: { nickname: "门卫" } });
    expect(napcat.calls.all[0]?.params.user_id).toBe("20002");
  });

  test("a bare token passes and another scheme does not", async () => {
    const ask = (authorization: string) => fetch(`${napcat.httpUrl}/get_status`, { headers: { authorization } });
    expect((await ask(token)).status).toBe(200);
    expect((await ask(`Token ${token}`)).status).toBe(403);
  });

  test.each([undefined, null, "", 0, "no", "0", true, "true"])("approve %j approves", async (approve) => {
    const { flag } = napcat.inbox.arriveFriend({ userId: "30001", nickname: "a" });
    await callAction(napcat, "set_friend_add_request", { flag, approve });
    expect(napcat.world.friends.has("30001")).toBe(true);
  });

  test.each([false, "false"])("approve %j denies", async (approve) => {
    const { flag } = napcat.inbox.arriveFriend({ userId: "30001", nickname: "a" });
    await callAction(napcat, "set_friend_add_request", { flag, approve });
    expect(napcat.inbox.friends[0]?.state).toBe("denied");
  });

  test("two requests of one second share a flag, and only the first can be reached by it", async () => {
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "first", second: 1_760_000_000 });
    napcat.inbox.arriveFriend({ userId: "30002", nickname: "second", second: 1_760_000_000 });
    await callAction(napcat, "set_friend_add_request", { flag: "1760000000", approve: true });
    await callAction(napcat, "set_friend_add_request", { flag: "1760000000", approve: true });
    expect([...napcat.world.friends.keys()]).toEqual(["30001"]);
  });

  test("a filtered friend request is accepted by a call that says approve false", async () => {
    const { flag } = napcat.inbox.arriveFiltered({ userId: "30001", nickname: "a" });
    expect(await callAction(napcat, "set_doubt_friends_add_request", { flag, approve: false })).toMatchObject({
      retcode: 0,
    });
    expect(napcat.world.friends.has("30001")).toBe(true);
  });

  test("deleting a stranger is an ok that says no", async () => {
    expect(await callAction(napcat, "delete_friend", { user_id: "1" })).toMatchObject({
      retcode: 0,
      data: { valid: false },
    });
  });

  test("the ignored notices repeat the ordinary list; member invites are in no list, filtered joins in their own", async () => {
    napcat.world.addGroup({ groupId: "700100", groupName: "读书会" });
    napcat.inbox.arriveJoin({ userId: "30001", nickname: "a", groupId: "700100" });
    napcat.inbox.arriveMemberInvite({ userId: "30002", nickname: "b", groupId: "700100" });
    napcat.inbox.arriveJoin({ userId: "30003", nickname: "c", groupId: "700100", isFiltered: true });
    const ordinary = await callAction(napcat, "get_group_system_msg", {});
    expect(ordinary.data).toMatchObject({ join_requests: [{ invitor_uin: 30001 }], InvitedRequest: [] });
    expect((await callAction(napcat, "get_group_ignored_notifies", {})).data).toEqual(ordinary.data);
    expect((await callAction(napcat, "get_group_ignore_add_request", {})).data).toMatchObject([
      { requester_nick: "c" },
    ]);
    expect(napcat.events.map((event) => event.user_id)).toEqual([30001n, 30002n]);
  });
});

describe("over the forward WebSocket", () => {
  test("/api carries calls and no events; any JSON value is echoed", async () => {
    const api = await openLine(napcat, "/api");
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "a" });
    api.socket.send(JSON.stringify({ action: "get_status", echo: { id: [1] } }));
    expect(await api.next()).toMatchObject({ retcode: 0, echo: { id: [1] } });
    api.socket.send("not json");
    expect(await api.next()).toMatchObject({ retcode: 1400, echo: null });
    api.socket.close();
  });

  test("a heartbeat tells the account's state, which a dead account does not take from the socket", async () => {
    const line = await openLine(napcat, "/");
    expect(await line.next()).toMatchObject({ meta_event_type: "lifecycle", sub_type: "connect" });
    napcat.world.goOffline("被挤下线");
    expect(await line.next()).toMatchObject({ notice_type: "bot_offline", message: "被挤下线" });
    napcat.beat();
    expect(await line.next()).toMatchObject({ meta_event_type: "heartbeat", status: { online: false, good: true } });
    expect(await callAction(napcat, "get_status", {})).toMatchObject({ data: { online: false } });
    line.socket.close();
  });

  test("an id too large for a JavaScript number leaves as bare digits", async () => {
    const line = await openLine(napcat, "/");
    await line.next();
    napcat.inbox.arriveFriend({ userId: "9007199254740993", nickname: "a" });
    expect(await line.nextText()).toContain('"user_id":9007199254740993,');
    line.socket.close();
  });
});

describe("towards the desk", () => {
  let desk: Server;
  let url: string;

  beforeEach(async () => {
    desk = createServer();
    await new Promise<void>((resolve) => desk.listen(0, "127.0.0.1", resolve));
    // It listens on TCP, so this is an AddressInfo.
    url = `127.0.0.1:${(desk.address() as AddressInfo).port}/onebot/1`;
  });

  afterEach(() => {
    desk.closeAllConnections();
    desk.close();
  });

  test("a reverse WebSocket introduces itself, answers calls, and goes with its token", async () => {
    const sockets = new WebSocketServer({ server: desk });
    const arrived = new Promise<[Line, Record<string, unknown>]>((resolve) => {
      sockets.once("connection", (socket, request) => resolve([new Line(socket), request.headers]));
    });
    napcat.dial(`ws://${url}`);
    const [line, headers] = await arrived;
    expect(headers).toMatchObject({
      "x-self-id": "20002",
      "x-client-role": "Universal",
      authorization: `Bearer ${token}`,
      "user-agent": "OneBot/11",
    });
    expect(await line.next()).toMatchObject({ sub_type: "connect" });
    line.socket.send('{"action":"get_login_info","params":{},"echo":7}');
    expect(await line.next()).toMatchObject({ data: { user_id: 20002 }, echo: 7 });
    expect(napcat.calls.all[0]?.transport).toBe("reverse");
  });

  test("a refused reverse dial is known by its status", async () => {
    desk.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n"));
    napcat.dial(`ws://${url}`);
    expect(await napcat.refused()).toBe(401);
  });

  test("an event is posted once, signed over its bytes, and an approve in the answer is obeyed", async () => {
    const received = new Promise<{ body: Buffer; signature: unknown; selfId: unknown }>((resolve) => {
      desk.on("request", async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(Buffer.from(chunk));
        response.end('{"approve":true}');
        const { "x-signature": signature, "x-self-id": selfId } = request.headers;
        resolve({ body: Buffer.concat(chunks), signature, selfId });
      });
    });
    const poster = napcat.postTo(`http://${url}`);
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "小满" });
    const { body, signature, selfId } = await received;
    expect([signature, selfId]).toEqual([sign(token, body), "20002"]);
    expect((await poster.wait(1)).status).toBe(200);
    expect(napcat.world.friends.has("30001")).toBe(true);
  });
});
