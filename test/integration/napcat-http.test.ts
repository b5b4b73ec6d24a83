import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { open } from "@/server/platforms/napcat/driver";
import { createHttpTransport, type HttpTransport } from "@/server/platforms/napcat/http";
import { HandClock } from "@/test/hand-clock";
import { HeardHooks } from "@/test/link-hooks";
import { type Napcat, start } from "@/test/simulators/napcat";

const token = "http-Token";
let napcat: Napcat;
let transports: HttpTransport[] = [];
let servers: Server[] = [];

beforeEach(async () => {
  napcat = await start({ token });
});

afterEach(async () => {
  for (const transport of transports) await transport.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  transports = [];
  servers = [];
  await napcat.close();
});

const signal = () => new AbortController().signal;

function transport(options: Partial<Parameters<typeof createHttpTransport>[0]> = {}): HttpTransport {
  const made = createHttpTransport({ url: napcat.httpUrl, token, ...options });
  transports.push(made);
  return made;
}

/** A web server that is no NapCat. */
async function stranger(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response));
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

describe("calls over HTTP", () => {
  test("unwrap the data, and send the token as a header and never in the address", async () => {
    const seen: { url: string | undefined; authorization: string | undefined }[] = [];
    const server = createServer((request, response) => {
      seen.push({ url: request.url, authorization: request.headers.authorization });
      response.end('{"status":"ok","retcode":0,"data":{"online":true,"good":true},"echo":"random"}');
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/base`;
    await expect(transport({ url }).send(catalogue.get_status, {}, { signal: signal() })).resolves.toEqual({
      online: true,
      good: true,
    });
    expect(seen).toEqual([{ url: "/base/get_status", authorization: `Bearer ${token}` }]);
  });

  test("a wrong token is a 403 of text, and told as that", async () => {
    const sent = transport({ token: "wrong" }).send(catalogue.get_status, {}, { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "token_rejected", isCertain: true });
  });

  test("HTTP status 200 with retcode 200 is a failure", async () => {
    const { send } = transport();
    napcat.faults.failNext("set_group_add_request", "No such request");
    const sent = send(catalogue.set_group_add_request, { flag: "1", approve: true, reason: "" }, { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "platform_refused", isCertain: true });
    const unknown = { ...catalogue.get_status, operation: "get_nothing" };
    await expect(send(unknown, {}, { signal: signal() })).rejects.toMatchObject({ code: "unknown_operation" });
    napcat.faults.failNext("get_status", "flag is missing", "schema");
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "rejected_input",
    });
  });

  test("a failure hidden in a success is a failure, and for what changes something it was not carried out", async () => {
    const { send } = transport();
    const input = { flag: "1", approve: false, reason: "" };
    napcat.faults.okWithoutActing("get_status", { data: { result: 1, errMsg: "not now" } });
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "platform_refused",
      text: "not now",
    });
    napcat.faults.okWithoutActing("set_group_add_request", { data: { result: 1, errMsg: "not allowed" } });
    await expect(send(catalogue.set_group_add_request, input, { signal: signal() })).rejects.toMatchObject({
      code: "not_carried_out",
      text: "not allowed",
    });
  });

  test("a page instead of JSON is not OneBot, and whether it was done is not known", async () => {
    const url = await stranger((response) => response.writeHead(502).end("<html>Bad gateway"));
    const sent = transport({ url }).send(catalogue.set_friend_add_request, {}, { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "not_onebot", isCertain: false });
  });

  test("a redirect is not followed", async () => {
    const url = await stranger((response) =>
      response.writeHead(307, { location: `${napcat.httpUrl}/get_status` }).end(),
    );
    await expect(transport({ url }).send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "not_onebot",
    });
    expect(napcat.calls.all).toEqual([]);
  });

  test("an answer that is too large is cut off", async () => {
    const url = await stranger((response) => response.end("x".repeat(20_000)));
    const { send } = transport({ url, maxBytes: 10_000 });
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "answer_too_large",
    });
  });

  test("a timeout and a change of mind are told apart; both may have been done", async () => {
    const { send } = transport();
    for (const [reason, code] of [
      [new DOMException("late", "TimeoutError"), "timeout"],
      [new Error("never mind"), "aborted"],
    ] as const) {
      const latch = napcat.faults.hold("get_status");
      const stop = new AbortController();
      const sent = send(catalogue.get_status, {}, { signal: stop.signal });
      const outcome = sent.catch((error: unknown) => error);
      await latch.call;
      stop.abort(reason);
      expect(await outcome).toMatchObject({ code, isSent: true });
      latch.release();
    }
    await expect(send(catalogue.get_status, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      isSent: false,
    });
  });

  test("a dropped connection leaves the call unknown", async () => {
    napcat.faults.hangUp("set_friend_add_request", "after");
    const sent = transport().send(catalogue.set_friend_add_request, { flag: "1", approve: true }, { signal: signal() });
    await expect(sent).rejects.toMatchObject({ code: "connection_lost", isSent: true, isCertain: false });
  });

  test("nobody listening is certain", async () => {
    await napcat.refuse();
    await expect(transport().send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "connection_refused",
      isSent: false,
    });
  });

  test("a name that resolves to the metadata service is not dialled", async () => {
    const { send } = transport({
      url: "http://metadata.example",
      resolve: async () => [{ address: "169.254.169.254", family: 4 }],
    });
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "destination_refused",
      isSent: false,
    });
  });

  test("an address that is link-local is not dialled", async () => {
    const { send } = transport({ url: "http://169.254.169.254" });
    await expect(send(catalogue.get_status, {}, { signal: signal() })).rejects.toMatchObject({
      code: "destination_refused",
    });
  });
});

describe("a link over HTTP", () => {
  test("asks every half minute, tells failures once and recovers", async () => {
    const clock = new HandClock();
    const hooks = new HeardHooks();
    const link = open({
      connection: { transport: "http", httpUrl: napcat.httpUrl },
      credentials: { token },
      accountId: null,
      hooks,
      clock,
      random: () => 0,
    });
    clock.advance(0);
    await hooks.connected();
    expect(await hooks.heard("heartbeat")).toMatchObject({ isOnline: true });
    napcat.world.goOffline();
    await settled(clock);
    clock.advance(30_000);
    expect(await hooks.heard("heartbeat", 2)).toMatchObject({ isOnline: false });
    await napcat.refuse();
    await settled(clock);
    clock.advance(30_000);
    expect(await hooks.failed()).toMatchObject({ code: "connection_refused" });
    await settled(clock);
    clock.advance(1_000);
    await hooks.failed(2);
    await napcat.accept();
    await settled(clock);
    clock.advance(2_000);
    await hooks.connected(2);
    expect(hooks.logs.map((entry) => entry.code)).toEqual(["account_known", "connected", "disconnected", "connected"]);
    await link.close();
    expect(clock.waits).toEqual([]);
    hooks.close();
  });

  /** The next check is planned in the turn after the hook was told. */
  async function settled(clock: HandClock): Promise<void> {
    while (clock.waits.length === 0 || clock.waits.includes(10_000)) await new Promise((done) => setImmediate(done));
  }
});
