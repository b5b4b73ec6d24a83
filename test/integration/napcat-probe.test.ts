import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { probe } from "@/server/platforms/napcat/probe";
import { type Napcat, start } from "@/test/simulators/napcat";

const token = "probe-Token";
let napcat: Napcat;
let servers: { close(): unknown }[] = [];

beforeEach(async () => {
  napcat = await start({ token });
});

afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await napcat.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

type Transport = "http" | "forward";

function at(transport: Transport, host: string, scheme?: string) {
  return transport === "http"
    ? { transport, httpUrl: `${scheme ?? "http"}://${host}` }
    : { transport, wsUrl: `${scheme ?? "ws"}://${host}` };
}

const ours = (transport: Transport) =>
  at(transport, new URL(transport === "http" ? napcat.httpUrl : napcat.wsUrl).host);

function attempt(connection: unknown, options: Partial<Parameters<typeof probe>[0]> = {}) {
  return probe({
    connection,
    credentials: { token },
    accountId: null,
    signal: new AbortController().signal,
    ...options,
  });
}

describe.each(["http", "forward"] as const)("trying a connection over %s", (transport) => {
  test("says who is there", async () => {
    expect(await attempt(ours(transport), { accountId: "10001" })).toEqual({
      ok: true,
      accountId: "10001",
      nickname: "Simulated",
      version: expect.stringMatching(/\S/),
      latencyMs: expect.any(Number),
    });
    await napcat.connected("forward", 0);
  });

  test("the name is not found", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }));
    expect(await attempt(at(transport, "nowhere.invalid"), { resolve })).toMatchObject({
      ok: false,
      code: "name_not_found",
    });
  });

  test("nobody listens there", async () => {
    const connection = ours(transport);
    await napcat.refuse();
    expect(await attempt(connection)).toMatchObject({ ok: false, code: "connection_refused" });
  });

  test("TLS fails, when the other side does not speak it", async () => {
    const host = new URL(transport === "http" ? napcat.httpUrl : napcat.wsUrl).host;
    const scheme = transport === "http" ? "https" : "wss";
    expect(await attempt(at(transport, host, scheme))).toMatchObject({ ok: false, code: "tls_failed" });
  });

  test("TLS fails, when there is no certificate to agree on", async () => {
    const host = await listen(createTlsServer({}));
    const scheme = transport === "http" ? "https" : "wss";
    expect(await attempt(at(transport, host, scheme))).toMatchObject({ ok: false, code: "tls_failed" });
  });

  test("the token is rejected, and is in no answer", async () => {
    const result = await attempt(ours(transport), { credentials: { token: "not-the-Token" } });
    expect(result).toMatchObject({ ok: false, code: "token_rejected" });
    expect(JSON.stringify(result)).not.toContain("not-the-Token");
  });

  test("a web site is not OneBot", async () => {
    const host = await listen(createServer((_request, response) => response.end("<html>hello")));
    expect(await attempt(at(transport, host))).toMatchObject({ ok: false, code: "not_onebot" });
  });

  test("the other port of the same NapCat is not the right one", async () => {
    const other = new URL(transport === "http" ? napcat.wsUrl : napcat.httpUrl).host;
    const result = await attempt(at(transport, other));
    expect(result.ok).toBe(false);
    // NapCat's HTTP port asks for the token before anything else.
    expect(result).toMatchObject({ code: expect.stringMatching(/^(not_onebot|token_rejected)$/) });
  });

  test("it is another account", async () => {
    expect(await attempt(ours(transport), { accountId: "20002" })).toEqual({
      ok: false,
      code: "wrong_account",
      detail: { expected: "20002", found: "10001" },
    });
  });

  test("it does not answer in time", async () => {
    const latch = napcat.faults.hold("get_login_info");
    const stop = new AbortController();
    const result = attempt(ours(transport), { signal: stop.signal });
    await latch.call;
    stop.abort(new DOMException("late", "TimeoutError"));
    expect(await result).toMatchObject({ ok: false, code: "timeout" });
    latch.release();
  });

  test.each(["169.254.169.254", "[fe80::1]", "0.0.0.0", "[::ffff:169.254.169.254]"])(
    "the destination %s is refused",
    async (host) => {
      expect(await attempt(at(transport, host))).toMatchObject({ ok: false, code: "destination_refused" });
    },
  );

  test("a name of the metadata service is refused", async () => {
    const resolve = async () => [{ address: "169.254.169.254", family: 4 }];
    expect(await attempt(at(transport, "metadata.example"), { resolve })).toMatchObject({
      code: "destination_refused",
    });
  });

  test.each(["user:pass@127.0.0.1", "127.0.0.1/?access_token=x", "127.0.0.1/#x"])(
    "a secret in the address (%s) is refused before anything is sent",
    async (host) => {
      expect(await attempt(at(transport, host))).toMatchObject({ ok: false, code: "invalid_input" });
    },
  );
});

test("a socket that answers something else is not OneBot", async () => {
  const sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  servers.push(sockets);
  // An echo server: it sends our own frame back.
  sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(data.toString())));
  await new Promise((done) => sockets.on("listening", done));
  const address = sockets.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await attempt(at("forward", `127.0.0.1:${port}`))).toMatchObject({ ok: false, code: "not_onebot" });
});

test("a bot that dials in cannot be tried from here", async () => {
  expect(await attempt({ transport: "reverse" })).toMatchObject({ ok: false, code: "not_connected" });
});
