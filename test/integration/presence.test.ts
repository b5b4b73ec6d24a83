import { TRPCError } from "@trpc/server";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { LiveEvent } from "@/lib/live";
import { listProcedures } from "@/server/api/router";
import { toWire } from "@/server/api/trpc";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let mei: Actor;
let tom: Actor;
let id: string;
let botId: string;
/** Mei's tab. */
let tab: string;

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  await store.database.presence.deleteMany();
  test = await startDesk(store.url);
  mei = await test.operator("moderator", null, "Mei");
  tom = await test.operator("moderator", null, "Tom");
  ({ requestId: id, botId } = await makeBot(store.database));
  tab = uuid();
  return () => test.stop();
});

/** A tab's stream, standing once this answers. */
async function open(actor: Actor, at = tab): Promise<AsyncIterator<LiveEvent, void>> {
  const stream = (await test.as(actor).live({ tab: at }))[Symbol.asyncIterator]();
  expect((await stream.next()).value).toEqual({ type: "resync" });
  return stream;
}

/** The tab is closed, and that is written down. */
async function close(stream: AsyncIterator<LiveEvent, void>): Promise<void> {
  await stream.return?.();
  await test.desk.presences.settled();
}

/** Moves what is written about a tab back in time, by the database's clock. */
const age = (seconds: number, at = tab) => store.database.$executeRaw`
  UPDATE "Presence" SET "seenAt" = "seenAt" - make_interval(secs => ${seconds}),
    "leftAt" = "leftAt" - make_interval(secs => ${seconds}) WHERE "tab" = ${at}::uuid`;

const row = () => store.database.presence.findUnique({ where: { tab } });
const holder = async () => (await store.database.claim.findUnique({ where: { requestId: id } }))?.operatorName ?? null;
const here = async (actor: Actor) => (await test.as(actor).presence.list()).here;

async function code(call: Promise<unknown>) {
  try {
    await call;
    return null;
  } catch (cause) {
    if (!(cause instanceof TRPCError)) throw cause;
    return toWire(cause).code;
  }
}

describe("a tab", () => {
  it("is at the desk while its stream stands, and others see what it looks at", async () => {
    const stream = await open(mei);
    expect(await here(tom)).toMatchObject([{ operatorId: mei.id, name: "Mei", isSelf: false, requestId: null }]);
    await test.as(mei).presence.look({ tab, requestId: id });
    expect(await here(tom)).toMatchObject([{ name: "Mei", requestId: id, requestIds: [id] }]);
    expect(await here(mei)).toMatchObject([{ isSelf: true }]);
    await close(stream);
  });

  it("tells the others when it comes, when it looks elsewhere and when it is gone", async () => {
    const others = await open(tom, uuid());
    // Their own coming is told to them, too.
    const heard = async () => {
      for (;;) {
        const { value } = await others.next();
        if (value?.type === "fact" && value.fact.id === tab) return value;
      }
    };
    const fact = { type: "fact", fact: { topic: "presence", id: tab, botId: null, version: 1 } };
    const stream = await open(mei);
    expect(await heard()).toEqual(fact);
    await test.as(mei).presence.look({ tab, requestId: id });
    expect(await heard()).toEqual(fact);
    // The same again is no news; the next is.
    await test.as(mei).presence.look({ tab, requestId: id });
    await test.as(mei).presence.look({ tab, requestId: null });
    expect(await heard()).toEqual(fact);
    await close(stream);
    await age(11);
    await test.desk.presences.tick();
    expect(await heard()).toEqual(fact);
    expect(await here(tom)).toMatchObject([{ name: "Tom" }]);
    await close(others);
  });

  it("of an operator with two is one row, which knows what both look at", async () => {
    const second = uuid();
    const streams = [await open(mei), await open(mei, second)];
    const other = await makeBot(store.database);
    await test.as(mei).presence.look({ tab, requestId: id });
    await test.as(mei).presence.look({ tab: second, requestId: other.requestId });
    const [mine, ...rest] = await here(tom);
    expect(rest).toEqual([]);
    expect(mine?.requestIds.sort()).toEqual([id, other.requestId].sort());
    for (const stream of streams) await close(stream);
  });

  it("looks at nothing for those who may not see it", async () => {
    const stream = await open(mei);
    await test.as(mei).presence.look({ tab, requestId: id });
    const elsewhere = await makeBot(store.database);
    expect(await here(await test.operator("moderator", elsewhere.botId))).toMatchObject([
      { name: "Mei", requestId: null, requestIds: [] },
    ]);
    expect(await here(await test.operator("moderator", botId))).toMatchObject([{ requestId: id }]);
    await close(stream);
  });

  it("without a name of its own is given one", async () => {
    const stream = (await test.as(mei).live())[Symbol.asyncIterator]();
    await stream.next();
    expect(await here(tom)).toMatchObject([{ name: "Mei" }]);
    await close(stream);
  });
});

describe("a lease", () => {
  it("is renewed by looking on with its token, and nobody's record grows by it", async () => {
    const { token, expiresAt } = await test.as(mei).requests.claim({ id, tab });
    await store.database.$executeRaw`UPDATE "Claim" SET "expiresAt" = "expiresAt" - interval '4 minutes'`;
    const events = await store.database.auditEvent.count();
    const renewed = await test.as(mei).presence.look({ tab, requestId: id, token });
    expect(renewed.isLost).toBe(false);
    expect(renewed.expiresAt?.getTime()).toBeGreaterThanOrEqual(expiresAt.getTime());
    expect(await store.database.auditEvent.count()).toBe(events);
  });

  it("that a colleague took over is lost, and looking on does not renew theirs", async () => {
    const { token } = await test.as(mei).requests.claim({ id, tab });
    const { expiresAt } = await test.as(tom).requests.claim({ id, tab: uuid(), reason: "urgent" });
    expect(await test.as(mei).presence.look({ tab, requestId: id, token })).toEqual({ expiresAt: null, isLost: true });
    const row = await store.database.claim.findUniqueOrThrow({ where: { requestId: id } });
    expect(row).toMatchObject({ operatorName: "Tom", expiresAt });
  });

  it("whose time is over is lost and cannot be renewed", async () => {
    const { token } = await test.as(mei).requests.claim({ id, tab });
    await store.database.$executeRaw`UPDATE "Claim" SET "expiresAt" = clock_timestamp() - interval '1 ms'`;
    expect(await test.as(mei).presence.look({ tab, requestId: id, token })).toEqual({ expiresAt: null, isLost: true });
  });

  it.each([["another request"], ["nothing"]])("is given back when its tab looks at %s", async (what) => {
    await test.as(mei).requests.claim({ id, tab });
    const { requestId } = what === "nothing" ? { requestId: null } : await makeBot(store.database);
    await test.as(mei).presence.look({ tab, requestId });
    expect(await holder()).toBeNull();
  });

  it("stays when another tab of the same operator looks elsewhere", async () => {
    await test.as(mei).requests.claim({ id, tab });
    await test.as(mei).presence.look({ tab: uuid(), requestId: null });
    expect(await holder()).toBe("Mei");
  });

  it("is kept by a reload, which is back within seconds", async () => {
    const stream = await open(mei);
    await test.as(mei).requests.claim({ id, tab });
    await close(stream);
    await age(9);
    await test.desk.presences.tick();
    expect(await holder()).toBe("Mei");
    const again = await open(mei);
    expect((await row())?.leftAt).toBeNull();
    await age(11);
    await test.desk.presences.tick();
    expect(await holder()).toBe("Mei");
    await close(again);
  });

  it("is given back when its tab is closed and does not come back, and the screens hear of it", async () => {
    const stream = await open(mei);
    const { token } = await test.as(mei).requests.claim({ id, tab });
    await close(stream);
    await age(11);
    const given = until(test.desk, async () => ((await holder()) === null ? true : undefined));
    await test.desk.presences.tick();
    await given;
    expect(await row()).toBeNull();
    // Late: the tab thaws and decides with what it had.
    const decide = { id, version: 1, verb: "approve", token } as const;
    expect(await code(test.as(mei).requests.decide(decide))).toBe("claim_lost");
  });

  it("survives a stream that the server ends only after the tab has opened a new one", async () => {
    const old = await open(mei);
    await test.as(mei).requests.claim({ id, tab });
    const fresh = await open(mei);
    await close(old);
    expect((await row())?.leftAt).toBeNull();
    await close(fresh);
    expect((await row())?.leftAt).not.toBeNull();
  });

  it("survives it also when the old stream was another server's", async () => {
    const other = await startDesk(store.url);
    const old = (await other.as(mei).live({ tab }))[Symbol.asyncIterator]();
    await old.next();
    const fresh = await open(mei);
    await test.as(mei).requests.claim({ id, tab });
    await other.stop();
    expect((await row())?.leftAt).not.toBeNull();
    await test.desk.presences.tick();
    expect((await row())?.leftAt).toBeNull();
    expect(await holder()).toBe("Mei");
    await old.return?.();
    await close(fresh);
  });

  it("of a server that was killed ends a minute later, by whichever server is left", async () => {
    const gone = { tab, operatorId: mei.id ?? "", requestId: id };
    await store.database.presence.create({ data: gone });
    await test.as(mei).requests.claim({ id, tab });
    await age(59);
    await test.desk.presences.tick();
    expect(await holder()).toBe("Mei");
    await age(2);
    await test.desk.presences.tick();
    expect(await holder()).toBeNull();
    expect(await row()).toBeNull();
  });

  it("that ran out is swept, and the screens hear of it", async () => {
    await test.as(mei).requests.claim({ id, tab });
    await store.database.$executeRaw`UPDATE "Claim" SET "expiresAt" = clock_timestamp() - interval '1 ms'`;
    const ended = until(test.desk, async () => ((await holder()) === null ? true : undefined));
    await test.desk.presences.tick();
    await ended;
  });

  it("of who may no longer decide there is not renewed", async () => {
    const { token } = await test.as(mei).requests.claim({ id, tab });
    const demoted = { ...mei, grants: (await test.operator("auditor")).grants };
    expect(await test.as(demoted).presence.look({ tab, requestId: id, token })).toMatchObject({ isLost: true });
    expect(await holder()).toBeNull();
  });

  it("ends when somebody else signs in at the same tab", async () => {
    const stream = await open(mei);
    await test.as(mei).requests.claim({ id, tab });
    await close(stream);
    const next = await open(tom);
    await test.desk.presences.tick();
    expect(await holder()).toBeNull();
    expect(await here(mei)).toMatchObject([{ name: "Tom", requestId: null }]);
    await close(next);
  });
});

describe("a tab's name", () => {
  it("gives a colleague no power over it", async () => {
    const stream = await open(mei);
    await test.as(mei).requests.claim({ id, tab });
    await test.as(mei).presence.look({ tab, requestId: id });
    const thief = await open(tom);
    await test.as(tom).presence.look({ tab, requestId: null });
    await close(thief);
    expect(await row()).toMatchObject({ operatorId: mei.id, requestId: id, leftAt: null });
    expect(await holder()).toBe("Mei");
    await close(stream);
  });

  it("is told to its own operator alone", async () => {
    await test.as(mei).requests.claim({ id, tab });
    const seen = async (actor: Actor) => (await test.as(actor).requests.get({ id })).holder;
    expect(await seen(mei)).toMatchObject({ name: "Mei", isMine: true, tab });
    expect(await seen(tom)).toMatchObject({ name: "Mei", isMine: false, tab: null });
  });
});

describe("a pulse", () => {
  it("is one procedure, and it is named here", () => {
    const pulses = listProcedures().filter(({ meta }) => meta?.isPulse === true);
    expect(pulses.map(({ path }) => path)).toEqual(["presence.look"]);
  });

  it("about a request out of sight is refused, and the refusal stands in the record", async () => {
    const elsewhere = await makeBot(store.database);
    const actor = await test.operator("moderator", elsewhere.botId);
    expect(await code(test.as(actor).presence.look({ tab, requestId: id }))).toBe("not_found");
    const refusal = { action: "presence.look", actorId: actor.id, outcome: { is: { outcome: "DENIED" } } };
    expect(await store.database.auditEvent.count({ where: refusal })).toBe(1);
    expect(await code(test.as(null).presence.look({ tab, requestId: null }))).toBe("signed_out");
    expect(await row()).toBeNull();
  });
});
