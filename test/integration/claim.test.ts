import { TRPCError } from "@trpc/server";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { ErrorCode, ErrorDetail } from "@/lib/errors";
import { toWire } from "@/server/api/trpc";
import { hashToken } from "@/server/auth/token";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let mei: Actor;
let tom: Actor;
/** A waiting request of a bot that reaches nothing; what is decided stays held for undo. */
let id: string;
let botId: string;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  await store.database.setting.update({ where: { key: "desk.undoSeconds" }, data: { value: 60 } });
  mei = await test.operator("moderator", null, "Mei");
  tom = await test.operator("moderator", null, "Tom");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  ({ requestId: id, botId } = await makeBot(store.database));
});

const claim = (actor: Actor, tab = uuid(), reason?: string) => test.as(actor).requests.claim({ id, tab, reason });
const decide = (actor: Actor, lease: { token?: string; tab?: string } = {}) =>
  test.as(actor).requests.decide({ id, version: 1, verb: "approve", ...lease });

async function refusal(call: Promise<unknown>): Promise<{ code: ErrorCode; detail: ErrorDetail }> {
  try {
    await call;
  } catch (cause) {
    if (!(cause instanceof TRPCError)) throw cause;
    return toWire(cause);
  }
  throw new Error("It was not refused.");
}

/** The lease's time is over: its row is moved into the past, by the database's clock. */
const expire = () => store.database.$executeRaw`
  UPDATE "Claim" SET "expiresAt" = clock_timestamp() - interval '1 ms' WHERE "requestId" = ${id}::uuid`;

const decisions = () => store.database.decision.count({ where: { requestId: id } });
const holder = async () => (await store.database.claim.findUnique({ where: { requestId: id } }))?.operatorName ?? null;

describe("a claim", () => {
  it("gives a token of which only the hash is kept, and five minutes by the database's clock", async () => {
    const { token, expiresAt } = await claim(mei);
    const row = await store.database.claim.findUniqueOrThrow({ where: { requestId: id } });
    expect(row.tokenHash).toBe(hashToken(token));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.expiresAt).toEqual(expiresAt);
    expect(expiresAt.getTime() - row.takenAt.getTime()).toBe(300_000);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
  });

  it("asked for by ten at once is given to one, and the others hear who has it", async () => {
    const actors = await Promise.all(Array.from({ length: 10 }, () => test.operator("moderator")));
    const results = await Promise.all(
      actors.map(async (actor) => {
        try {
          await claim(actor);
          return null;
        } catch (cause) {
          if (cause instanceof TRPCError) return toWire(cause);
          throw cause;
        }
      }),
    );
    const winners = actors.filter((_, at) => results[at] === null);
    expect(winners).toHaveLength(1);
    const losers = results.filter((result) => result !== null);
    for (const loser of losers) expect(loser).toMatchObject({ code: "claimed", detail: { by: winners[0]?.name } });
    expect(await holder()).toBe(winners[0]?.name);
  });

  it("of a colleague is refused without a reason, and says until when they have it", async () => {
    const { expiresAt } = await claim(tom);
    expect(await refusal(claim(mei))).toMatchObject({
      code: "claimed",
      detail: { by: "Tom", until: expiresAt.toISOString(), found: "taken" },
    });
    expect(await holder()).toBe("Tom");
  });

  it("is taken over with a reason, which stands in the record with who held it", async () => {
    await claim(tom);
    await claim(mei, uuid(), "Tom 已下班");
    expect(await holder()).toBe("Mei");
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "requests.claim", requestId: id, actorId: mei.id },
      include: { outcome: true },
    });
    expect(event.input).toMatchObject({ reason: "Tom 已下班" });
    expect(event.outcome).toMatchObject({ outcome: "OK", before: { holder: "Tom" }, after: { holder: "Mei" } });
  });

  it("needs no reason once the time of the one before is over", async () => {
    await claim(tom);
    await expire();
    await claim(mei);
    expect(await holder()).toBe("Mei");
  });

  it("of one's own other tab needs no reason, and makes that tab late", async () => {
    const before = await claim(mei);
    const now = await claim(mei);
    expect(await refusal(decide(mei, before))).toMatchObject({ code: "claim_lost", detail: { found: "own" } });
    expect(await decisions()).toBe(0);
    await decide(mei, now);
    expect(await decisions()).toBe(1);
  });

  it("on what is decided already is refused and names who decided", async () => {
    await decide(tom);
    expect(await refusal(claim(mei))).toMatchObject({ code: "conflict", detail: { by: "Tom" } });
    expect(await holder()).toBeNull();
  });

  it("is for who may decide there", async () => {
    const elsewhere = await makeBot(store.database);
    expect(await refusal(claim(await test.operator("moderator", elsewhere.botId)))).toMatchObject({
      code: "not_found",
    });
    expect(await refusal(claim(await test.operator("auditor")))).toMatchObject({ code: "forbidden" });
    expect(await holder()).toBeNull();
  });

  it("is told to the screens when it is taken and when it is given back", async () => {
    const heard: unknown[] = [];
    const marker = uuid();
    const all = new Promise<void>((resolve) => {
      const unsubscribe = test.desk.bus.subscribe((fact) => {
        if (fact.topic === "request" && fact.id === id) heard.push(fact);
        if (fact.id !== marker) return;
        unsubscribe();
        resolve();
      });
    });
    const { token } = await claim(mei);
    await test.as(mei).requests.release({ id, token });
    await test.desk.bus.publish({ topic: "decision", id: marker, botId, version: 1 });
    await all;
    const fact = { topic: "request", id, botId, version: 1 };
    expect(heard).toEqual([fact, fact]);
  });
});

describe("a late holder", () => {
  it("is refused after a takeover: told who has it, and nothing is decided", async () => {
    const late = await claim(tom);
    await claim(mei, uuid(), "urgent");
    expect(await refusal(decide(tom, late))).toMatchObject({
      code: "claim_lost",
      detail: { by: "Mei", found: "taken", at: expect.any(String) },
    });
    expect(await decisions()).toBe(0);
    expect(await holder()).toBe("Mei");
  });

  it("is refused after the time is over, though nobody else has it", async () => {
    const late = await claim(tom);
    await expire();
    expect(await refusal(decide(tom, late))).toMatchObject({ code: "claim_lost", detail: { by: null, found: "none" } });
    expect(await decisions()).toBe(0);
  });

  it("is refused after giving it back", async () => {
    const late = await claim(tom);
    expect(await test.as(tom).requests.release({ id, token: late.token })).toEqual({ isReleased: true });
    expect(await refusal(decide(tom, late))).toMatchObject({ code: "claim_lost" });
    expect(await decisions()).toBe(0);
  });

  it("hears of the decision rather than of the lease when the new holder has decided", async () => {
    const late = await claim(tom);
    await decide(mei, await claim(mei, uuid(), "urgent"));
    expect(await refusal(decide(tom, late))).toMatchObject({ code: "conflict", detail: { by: "Mei" } });
    expect(await decisions()).toBe(1);
  });

  it("gives nothing back of who took over", async () => {
    const late = await claim(tom);
    await claim(mei, uuid(), "urgent");
    expect(await test.as(tom).requests.release({ id, token: late.token })).toEqual({ isReleased: false });
    expect(await holder()).toBe("Mei");
  });

  it("cannot use a colleague's token", async () => {
    const { token } = await claim(tom);
    expect(await refusal(decide(mei, { token }))).toMatchObject({ code: "claim_lost", detail: { by: "Tom" } });
    expect(await decisions()).toBe(0);
  });
});

describe("a decision", () => {
  it("with the living token is taken, and the lease ends with it", async () => {
    await decide(mei, await claim(mei));
    expect(await decisions()).toBe(1);
    expect(await holder()).toBeNull();
  });

  it("without a claim takes one: nobody else holds it", async () => {
    await decide(mei);
    expect(await decisions()).toBe(1);
    expect(await holder()).toBeNull();
  });

  it("without a claim while a colleague holds it is refused", async () => {
    await claim(tom);
    expect(await refusal(decide(mei))).toMatchObject({ code: "claimed", detail: { by: "Tom" } });
    expect(await decisions()).toBe(0);
    expect(await holder()).toBe("Tom");
  });

  it("without the token is the holding tab's, and not another tab's of the same operator", async () => {
    const tab = uuid();
    await claim(mei, tab);
    expect(await refusal(decide(mei, { tab: uuid() }))).toMatchObject({ code: "claimed", detail: { found: "own" } });
    expect(await refusal(decide(mei))).toMatchObject({ code: "claimed" });
    expect(await decisions()).toBe(0);
    await decide(mei, { tab });
    expect(await decisions()).toBe(1);
  });

  it("that a rule refuses leaves the lease where it was", async () => {
    const lease = await claim(mei);
    await store.database.request.update({ where: { id }, data: { answers: { approve: false, deny: true } } });
    expect(await refusal(decide(mei, lease))).toMatchObject({ code: "not_offered" });
    expect(await holder()).toBe("Mei");
  });

  it("at the same moment as a colleague's claim has one winner", async () => {
    for (let round = 0; round < 10; round += 1) {
      ({ requestId: id, botId } = await makeBot(store.database));
      const [taken, decided] = await Promise.allSettled([claim(mei), decide(tom)]);
      // The claim first: the decision found it held. The decision first: there was nothing left to claim.
      expect([taken.status, decided.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect(await decisions()).toBe(decided.status === "fulfilled" ? 1 : 0);
      expect(await holder()).toBe(taken.status === "fulfilled" ? "Mei" : null);
    }
  });

  it("of the holder at the same moment as a takeover is either taken or refused, never both", async () => {
    for (let round = 0; round < 10; round += 1) {
      ({ requestId: id, botId } = await makeBot(store.database));
      const lease = await claim(tom);
      const [taken, decided] = await Promise.allSettled([claim(mei, uuid(), "urgent"), decide(tom, lease)]);
      expect([taken.status, decided.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect(await decisions()).toBe(decided.status === "fulfilled" ? 1 : 0);
      expect(await holder()).toBe(taken.status === "fulfilled" ? "Mei" : null);
    }
  });

  it("leaves no token in the record", async () => {
    const lease = await claim(mei);
    await decide(mei, lease);
    const kept = JSON.stringify(await store.database.auditEvent.findMany({ include: { outcome: true } }));
    expect(kept).not.toContain(lease.token);
  });
});
