import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Link } from "@/server/platforms/driver";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { open } from "@/server/platforms/napcat/driver";
import { maxPostBytes } from "@/server/platforms/napcat/post";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { type Napcat, start } from "@/test/simulators/napcat";
import { sign } from "@/test/simulators/napcat/post";

const token = "inward-Token";
let napcat: Napcat;
let clock: HandClock;
let hooks: HeardHooks;
let link: Link;
let server: Server;
let sockets: WebSocketServer;
let port = 0;

/** A server that hands everything to the link, as the desk's own does. */
beforeEach(async () => {
  napcat = await start({ token, reconnectMs: 60_000 });
  clock = new HandClock();
  hooks = new HeardHooks();
  sockets = new WebSocketServer({ noServer: true });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const answer = link.acceptPost?.(request.headers, Buffer.concat(chunks)) ?? { status: 404 };
    response.writeHead(answer.status).end();
  });
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const refusal = link.refuseSocket?.(request.headers) ?? null;
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal} No\r\nconnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => link.acceptSocket?.(accepted, request));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});

afterEach(async () => {
  await link.close();
  hooks.close();
  await napcat.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const url = () => `ws://127.0.0.1:${port}/onebot/bot`;
const signal = () => new AbortController().signal;

function opened(status: WebSocket): Promise<number> {
  return new Promise((done) => {
    status.on("open", () => done(101));
    status.on("unexpected-response", (request, response) => {
      request.destroy();
      done(response.statusCode ?? 0);
    });
    status.on("error", () => undefined);
  });
}

describe("a reverse WebSocket", () => {
  function openLink(options: { accountId?: string; token?: string } = {}): void {
    link = open({
      connection: { transport: "reverse" },
      credentials: { token: options.token ?? token },
      accountId: options.accountId ?? null,
      hooks,
      clock,
    });
  }

  test("carries calls and events, and learns the account", async () => {
    openLink();
    napcat.dial(url());
    await hooks.connected();
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann" });
    await hooks.heard("request");
    await expect(link.send(catalogue.get_status, {}, { signal: signal() })).resolves.toMatchObject({ online: true });
    expect(hooks.accounts).toEqual(["10001"]);
  });

  test.each(["wrong", "", "inward-Toke", "inward-Token2"])(
    "with the token %j is refused before the upgrade",
    async (offered) => {
      openLink();
      napcat.dial(url(), offered);
      expect(await napcat.refused()).toBe(401);
      expect(hooks.states).toEqual([]);
    },
  );

  test("a stranger who knocks a hundred times writes one line into the log", async () => {
    openLink();
    for (let count = 0; count < 100; count++) expect(link.refuseSocket?.({})).toBe(401);
    expect(hooks.logs).toHaveLength(1);
    clock.advance(60_000);
    link.refuseSocket?.({});
    expect(hooks.logs).toHaveLength(2);
  });

  test("a bot without a token lets nobody in, not even with an empty one", async () => {
    openLink({ token: "" });
    napcat.dial(url(), "");
    expect(await napcat.refused()).toBe(401);
  });

  test("of another account is refused", async () => {
    openLink({ accountId: "20002" });
    napcat.dial(url());
    expect(await napcat.refused()).toBe(403);
    expect(await hooks.failed()).toMatchObject({ code: "wrong_account" });
  });

  test("for calls only or events only is refused: half a bot", async () => {
    openLink();
    const headers = { authorization: `Bearer ${token}`, "x-client-role": "Event" };
    expect(await opened(new WebSocket(url(), { headers }))).toBe(403);
    await hooks.logged("wrong_role");
  });

  test("accepted without a check by the server is still checked", async () => {
    openLink();
    link.refuseSocket = () => null;
    const stranger = new WebSocket(url());
    const closed = new Promise((done) => stranger.on("close", done));
    expect(await opened(stranger)).toBe(101);
    await closed;
    expect(link.isConnected()).toBe(false);
  });

  test("that is dialled anew replaces the older one, whose calls are left unknown", async () => {
    openLink();
    napcat.dial(url());
    await hooks.connected();
    const latch = napcat.faults.hold("set_friend_add_request");
    const sent = link.send(
      catalogue.set_friend_add_request,
      { flag: "1", approve: true, remark: "" },
      { signal: signal() },
    );
    const outcome = sent.catch((error: unknown) => error);
    await latch.call;
    napcat.dial(url());
    await hooks.connected(2);
    expect(await outcome).toMatchObject({ code: "connection_lost", isSent: true, isCertain: false });
    await hooks.logged("replaced");
    await napcat.connected("reverse", 1);
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann" });
    await hooks.heard("request");
    expect(hooks.events.filter((event) => event.type === "request")).toHaveLength(1);
    expect(link.isConnected()).toBe(true);
  });

  test("that drops is told, and nothing here dials", async () => {
    openLink();
    const dialer = napcat.dial(url());
    await hooks.connected();
    napcat.dropSockets();
    expect(await hooks.failed()).toMatchObject({ code: "connection_lost" });
    expect(clock.waits).toEqual([]);
    dialer.dial();
    await hooks.connected(2);
  });
});

describe("posted events", () => {
  const postUrl = () => `http://127.0.0.1:${port}/onebot/bot`;

  function openLink(options: { accountId?: string; token?: string } = {}): void {
    link = open({
      connection: { transport: "http", httpUrl: napcat.httpUrl },
      credentials: { token: options.token ?? token },
      accountId: options.accountId ?? null,
      hooks,
      clock,
    });
  }

  async function post(body: string, headers: Record<string, string>): Promise<number> {
    return (await fetch(postUrl(), { method: "POST", body, headers })).status;
  }

  test("signed with the token they are taken, and a replay is the same arrival", async () => {
    openLink();
    const poster = napcat.postTo(postUrl());
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann", second: 1700000000 });
    expect((await poster.wait(1)).status).toBe(204);
    napcat.repeatLast();
    expect((await poster.wait(2)).status).toBe(204);
    const [first, second] = [await hooks.heard("request", 1), await hooks.heard("request", 2)];
    expect(first.arrival.key).toBe(second.arrival.key);
    expect(hooks.accounts).toEqual(["10001"]);
  });

  test.each([
    ["a wrong secret", "wrong"],
    ["no signature", ""],
  ])("with %s they are refused and never heard", async (_name, secret) => {
    openLink();
    const poster = napcat.postTo(postUrl(), secret);
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann" });
    expect((await poster.wait(1)).status).toBe(401);
    expect(hooks.events).toEqual([]);
    await hooks.logged("bad_signature");
  });

  test("the signature is over the raw bytes: the same JSON written differently is refused", async () => {
    openLink();
    const body = '{"post_type":"notice","notice_type":"friend_add","self_id":10001,"user_id":30001}';
    expect(await post(body, { "x-signature": sign(token, body) })).toBe(204);
    expect(await post(body.replace(",", ", "), { "x-signature": sign(token, body) })).toBe(401);
  });

  test("without a token nothing can be signed, so nothing is taken", async () => {
    openLink({ token: "" });
    expect(await post("{}", { "x-signature": sign("", "{}") })).toBe(401);
  });

  test("more than 1 MiB is refused before anything is computed, whatever its signature", async () => {
    openLink();
    const body = "x".repeat(maxPostBytes + 1);
    expect(await post(body, { "x-signature": sign(token, body) })).toBe(413);
  });

  test("what is signed and unreadable is noted and refused", async () => {
    openLink();
    for (const body of ["{", "[]", '{"status":"ok","retcode":0}']) {
      expect(await post(body, { "x-signature": sign(token, body) })).toBe(400);
    }
    await hooks.logged("bad_json");
    await hooks.logged("bad_shape", 2);
  });

  test("about another account are refused", async () => {
    openLink({ accountId: "20002" });
    const poster = napcat.postTo(postUrl());
    napcat.inbox.arriveFriend({ userId: "30001", nickname: "Ann" });
    expect((await poster.wait(1)).status).toBe(403);
    expect(hooks.events).toEqual([]);
  });
});
