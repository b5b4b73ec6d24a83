import { createServer } from "node:http";
import { getErrorShape, TRPCError } from "@trpc/server";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { traceOf } from "@/components/console/trace";
import { type Actor, systemActor } from "@/lib/actor";
import { fileCallPath } from "@/lib/file";
import { paceDefaults } from "@/lib/pace";
import { platforms } from "@/lib/platform";
import { createApiHandler } from "@/server/api/handler";
import { appRouter } from "@/server/api/router";
import { toWire } from "@/server/api/trpc";
import { setExtra } from "@/server/desk/bot-registry";
import { findRow } from "@/server/desk/operation";
import { lookThrough } from "@/server/gateway/circuit";
import { Door } from "@/server/gateway/invoke";
import { Pace } from "@/server/gateway/pace";
import { createLogger } from "@/server/log";
import { catalogues } from "@/server/platforms/catalogues";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let owner: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  napcat = await start();
  botId = await test.connect(napcat, "Front door");
  owner = await test.operator("owner");
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

function call(actor: Actor, operation: string, input: unknown, target?: string) {
  return test.as(actor).console.invoke({ botId, operation, input, ...(target === undefined ? {} : { target }) });
}

/** How a call was refused: its closed code and the faults of its fields. */
async function refusal(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof TRPCError) return toWire(cause);
    throw cause;
  }
  throw new Error("it was not refused");
}

/** What a screen learns of a call that failed. */
async function failure(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const about = { type: "mutation", path: "console.invoke", input: undefined, ctx: undefined } as const;
    const { data } = getErrorShape({ config: appRouter._def._config, error, ...about });
    return { code: data.desk.code, trace: traceOf({ data }), text: JSON.stringify(data) };
  }
  throw new Error("it did not fail");
}

function newest(actor: Actor) {
  return store.database.auditEvent.findFirstOrThrow({
    where: { actorId: actor.id, action: "console.invoke" },
    orderBy: { id: "desc" },
    include: { outcome: true },
  });
}

describe("the operations of a bot", () => {
  it("are all there are for an owner, each with a schema that a form can be made of", async () => {
    const operations = await test.as(owner).console.operations({ botId });
    expect(operations.map((each) => each.operation)).toEqual(Object.keys(catalogues.napcat));
    expect(operations.find((each) => each.operation === "set_friend_add_request")).toMatchObject({
      risk: "write",
      capabilities: ["requests.answer"],
      permission: "requests.decide",
      isBeyond: false,
      isOn: true,
    });
  });

  it("have schemas of what they take and of what arrives", async () => {
    const operation = "set_friend_add_request";
    expect(await test.as(owner).console.schemas({ platform: "napcat", operation })).toMatchObject({
      input: { properties: { approve: { type: "boolean", zh: expect.any(String) } } },
      output: {},
    });
    const unknown = test.as(owner).console.schemas({ platform: "im", operation });
    expect((await refusal(unknown)).code).toBe("unknown_operation");
  });

  it("of every platform can be read by whoever may see a bot, before there is one", async () => {
    const auditor = await test.operator("moderator", botId);
    for (const platform of platforms) {
      const rows = await test.as(auditor).console.catalogue({ platform });
      expect(rows.map((each) => each.operation)).toEqual(Object.keys(catalogues[platform]));
      for (const { operation } of rows) {
        const { input } = await test.as(auditor).console.schemas({ platform, operation });
        expect(input).toMatchObject({ type: "object" });
      }
    }
  });

  it("leave out what the operator may not call", async () => {
    const auditor = await test.operator("auditor", botId);
    const names = (await test.as(auditor).console.operations({ botId })).map((each) => each.operation);
    expect(names).toContain("get_friend_list");
    for (const name of ["get_cookies", "delete_friend", "bot_exit", "send_group_msg"])
      expect(names).not.toContain(name);
  });
});

describe("a call", () => {
  it("answers with what went out, how long it took and the event it left", async () => {
    const answer = await call(owner, "get_login_info", {});
    expect(answer).toMatchObject({
      answer: { user_id: napcat.world.account.userId },
      sealed: null,
      request: { http: { method: "POST", path: "/get_login_info", content: {} } },
    });
    const event = await newest(owner);
    expect(event).toMatchObject({ id: answer.eventId, endpoint: "get_login_info", risk: "read", botId });
    expect(event.outcome).toMatchObject({ outcome: "OK" });
    const [past] = await test.as(owner).console.history({ botId });
    expect(past).toMatchObject({ id: answer.eventId, operation: "get_login_info", input: {}, outcome: "OK" });
  });

  it("without the operation's permission is refused, recorded and not sent", async () => {
    const auditor = await test.operator("auditor", botId);
    const sent = napcat.calls.of("send_group_msg").length;
    const input = { group_id: "20001", message: [{ type: "text", data: { text: "hello" } }] };
    expect(await refusal(call(auditor, "send_group_msg", input))).toMatchObject({
      code: "forbidden",
      detail: { permission: "messages.send" },
    });
    expect(napcat.calls.of("send_group_msg")).toHaveLength(sent);
    const event = await newest(auditor);
    expect(event).toMatchObject({ endpoint: "send_group_msg", risk: "write", botId });
    expect(event.outcome).toMatchObject({ outcome: "DENIED", error: "forbidden" });
  });

  it("of what no catalogue knows is refused, also of a name every object has", async () => {
    for (const name of ["get_nothing", "constructor", "__proto__"])
      expect((await refusal(call(owner, name, {}))).code).toBe("unknown_operation");
  });

  it("names every faulty field before anything is sent", async () => {
    const sent = napcat.calls.of("send_group_msg").length;
    const message = [{ type: "text", data: { text: 7 } }];
    const wire = await refusal(call(owner, "send_group_msg", { group_id: "not digits", message, odd: 1 }));
    expect(wire.code).toBe("invalid_input");
    expect(Object.keys(wire.fields).sort()).toEqual(["group_id", "message.0.data.text", "odd"]);
    expect(napcat.calls.of("send_group_msg")).toHaveLength(sent);
  });

  it("is checked without being sent or recorded, for the same faults", async () => {
    const before = await store.database.auditEvent.count();
    const sent = napcat.calls.of("send_group_msg").length;
    const check = (input: unknown) => test.as(owner).console.check({ botId, operation: "send_group_msg", input });
    const message = [{ type: "text", data: { text: 7 } }];
    const input = { group_id: "not digits", message, odd: 1 };
    const wire = await refusal(call(owner, "send_group_msg", input));
    expect(await check(input)).toEqual(wire.fields);
    expect(await check({ group_id: "1", message: [{ type: "text", data: { text: "x" } }] })).toEqual({});
    expect(napcat.calls.of("send_group_msg")).toHaveLength(sent);
    // The call that was refused left its one event, the checks none.
    expect(await store.database.auditEvent.count()).toBe(before + 1);
  });

  it("that destroys needs what it is done to typed, exactly, and the record names it", async () => {
    const input = { user_id: "10009", temp_block: false, temp_both_del: false };
    const sent = napcat.calls.of("delete_friend").length;
    for (const target of [undefined, "", "Front door", "1000", "10009 x"])
      expect((await refusal(call(owner, "delete_friend", input, target))).code).toBe("name_mismatch");
    expect(napcat.calls.of("delete_friend")).toHaveLength(sent);
    const refused = await newest(owner);
    expect(refused).toMatchObject({ target: "10009" });
    expect(refused.outcome).toMatchObject({ outcome: "DENIED", error: "name_mismatch" });
    napcat.world.addFriend({ userId: "10009", nickname: "Gone soon" });
    const { eventId } = await call(owner, "delete_friend", input, " 10009 ");
    expect(napcat.calls.of("delete_friend")).toHaveLength(sent + 1);
    const { correlationId } = await store.database.auditEvent.findUniqueOrThrow({ where: { id: eventId } });
    const events = await store.database.auditEvent.findMany({ where: { correlationId } });
    expect(events.map(({ action, target }) => [action, target])).toEqual(
      expect.arrayContaining([
        ["console.invoke", "10009"],
        ["napcat.delete_friend", "10009"],
      ]),
    );
  });

  it("that destroys and names nothing needs the bot's name", async () => {
    const sent = napcat.calls.of("clean_cache").length;
    napcat.faults.okWithoutActing("clean_cache", { data: null });
    expect((await refusal(call(owner, "clean_cache", {}, "front door"))).code).toBe("name_mismatch");
    expect(napcat.calls.of("clean_cache")).toHaveLength(sent);
    await call(owner, "clean_cache", {}, "Front door");
    expect(napcat.calls.of("clean_cache")).toHaveLength(sent + 1);
    expect(await newest(owner)).toMatchObject({ endpoint: "clean_cache", target: "Front door" });
  });

  it("that hands out secrets answers with a token only; the look is an event, happens once, and nothing is stored", async () => {
    const secret = `secret-${uuid()}`;
    napcat.faults.okWithoutActing("get_cookies", { data: { cookies: secret, bkn: "1" } });
    const done = await call(owner, "get_cookies", { domain: "example.org" });
    expect(done).toMatchObject({ answer: null, sealed: { seconds: 60 } });
    expect(JSON.stringify(done)).not.toContain(secret);
    expect(await newest(owner)).toMatchObject({ endpoint: "get_cookies", risk: "sensitive" });
    const look = { botId, operation: "get_cookies", token: done.sealed?.token ?? "" };
    const reveal = (actor: Actor, of = look) => test.as(actor).console.reveal(of);

    const other = await test.operator("owner");
    expect((await refusal(reveal(other))).code).toBe("reveal_gone");
    expect((await refusal(reveal({ ...owner, sessionId: uuid() }))).code).toBe("reveal_gone");
    expect((await refusal(reveal(owner, { ...look, operation: "get_credentials" }))).code).toBe("reveal_gone");
    const moderator = await test.operator("moderator", botId);
    expect((await refusal(reveal(moderator))).code).toBe("forbidden");

    const shown = await reveal(owner);
    expect(shown.answer).toMatchObject({ cookies: secret });
    const event = await store.database.auditEvent.findUniqueOrThrow({
      where: { id: shown.eventId },
      include: { outcome: true },
    });
    expect(event).toMatchObject({ action: "console.reveal", endpoint: "get_cookies", risk: "sensitive", botId });
    expect(event.outcome).toMatchObject({ outcome: "OK" });
    expect((await refusal(reveal(owner))).code).toBe("reveal_gone");
    const refused = await store.database.auditEvent.findFirstOrThrow({
      where: { actorId: owner.id, action: "console.reveal" },
      orderBy: { id: "desc" },
      include: { outcome: true },
    });
    expect(refused.outcome).toMatchObject({ outcome: "DENIED", error: "reveal_gone" });

    const kept = JSON.stringify([
      await store.database.auditEvent.findMany({ include: { outcome: true } }),
      await store.database.botEvent.findMany(),
    ]);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(look.token.split(".")[1]);
  });

  it("shows the exact frame that went out, and the same call over HTTP without the token", async () => {
    const { request } = await call(owner, "get_friend_list", { no_cache: true });
    const input = { no_cache: true };
    expect(request).toMatchObject({
      over: "ws",
      frame: { action: "get_friend_list", params: input, echo: expect.any(String) },
      http: { method: "POST", path: "/get_friend_list", token: "bearer", kind: "json", content: input },
      isCut: false,
    });
    expect(JSON.stringify(request)).not.toContain(napcat.token);
  });

  it("that the platform refuses shows what had gone out, its secrets masked, and the event that says so", async () => {
    const input = { url: "https://example.com/x", headers: [`x-key: ${uuid()}`] };
    napcat.faults.failNext("download_file", "no such page");
    const { code, trace, text } = await failure(call(owner, "download_file", input));
    expect(code).toBe("platform_refused");
    expect(trace).toMatchObject({
      outcome: "FAILED",
      text: "no such page",
      request: {
        over: "ws",
        frame: { action: "download_file", params: { url: input.url, headers: "[redacted]" } },
        http: { path: "/download_file", token: "bearer" },
      },
    });
    for (const secret of [napcat.token, input.headers[0]]) expect(text).not.toContain(secret);
    const event = await newest(owner);
    expect(event).toMatchObject({ id: trace?.eventId, endpoint: "download_file" });
    expect(event.outcome).toMatchObject({ outcome: "FAILED", error: code, platformText: "no such page" });
  });

  it("whose answer got lost is unknown, in the record too, where it may have changed something; a read has failed", async () => {
    const byHttp = await test.connect(napcat, "lossy", { transport: "http", httpUrl: napcat.httpUrl });
    const lossy = (operation: string, input: unknown) => {
      napcat.faults.hangUp(operation, "after", Number.POSITIVE_INFINITY);
      return failure(test.as(owner).console.invoke({ botId: byHttp, operation, input }));
    };
    const write = await lossy("send_like", { user_id: "10002", times: 1 });
    expect(write).toMatchObject({ code: "connection_lost", trace: { outcome: "UNKNOWN" } });
    expect(write.trace?.request).toMatchObject({ over: "http", http: { path: "/send_like" } });
    expect((await newest(owner)).outcome).toMatchObject({ outcome: "UNKNOWN", error: "connection_lost" });
    napcat.faults.clear();
    const read = await lossy("get_recent_contact", {});
    expect(read.trace).toMatchObject({ outcome: "FAILED", request: { http: { path: "/get_recent_contact" } } });
    expect((await newest(owner)).outcome).toMatchObject({ outcome: "FAILED" });
    napcat.faults.clear();
  });

  it("that could not be sent shows no request, and still its event", async () => {
    const away = await start();
    const lost = await test.connect(away, "away");
    await away.close();
    await until(test.desk, async () => !test.desk.connections.isConnected(lost) || undefined);
    const past = await failure(test.as(owner).console.invoke({ botId: lost, operation: "get_friend_list", input: {} }));
    expect(past).toMatchObject({ code: "not_connected", trace: { outcome: "FAILED", request: null } });
    expect(await newest(owner)).toMatchObject({ id: past.trace?.eventId, botId: lost });
  });

  it("cuts a file out of what it shows of the request", async () => {
    const input = { base64: "A".repeat(30_000), name: "a.bin" };
    napcat.faults.okWithoutActing("download_file", { data: { file: "/tmp/a.bin" } });
    const { request } = await call(owner, "download_file", input);
    expect(request).toMatchObject({ isCut: true, http: { content: { name: "a.bin" } } });
    expect(JSON.stringify(request).length).toBeLessThan(2_000);
  });

  it("keeps phone numbers from who may not see secrets", async () => {
    const moderator = await test.operator("moderator", botId);
    const friend = { user_id: "10002", nickname: "Ann", remark: "", phone_num: "13800000000", email: "" };
    napcat.faults.answerWith("get_friend_list", [friend]);
    expect(await call(moderator, "get_friend_list", { no_cache: true })).toMatchObject({
      isMasked: true,
      answer: [{ user_id: "10002", phone_num: "[redacted]" }],
    });
  });

  it("masks the secrets of its input in the answer and in the record", async () => {
    const headers = [`x-key: ${uuid()}`];
    const input = { url: "https://example.com/x", headers };
    napcat.faults.okWithoutActing("download_file", { data: { file: "/tmp/x" } });
    const done = await call(owner, "download_file", input);
    expect(done.request?.frame).toMatchObject({ params: { url: input.url, headers: "[redacted]" } });
    expect(done.request?.http?.content).toMatchObject({ url: input.url, headers: "[redacted]" });
    expect(JSON.stringify(done)).not.toContain(headers[0]);
    const event = await newest(owner);
    expect(event.endpoint).toBe("download_file");
    expect(JSON.stringify(event.input)).not.toContain(headers[0]);
  });
});

describe("a call with a file in it", () => {
  const large = JSON.stringify({ 0: { json: { botId: uuid(), operation: "x", input: "A".repeat(1024 * 1024) } } });

  it("is read from operators only: a stranger's is refused by its size", async () => {
    const handle = createApiHandler(test.desk);
    const server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : null;
    const post = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}?batch=1`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: large,
      });
    try {
      for (const path of [fileCallPath, "/api/trpc/console.reveal"]) {
        const answer = await post(path).catch((cause: unknown) => cause);
        // Whoever still writes may see the connection close before the answer.
        if (answer instanceof Response) expect(answer.status).toBe(413);
        else expect(answer).toBeInstanceOf(TypeError);
      }
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
});

describe("an operation beyond the vendor's document", () => {
  const operation = "UpdateContactsApply";

  it("is refused, recorded and not sent until it is switched on", async () => {
    const sent: string[] = [];
    const door = new Door(test.desk.recorder, createLogger("silent"));
    const to = (extras: string[]) => ({
      bot: { id: botId, name: "68", platform: "chat68" as const },
      catalogue: catalogues.chat68,
      extras: new Set(extras),
      send: async (row: { operation: string }) => sent.push(row.operation),
      pace: new Pace({ ...paceDefaults.napcat, writeGapMs: 0 }),
      circuit: lookThrough,
      signal: new AbortController().signal,
    });
    const correlationId = uuid();
    const invocation = { actor: systemActor, correlationId, operation, input: { applyUid: "30001" } };
    await expect(door.invoke(to([]), invocation)).rejects.toMatchObject({ code: "operation_off" });
    expect(sent).toEqual([]);
    const [event] = await store.database.auditEvent.findMany({ where: { correlationId }, include: { outcome: true } });
    expect(event?.outcome).toMatchObject({ outcome: "DENIED", error: "operation_off" });
    await door.invoke(to([operation]), invocation);
    expect(sent).toEqual([operation]);
  });

  it("is switched on and off for one bot; what is documented needs no switch", async () => {
    const bot = await store.database.bot.create({ data: { name: "68 desk", platform: "chat68", connection: {} } });
    const extras = async () => (await store.database.bot.findUniqueOrThrow({ where: { id: bot.id } })).extras;
    expect(findRow("chat68", operation)?.seeds).toEqual([]);
    await setExtra(store.database, bot.id, operation, true);
    await setExtra(store.database, bot.id, operation, true);
    expect(await extras()).toEqual([operation]);
    expect(await setExtra(store.database, bot.id, operation, false)).toEqual({
      before: { extras: [operation] },
      after: { extras: [] },
    });
    for (const name of ["GroupDetail", "nothing", "constructor"])
      await expect(setExtra(store.database, bot.id, name, true)).rejects.toMatchObject({ code: "unknown_operation" });
  });
});
