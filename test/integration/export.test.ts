import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { buffer, text } from "node:stream/consumers";
import { encode } from "next-auth/jwt";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { openAuditExport } from "@/server/api/export";
import { createApiHandler } from "@/server/api/handler";
import { sheetColumns } from "@/server/audit/sheet";
import { sessionCookieName } from "@/server/auth/session";
import { AuditExports } from "@/server/desk/audit-export";
import { Downloads } from "@/server/http/export";
import { Listener } from "@/server/http/listener";
import { Metrics } from "@/server/http/metrics";
import { createLogger } from "@/server/log";
import { parseCsv } from "../csv";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, testConfig, until } from "../desk";
import { addBot, addOperator, addSession } from "../people";

const log = createLogger("silent");
let store: TestDatabase;
let test: TestDesk;
let listener: Listener;
let downloads: Downloads;
let base: string;
let owner: Seat;
let botId: string;
let otherBotId: string;

/** An operator who has signed in. */
interface Seat {
  id: string;
  cookie: string;
  actor: Actor;
}

beforeAll(async () => {
  store = await createTestDatabase();
  listener = new Listener(log, { isDev: false });
  const port = await listener.listen("127.0.0.1", 0);
  base = `http://127.0.0.1:${port}`;
  test = await startDesk(store.url, { config: { ...testConfig(store.url), port, publicUrl: new URL(base) } });
  downloads = serve();
  owner = await seat("owner");
  [botId, otherBotId] = [await addBot(store.database, "Mine"), await addBot(store.database, "Other")];
});
afterAll(async () => {
  await downloads.close();
  await listener.close();
  await test.stop();
  await store.drop();
});

function serve(limitMs?: number): Downloads {
  const made = new Downloads((asked, fields) => openAuditExport(test.desk, asked, fields), log, limitMs);
  listener.open({
    ...{ config: test.desk.config, loopbackKey: "", checks: {}, api: createApiHandler(test.desk), oneBot: test.desk },
    metrics: new Metrics(async () => ({ queue: {}, bots: {} })),
    exportAudit: (asked, response) => made.post(asked, response),
    exportMembers: (_asked, response) => Promise.resolve(response.end()),
    media: async (_request, response) => response.end("media"),
    upload: async (_request, response) => response.end("upload"),
    page: async (_asked, response) => response.end("page"),
  });
  return made;
}

async function seat(...grants: Parameters<typeof addOperator>[1][]): Promise<Seat> {
  const operator = await addOperator(store.database, ...grants);
  const { config } = test.desk;
  const sessionId = await addSession(store.database, operator.id);
  const token = await encode({ token: { sid: sessionId, sub: operator.id }, secret: config.secret });
  return {
    id: operator.id,
    cookie: `${sessionCookieName(config)}=${token}`,
    actor: await operator.actor(sessionId),
  };
}

/** Posts the form; the answer comes with its head, and nothing of its body is read yet. */
function post(
  who: Seat | null,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<IncomingMessage & { asked: ClientRequest }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}/api/export/audit`, {
      method,
      headers: {
        ...{ "content-type": "application/x-www-form-urlencoded", origin: base },
        ...(who === null ? {} : { cookie: who.cookie }),
        ...headers,
      },
    });
    asked.once("error", reject);
    asked.once("response", (answer) => resolve(Object.assign(answer, { asked })));
    asked.end(new URLSearchParams(fields).toString());
  });
}

async function code(who: Seat | null, fields: Record<string, string>, headers?: Record<string, string>) {
  const answer = await post(who, fields, headers);
  return [answer.statusCode, JSON.parse(await text(answer)).code];
}

const csvOf = async (who: Seat, fields: Record<string, string>) => {
  const answer = await post(who, { format: "csv", ...fields });
  const body = (await buffer(answer)).toString("utf8");
  expect([answer.statusCode, body[0]]).toEqual([200, "\uFEFF"]);
  const [head = [], ...rows] = parseCsv(body.slice(1));
  expect(head).toEqual(sheetColumns);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
};

const jsonOf = async (who: Seat, fields: Record<string, string>) =>
  (await text(await post(who, { format: "jsonl", ...fields })))
    .split("\n")
    .slice(0, -1)
    // Written by sheets.jsonl: an object a line.
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The newest export of somebody in the record, once it has the outcome wanted; null: none yet. */
function exported(who: Seat, outcome: string | null) {
  return until(test.desk, async () => {
    const event = await store.database.auditEvent.findFirst({
      where: { actorId: who.id, action: "audit.export" },
      orderBy: { id: "desc" },
      include: { outcome: true },
    });
    return event && (event.outcome?.outcome ?? null) === outcome ? event : undefined;
  });
}

/** Events of one action, written past the recorder as older versions or other hands may have. */
async function fill(action: string, count: number, extra: Record<string, unknown> = {}): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => ({
    ...{ id: uuid(), at: new Date(), correlationId: uuid(), actorKind: "operator", actorName: `Operator ${n}` },
    ...{ action, risk: "write", botId, botName: "Mine", target: `Person ${n}` },
    ...extra,
  }));
  await store.database.auditEvent.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

const hostile = [
  '=HYPERLINK("http://evil.example","x")',
  "+1\r\n-2\t@3",
  '"quoted", and, commas',
  "line\nbreak\rand return",
  "مرحبا \u202e gnp.exe",
  "👩‍👩‍👧‍👦 🏳️‍🌈 é",
  "＝1+1",
  "a\u2028b",
];

describe("a file of the record", () => {
  it("as CSV holds what the list shows, hostile texts included, newest first and without itself", async () => {
    const action = `test.${uuid()}`;
    for (const [n, name] of hostile.entries()) {
      const [id] = await fill(action, 1, { actorName: name, target: name, input: { name, n } });
      const outcome = { eventId: id ?? "", at: new Date(), outcome: "FAILED", error: "timeout", durationMs: n };
      await store.database.auditOutcome.create({ data: { ...outcome, platformText: name, after: [name] } });
    }
    const rows = await csvOf(owner, { action, outcome: "FAILED" });
    const { items } = await test.as(owner.actor).audit.list({ action });
    expect(rows.map((row) => row.id)).toEqual(items.map((item) => item.id));
    const unguarded = (cell = "") => cell.replace(/^'(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/u, "");
    expect(rows.map((row) => unguarded(row.actorName))).toEqual(hostile.toReversed());
    expect(rows.map((row) => unguarded(row.platformText))).toEqual(hostile.toReversed());
    expect(rows.map((row) => JSON.parse(row.input ?? "").name)).toEqual(hostile.toReversed());
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    expect(
      (await csvOf(owner, { action: "audit.export", actorId: owner.id })).every((row) => row.outcome === "OK"),
    ).toBe(true);
  });

  it("is named by its day, kept by nobody in between, and stands in the record with its count", async () => {
    const action = `test.${uuid()}`;
    await fill(action, 3);
    const answer = await post(owner, { format: "jsonl", action, from: "2020-01-01T00:00:00+08:00", text: "" });
    const day = new Date().toISOString().slice(0, 10);
    expect(answer.headers).toMatchObject({
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="gatehouse-audit-${day}.jsonl"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect((await text(answer)).trim().split("\n")).toHaveLength(3);
    expect(await exported(owner, "OK")).toMatchObject({
      ...{ actorId: owner.id, risk: "sensitive", address: "127.0.0.1" },
      input: { format: "jsonl", filter: { action, from: "2019-12-31T16:00:00.000Z" } },
      outcome: { after: { format: "jsonl", count: 3 } },
    });
  });

  it("holds everything across many pages, a megabyte of text in one of them, and nothing twice", async () => {
    const action = `test.${uuid()}`;
    const ids = [
      ...(await fill(action, 700)),
      ...(await fill(action, 1, { input: { text: "字".repeat(1024 * 1024) } })),
    ];
    ids.push(...(await fill(action, 700)));
    const rows = await jsonOf(owner, { action });
    expect(rows.map((row) => row.id)).toEqual(ids.toReversed());
    expect((rows[700]?.input as { text: string } | null)?.text).toHaveLength(1024 * 1024); // Written above.
  });

  it("of nothing is still a file", async () => {
    expect(await jsonOf(owner, { action: "test.none" })).toEqual([]);
    expect(await csvOf(owner, { action: "test.none" })).toEqual([]);
    expect(await exported(owner, "OK")).toMatchObject({ outcome: { after: { count: 0 } } });
  });

  it("counts the refusals that came again", async () => {
    const who = await seat("auditor");
    const refused = { correlationId: uuid(), actor: who.actor, action: "bots.remove", risk: "destructive" as const };
    for (let count = 0; count < 3; count += 1) await test.desk.recorder.refuse(refused, "forbidden");
    expect((await csvOf(owner, { actorId: who.id })).map((row) => [row.outcome, row.repeats])).toEqual([
      ["DENIED", "2"],
    ]);
  });
});

describe("who may have a file", () => {
  it("of one bot has that bot's events only, and may not ask for another's", async () => {
    const action = `test.${uuid()}`;
    const mine = await fill(action, 2);
    await fill(action, 2, { botId: otherBotId });
    await fill(action, 1, { botId: null });
    const auditor = await seat({ roleId: "auditor", botId });
    expect((await jsonOf(auditor, { action })).map((row) => row.id)).toEqual(mine.toReversed());
    expect(await code(auditor, { format: "csv", action, botId: otherBotId })).toEqual([403, "forbidden"]);
    expect(await exported(auditor, "DENIED")).toMatchObject({ botId: otherBotId, outcome: { error: "forbidden" } });
  });

  it("is nobody without the permission, and that stands in the record", async () => {
    const moderator = await seat("moderator");
    expect(await code(moderator, { format: "csv" })).toEqual([403, "forbidden"]);
    expect(await exported(moderator, "DENIED")).toMatchObject({ outcome: { error: "forbidden" } });
    expect(await code(null, { format: "csv" })).toEqual([401, "signed_out"]);
  });

  it("is refused from another origin, by another method or with another form", async () => {
    const csv = { format: "csv" };
    expect(await code(owner, csv, { origin: "https://evil.example" })).toEqual([403, "wrong_origin"]);
    expect(await code(owner, csv, { "content-type": "application/json" })).toEqual([400, "invalid_input"]);
    for (const wrong of [
      { format: "xlsx" },
      { ...csv, outcome: "MAYBE" },
      { ...csv, actorId: "1 or 1=1" },
      { ...csv, from: "yesterday" },
      { ...csv, text: "a\u0000b" },
      { ...csv, limit: "1" },
      {},
    ])
      expect(await code(owner, wrong)).toEqual([400, "invalid_input"]);
    const got = await post(owner, {}, {}, "GET");
    expect([got.statusCode, got.headers.allow]).toEqual([405, "POST"]);
    got.resume();
  });

  it("has three at once, and a fourth when one of them has ended", async () => {
    const who = await seat("owner");
    const exports = new AuditExports({ database: store.database, recorder: test.desk.recorder });
    const authenticate = async () => who.actor;
    const open = () =>
      exports.open({ actor: who.actor, correlationId: uuid(), authenticate, filter: {}, format: "csv" });
    const opened = await Promise.allSettled([open(), open(), open(), open()]);
    expect(opened.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"]);
    expect(opened[3]).toMatchObject({ reason: { code: "throttled" } });
    for (const each of opened) if (each.status === "fulfilled") await each.value.end(null);
    await (await open()).end("aborted");
  });

  it("is asked again during a long one: it ends with the session", async () => {
    const action = `test.${uuid()}`;
    await fill(action, 200);
    const exports = new AuditExports({ database: store.database, recorder: test.desk.recorder }, -1);
    let asked = 0;
    const authenticate = async () => (++asked > 1 ? null : owner.actor);
    const actor = owner.actor;
    const file = await exports.open({ actor, correlationId: uuid(), authenticate, filter: { action }, format: "csv" });
    await expect(
      (async () => {
        for await (const _ of file.chunks);
      })(),
    ).rejects.toThrow("signed_out");
    await file.end("signed_out");
    expect(asked).toBe(2);
  });
});

describe("a connection that is cut", () => {
  const large = `test.${uuid()}`;
  const size = 4_000;
  beforeAll(async () => {
    // 24 MB: more than the sockets' buffers between the two sides hold.
    for (let part = 0; part < 4; part += 1) await fill(large, size / 4, { input: { text: "x".repeat(6_000) } });
  });

  const first = (answer: IncomingMessage) => new Promise((resolve) => answer.once("data", resolve));

  it("is recorded before its first byte, waits for its reader, and is settled as cut with what was taken", async () => {
    const answer = await post(owner, { format: "jsonl", action: large });
    expect(await exported(owner, null)).toMatchObject({ target: "jsonl" });
    await first(answer);
    answer.pause();
    answer.asked.destroy();
    const event = await exported(owner, "FAILED");
    const after = { format: "jsonl", count: expect.any(Number) };
    expect(event.outcome).toMatchObject({ error: "aborted", after });
    expect(Reflect.get(Object(event.outcome?.after), "count")).toBeLessThan(size);
  });

  it("by the end of the desk is settled as that, and the file has no proper end", async () => {
    const answer = await post(owner, { format: "jsonl", action: large });
    const torn = text(answer).catch((cause: unknown) => cause);
    await first(answer);
    answer.pause();
    await downloads.close();
    answer.resume();
    expect(await torn).toMatchObject({ message: "aborted" });
    expect((await exported(owner, "FAILED")).outcome).toMatchObject({ error: "shutting_down" });
    expect(await code(owner, { format: "csv" })).toEqual([503, "shutting_down"]);
    downloads = serve();
  });

  it("by a reader who stops reading is given up", async () => {
    downloads = serve(50);
    const answer = await post(owner, { format: "jsonl", action: large });
    answer.on("error", () => undefined);
    expect((await exported(owner, "FAILED")).outcome).toMatchObject({ error: "timeout" });
    answer.asked.destroy();
    downloads = serve();
  });
});
