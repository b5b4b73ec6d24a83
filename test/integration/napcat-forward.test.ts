import { createServer } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Link } from "@/server/platforms/driver";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { open } from "@/server/platforms/napcat/driver";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { type Napcat, start } from "@/test/simulators/napcat";

const token = "forward-Token";
let napcat: Napcat;
let clock: HandClock;
let hooks: HeardHooks;
let link: Link | null;

beforeEach(async () => {
  napcat = await start({ token });
  clock = new HandClock();
  hooks = new HeardHooks();
  link = null;
});

afterEach(async () => {
  await link?.close();
  hooks.close();
  await napcat.close();
});

function connect(options: { wsUrl?: string; token?: string; accountId?: string | null } = {}): Link {
  link = open({
    connection: { transport: "forward", wsUrl: options.wsUrl ?? napcat.wsUrl },
    credentials: { token: options.token ?? token },
    accountId: options.accountId ?? null,
    hooks,
    clock,
    // The middle of the spread, so that waits are known.
    random: () => 0,
  });
  clock.advance(0);
  return link;
}

const signal = () => new AbortController().signal;

describe("a forward WebSocket", () => {
  test("carries calls and events on one socket, and learns the account", async () => {
    const { send } = connect();
    await hooks.connected();
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann", comment: "hi", second: 1700000000 });
    const { arrival } = await hooks.heard("request");
    expect(arrival).toMatchObject({ key: "friend:30001:1700000000", message: "hi" });
    await expect(send(catalogue.get_status, {}, { signal: signal() })).resolves.toMatchObject({ online: true });
    expect(hooks.accounts).toEqual(["10001"]);
  });

  test("is not said to be connected when the upgrade succeeds and the token is then rejected", async () => {
    connect({ token: "wrong" });
    expect(await hooks.failed()).toMatchObject({ code: "token_rejected" });
    expect(hooks.states.every((state) => !state.isConnected)).toBe(true);
    await hooks.logged("token_rejected");
    expect(JSON.stringify(hooks.logs)).not.toContain('wrong"');
  });

  test("to another account is refused, and none of its events are taken for ours", async () => {
    connect({ accountId: "20002" });
    const error = await hooks.failed();
    expect(error).toMatchObject({ code: "wrong_account", detail: { expected: "20002", found: "10001" } });
    expect(hooks.events).toEqual([]);
  });

  test("that drops is dialled again with growing waits, and an outage is one line in the log", async () => {
    connect();
    await hooks.connected();
    await napcat.refuse();
    await hooks.failed();
    expect(clock.waits).toEqual([1000]);
    for (const wait of [2000, 4000, 8000, 16000, 30000, 30000]) {
      const failures = hooks.states.length;
      clock.advance(clock.waits[0] ?? 0);
      await hooks.failed(failures);
      expect(clock.waits).toEqual([wait]);
    }
    await napcat.accept();
    clock.advance(30000);
    await hooks.connected(2);
    expect(hooks.logs.filter((entry) => entry.code === "disconnected")).toHaveLength(1);
    expect(hooks.logs.filter((entry) => entry.code === "connect_failed")).toHaveLength(1);
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann" });
    await hooks.heard("request");
  });

  test("that drops in the middle of a write leaves the write unknown, not failed", async () => {
    const { send } = connect();
    await hooks.connected();
    napcat.faults.hangUp("set_friend_add_request", "after");
    const sent = send(catalogue.set_friend_add_request, { flag: "1", approve: true, remark: "" }, { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "connection_lost", isSent: true, isCertain: false });
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "not_connected",
      isSent: false,
    });
  });

  test("drops a reply that comes after the timeout, and notes it", async () => {
    const { send } = connect();
    await hooks.connected();
    const latch = napcat.faults.hold("get_friend_list");
    const timeout = new AbortController();
    const sent = send(catalogue.get_friend_list, { no_cache: false }, { signal: timeout.signal });
    await latch.call;
    timeout.abort(new DOMException("late", "TimeoutError"));
    await expect(sent).rejects.toMatchObject({ code: "timeout", isSent: true });
    latch.release();
    await hooks.logged("late_reply");
  });

  test("answers out of order reach their own calls", async () => {
    const { send } = connect();
    await hooks.connected();
    napcat.faults.answerAfter("get_login_info", 1);
    const login = send(catalogue.get_login_info, {}, { signal: signal() });
    const version = send(catalogue.get_version_info, {}, { signal: signal() });
    await expect(version).resolves.toHaveProperty("app_name");
    await expect(login).resolves.toHaveProperty("nickname");
  });

  test("that fails says why in the codes of WebSocket", async () => {
    const { send } = connect();
    await hooks.connected();
    napcat.faults.failNext("get_status", "no such luck");
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "platform_refused",
      text: expect.stringContaining("no such luck"),
    });
    const unknown = { ...catalogue.get_status, operation: "get_nothing" };
    await expect(send(unknown, {}, { signal: signal() })).rejects.toMatchObject({ code: "unknown_operation" });
    napcat.faults.failNext("get_status", "flag is missing", "schema");
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "rejected_input",
    });
  });

  test("survives broken JSON, wrong shapes and binary frames, each noted without the token", async () => {
    connect();
    await hooks.connected();
    napcat.sendRaw(`{"broken": "${token}" ${"x".repeat(500)}`);
    napcat.sendRaw("[1,2,3]");
    napcat.sendRaw(Buffer.from([0, 1, 2]));
    napcat.sendRaw('{"post_type":"request","request_type":"friend","self_id":10001,"user_id":1}');
    napcat.sendRaw('{"post_type":"request","request_type":"guild","self_id":10001}');
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann" });
    await hooks.heard("request");
    expect((await hooks.logged("bad_json")).detail.start).not.toContain(token);
    expect(String((await hooks.logged("bad_json")).detail.start).length).toBeLessThanOrEqual(200);
    await hooks.logged("bad_shape", 3);
    expect((await hooks.logged("bad_shape", 3)).detail.field).toBe("flag");
    expect((await hooks.logged("request_unknown_kind")).detail.kind).toBe("guild");
    expect(hooks.states).toHaveLength(1);
  });

  test("ends on a frame over 50 MB and comes back", async () => {
    connect();
    await hooks.connected();
    napcat.sendRaw(Buffer.alloc(50 * 1024 * 1024 + 1, " "));
    await hooks.logged("frame_too_large");
    expect(await hooks.failed()).toMatchObject({ code: "answer_too_large" });
    clock.advance(1000);
    await hooks.connected(2);
  });

  test("closed by us is silent: no state, no log, no new dial", async () => {
    const opened = connect();
    await hooks.connected();
    const told = hooks.logs.length;
    await opened.close();
    await napcat.connected("forward", 0);
    clock.advance(600_000);
    expect(hooks.states).toHaveLength(1);
    expect(hooks.logs).toHaveLength(told);
    expect(clock.waits).toEqual([]);
  });

  test("closed while still dialling leaves nothing behind", async () => {
    const opened = connect();
    await opened.close();
    expect(clock.waits).toEqual([]);
    expect(hooks.states).toEqual([]);
  });
});

describe("a socket that looks open and is dead", () => {
  const beat = { post_type: "meta_event", meta_event_type: "heartbeat", self_id: 10001, interval: 5000 };

  test("is dropped after three silent intervals of its own heartbeat, and dialled again", async () => {
    connect();
    await hooks.connected();
    napcat.sendRaw(JSON.stringify({ ...beat, status: { online: true, good: true } }));
    await hooks.heard("heartbeat");
    clock.advance(14_999);
    expect(hooks.states).toHaveLength(1);
    clock.advance(1);
    expect((await hooks.logged("silent")).detail.seconds).toBe(15);
    expect(await hooks.failed()).toMatchObject({ code: "connection_lost" });
    clock.advance(1000);
    await hooks.connected(2);
  });

  test("any event within the intervals keeps it", async () => {
    connect();
    await hooks.connected();
    for (let round = 1; round <= 4; round++) {
      napcat.sendRaw(JSON.stringify({ ...beat, status: { online: true, good: true } }));
      await hooks.heard("heartbeat", round);
      clock.advance(14_000);
    }
    expect(hooks.states).toHaveLength(1);
  });

  test("with heartbeats switched off it is asked, and its answer is the sign of life", async () => {
    connect();
    await hooks.connected();
    for (let round = 1; round <= 5; round++) {
      const latch = napcat.faults.hold("get_status");
      clock.advance(30_000);
      await latch.call;
      latch.release();
      // The answer is on the wire before this event, so it has been read when the event is heard.
      await napcat.calls.wait("get_status", round);
      const mark = link?.send(catalogue.get_login_info, {}, { signal: signal() });
      await mark;
    }
    expect(hooks.states).toHaveLength(1);
  });
});

describe("what is not OneBot", () => {
  let servers: Server[] = [];

  afterEach(() => {
    for (const server of servers) server.close();
    servers = [];
  });

  function listen(server: Server): Promise<number> {
    servers.push(server);
    return new Promise((done) =>
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        done(typeof address === "object" && address !== null ? address.port : 0);
      }),
    );
  }

  test("a web server that does not upgrade", async () => {
    const port = await listen(createServer((_request, response) => response.end("<html>")));
    connect({ wsUrl: `ws://127.0.0.1:${port}` });
    expect(await hooks.failed()).toMatchObject({ code: "not_onebot" });
  });

  test("a redirect is not followed", async () => {
    const port = await listen(
      createServer((_request, response) => response.writeHead(302, { location: napcat.httpUrl }).end()),
    );
    connect({ wsUrl: `ws://127.0.0.1:${port}` });
    expect(await hooks.failed()).toMatchObject({ code: "not_onebot" });
    expect(napcat.calls.all).toEqual([]);
  });

  test("something that does not speak HTTP", async () => {
    const port = await listen(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    connect({ wsUrl: `ws://127.0.0.1:${port}` });
    expect(await hooks.failed()).toMatchObject({ code: "not_onebot" });
  });
});
