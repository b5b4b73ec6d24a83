import { TRPCError } from "@trpc/server";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Actor, canSomewhere } from "@/lib/actor";
import { permissionNames } from "@/lib/permissions";
import { type BuiltInRole, builtInRoleNames } from "@/lib/role";
import { listProcedures } from "@/server/api/router";
import { toWire } from "@/server/api/trpc";
import { hashPassword } from "@/server/auth/password";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { askedBeside, type Fixture, furnish, inputs, makeBot, refusedByPurpose, word } from "../procedure-inputs";

const procedures = listProcedures();
const password = "a long enough password of tests";
let passwordHash: string;
let store: TestDatabase;
let test: TestDesk;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  passwordHash = await hashPassword(password);
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

async function member(role: BuiltInRole, botId: string | null = null): Promise<Actor> {
  const actor = await test.operator(role, botId);
  await store.database.operator.update({ where: { id: actor.id ?? "" }, data: { passwordHash } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const session = { id: uuid(), operatorId: actor.id ?? "", expiresAt, address: "127.0.0.1", userAgent: "test" };
  await store.database.session.create({ data: session });
  return { ...actor, sessionId: session.id };
}

/** Calls a procedure by its path as a client would, and answers what came: a value or a closed code. */
async function call(path: string, actor: Actor | null, made: { botId: string; botName: string; requestId: string }) {
  const fixture: Fixture = { database: store.database, actor, password, ...made };
  const input = await inputs[path]?.(fixture);
  // The caller's type is the tree of all procedures; walking it by path needs to step down untyped.
  let at: unknown = test.as(actor);
  for (const name of path.split(".")) at = Reflect.get(at as object, name);
  try {
    const value: unknown = await (at as (input: unknown) => Promise<unknown>)(input);
    if (isStream(value)) {
      const first = await value.next();
      await value.return(undefined);
      return { input, value: first.value, code: null };
    }
    return { input, value, code: null };
  } catch (cause) {
    if (!(cause instanceof TRPCError)) throw cause;
    return { input, value: null, code: toWire(cause).code };
  }
}

function isStream(value: unknown): value is AsyncGenerator<unknown, void> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

describe("every procedure", () => {
  it.each(procedures)("$path states a permission and a risk, and has an input in the table", ({ path, meta }) => {
    expect([...permissionNames, "public"]).toContain(meta?.permission);
    expect(["read", "write", "destructive", "sensitive"]).toContain(meta?.risk);
    expect(Object.keys(inputs)).toContain(path);
  });

  it("that needs no operator is one of the few that may", () => {
    const open = procedures.filter(({ meta }) => meta?.permission === "public").map(({ path }) => path);
    expect(open.sort()).toEqual(["invite.accept", "invite.preview", "session.get", "setup.create", "setup.status"]);
  });

  it("has no row left over in the table", () => {
    expect(Object.keys(inputs).sort()).toEqual(procedures.map(({ path }) => path).sort());
  });
});

describe.each(procedures)("$path", ({ path, type, meta }) => {
  const permission = meta?.permission ?? "public";
  // What changes something, and what shows a secret.
  const isRecorded = (type === "mutation" && meta?.isPulse !== true) || meta?.risk === "sensitive";

  it.each(builtInRoleNames)("answers %s exactly when the role holds the permission", async (role) => {
    const actor = await member(role);
    const made = await makeBot(store.database);
    const before = await store.database.auditEvent.count();
    const { code } = await call(path, actor, made);
    if (permission === "public") expect(code).toBe(refusedByPurpose[path] ?? null);
    else {
      const may = [permission, askedBeside[path] ?? permission].every((name) => canSomewhere(actor, name));
      expect(code).toBe(may ? (refusedByPurpose[path] ?? null) : "forbidden");
    }
    if (isRecorded || code === "forbidden") {
      const events = await store.database.auditEvent.findMany({
        skip: before,
        orderBy: { id: "asc" },
        include: { outcome: true },
      });
      const event = events.find((each) => each.action === path && each.actorId === actor.id);
      expect(event).toMatchObject({ actorName: actor.name, role, address: "127.0.0.1", risk: meta?.risk });
      const failed = ["not_connected", "unknown_operation", "connection_refused"].includes(code ?? "")
        ? "FAILED"
        : "DENIED";
      expect(event?.outcome?.outcome).toBe(code === null ? "OK" : failed);
    }
  });

  it("answers nobody who is not signed in, unless it is public", async () => {
    const { code } = await call(path, null, await makeBot(store.database));
    expect(code).toBe(permission === "public" ? (refusedByPurpose[path] ?? null) : "signed_out");
  });

  it("answers a moderator of one bot nothing about another", async () => {
    const mine = await makeBot(store.database);
    const other = await makeBot(store.database, `secret ${word()}`);
    await furnish(store.database, other);
    const actor = await member("moderator", mine.botId);
    const { input, value, code } = await call(path, actor, other);
    const answer = JSON.stringify(value) ?? "";
    expect(answer).not.toContain(other.botName);
    expect(answer).not.toContain(other.botId);
    // It repeats the ids it was asked about, and says of this one what it says of one that does not exist (below).
    if (path !== "batches.preview") expect(answer).not.toContain(other.requestId);
    // Rows of several bots at once: another's are left out, as those that do not exist are.
    const leavesOut = /^(groups|friends)\.rows$/.test(path);
    if (leavesOut) expect(value).toEqual([]);
    // By the bot's own id wherever it stands in the input, or by that of a thing of the bot.
    const isAboutOne =
      (!leavesOut && (JSON.stringify(input) ?? "").includes(other.botId)) ||
      /^people\.(note|removeNote|flag)$|^friends\.(?!bots$|list$|facets$|ids$|rows$)|^chats\.(get|find|page|changed|send|recall|react|addEssence|removeEssence|poke|forward|read)$|^(batches|bots|console|requests|members|tasks)\.(page|rows|ids|summary|pause|resume|kick|mute|promote|card|title|get|log|gaps|raw|claim|release|decide|undo|note|check|update|probe|setEnabled|setExtra|remove|start|cancel|retry|operations|history|invoke|reveal)$/.test(
        path,
      );
    if (isAboutOne) expect(["forbidden", "not_found"]).toContain(code);
    if (isAboutOne && isRecorded) {
      const refusal = { action: path, actorId: actor.id, outcome: { is: { outcome: "DENIED", error: code } } };
      expect(await store.database.auditEvent.count({ where: refusal })).toBe(1);
    }
  });
});

describe("a moderator of one bot", () => {
  it("finds nothing of another in the lists, where the owner does", async () => {
    const { botId } = await makeBot(store.database);
    const other = await makeBot(store.database, `secret ${word()}`);
    await furnish(store.database, other);
    const lists = async (actor: Actor) => {
      const api = test.as(actor);
      const who = { platform: "napcat", personId: "80000000001" } as const;
      const found = await Promise.all([
        api.bots.list(),
        api.groups.list({ text: other.botName }),
        api.friends.list({ text: other.botName }),
        api.chats.list({ text: other.botName }),
        api.people.get(who),
        api.people.messages(who),
        api.find({ words: other.botName }),
      ]);
      return found.map((each) => JSON.stringify(each).includes(other.botName));
    };
    expect(await lists(await member("owner"))).toEqual(Array.from({ length: 7 }, () => true));
    expect(await lists(await member("moderator", botId))).toEqual(Array.from({ length: 7 }, () => false));
  });

  it("is told of another's request in a selection what is told of one that does not exist", async () => {
    const actor = await member("moderator", (await makeBot(store.database)).botId);
    const { requestId } = await makeBot(store.database);
    const none = uuid();
    const preview = await test.as(actor).batches.preview({ verb: "ignore", ids: [requestId, none] });
    expect(preview).toEqual({
      able: 0,
      unable: [requestId, none].map((id) => ({ id, applicantName: "", code: "not_found", detail: {} })),
      perBot: [],
      seconds: 0,
    });
  });

  it("sees that bot's requests", async () => {
    const mine = await makeBot(store.database);
    const actor = await member("moderator", mine.botId);
    const { items } = await test.as(actor).requests.list({ state: "all" });
    expect(items.map((item) => item.id)).toEqual([mine.requestId]);
    expect((await test.as(actor).bots.list()).map((bot) => bot.id)).toEqual([mine.botId]);
  });
});

describe("the record", () => {
  it("holds no secret that a call was given", async () => {
    const owner = await member("owner");
    const made = await makeBot(store.database);
    const api = test.as(owner);
    const token = `token-${word()}-${word()}`;
    const next = `next ${word()} ${word()} password`;
    await api.bots.update({
      id: made.botId,
      name: made.botName,
      connection: { transport: "http", httpUrl: "http://127.0.0.1:9" },
      token,
    });
    await api.account.changePassword({ current: password, next });
    const { url } = await api.invites.create({ role: "auditor" });
    const kept = JSON.stringify(await store.database.auditEvent.findMany({ include: { outcome: true } }));
    for (const secret of [token, next, password, url.split("/").at(-1) ?? ""]) expect(kept).not.toContain(secret);
    const bot = await store.database.bot.findUniqueOrThrow({ where: { id: made.botId } });
    expect(Buffer.from(bot.sealed ?? []).toString("latin1")).not.toContain(token);
    expect(JSON.stringify(await api.bots.get({ id: made.botId }))).not.toContain(token);
  });
});
