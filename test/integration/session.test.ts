import { encode } from "next-auth/jwt";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Actor, botsWith, can } from "@/lib/actor";
import { rememberTokens } from "@/server/auth/cookie";
import { type Verify, verifyPassword } from "@/server/auth/password";
import { ensureBuiltInRoles } from "@/server/auth/role";
import { readSession } from "@/server/auth/session";
import { readConfig } from "@/server/config";
import { changePassword, listSessions, revokeOtherSessions, revokeSession, setLocale } from "@/server/desk/session";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { addBot, addOperator, addSession, goodPassword } from "@/test/people";

const secret = "an example secret of 32 characters or more";
const config = readConfig({ NODE_ENV: "test", GATEHOUSE_SECRET: secret });
const meta = { address: "203.0.113.9", userAgent: "Example/1.0" };
const newPassword = "9942-heron-slate-kiln";

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  await store.database.throttle.deleteMany();
});

async function cookieOf(sub: string, sid: string, key = secret, maxAge = 3_600): Promise<string> {
  return `theme=dark; next-auth.session-token=${await encode({ token: { sub, sid }, secret: key, maxAge })}; x=1`;
}

async function read(sub: string, sid: string): Promise<Actor | null> {
  return await readSession(store.database, config, await cookieOf(sub, sid), meta);
}

describe("a call with a session's cookie", () => {
  test("is made by its operator, with address and agent of this call and grants of this moment", async () => {
    const operator = await addOperator(store.database, "moderator");
    const session = await addSession(store.database, operator.id);
    const actor = await read(operator.id, session);
    expect(actor).toMatchObject({ kind: "operator", id: operator.id, role: "moderator", sessionId: session, ...meta });
    await store.database.grant.deleteMany({ where: { operatorId: operator.id } });
    await store.database.grant.create({ data: { operatorId: operator.id, roleId: "auditor" } });
    const later = await read(operator.id, session);
    expect(later?.role).toBe("auditor");
    expect(later && can(later, "requests.decide", null)).toBe(false);
  });

  test("is nobody's once the session is revoked, ran out, or the operator is disabled", async () => {
    const operator = await addOperator(store.database, "owner");
    const [revoked, expired, good] = await Promise.all([1, 2, 3].map(() => addSession(store.database, operator.id)));
    if (!revoked || !expired || !good) return expect.unreachable();
    await store.database.session.update({ where: { id: revoked }, data: { revokedAt: new Date() } });
    await store.database.session.update({ where: { id: expired }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await read(operator.id, revoked)).toBeNull();
    expect(await read(operator.id, expired)).toBeNull();
    expect(await read(operator.id, good)).not.toBeNull();
    await store.database.operator.update({ where: { id: operator.id }, data: { disabledAt: new Date() } });
    expect(await read(operator.id, good)).toBeNull();
  });

  test("is nobody's with a forged, foreign, outdated or mangled token, or none", async () => {
    const operator = await addOperator(store.database, "owner");
    const other = await addOperator(store.database, "auditor");
    const session = await addSession(store.database, operator.id);
    const good = await cookieOf(operator.id, session);
    const ask = (cookie: string | undefined) => readSession(store.database, config, cookie, meta);
    expect(await ask(good)).not.toBeNull();
    expect(await ask(await cookieOf(operator.id, session, "another secret of 32 characters or so"))).toBeNull();
    expect(await ask(await cookieOf(other.id, session))).toBeNull();
    expect(await ask(await cookieOf(operator.id, uuid()))).toBeNull();
    expect(await ask(await cookieOf(operator.id, "not an id"))).toBeNull();
    expect(await ask(await cookieOf(operator.id, session, secret, -60))).toBeNull();
    expect(await ask(good.replace("session-token=e", "session-token=f"))).toBeNull();
    for (const cookie of [undefined, "", "=", ";;", "next-auth.session-token", "next-auth.session-token="]) {
      expect(await ask(cookie)).toBeNull();
    }
  });

  test("is its own operator's among many calls at the same moment, good and bad", async () => {
    const people = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        const operator = await addOperator(store.database, ...(at % 4 === 0 ? [] : ["moderator", "auditor"]));
        const session = await addSession(store.database, operator.id);
        if (at % 5 === 1)
          await store.database.session.update({ where: { id: session }, data: { revokedAt: new Date() } });
        return { at, operator, session };
      }),
    );
    // Everyone twice, and each with the session of their neighbour.
    const asked = people.flatMap((person) => [person, person]);
    const actors = await Promise.all(asked.map(({ operator, session }) => read(operator.id, session)));
    for (const [index, { at, operator, session }] of asked.entries()) {
      const actor = actors[index];
      if (at % 5 === 1) expect(actor).toBeNull();
      else expect(actor).toMatchObject({ id: operator.id, sessionId: session });
      if (actor) expect(actor.grants).toEqual((await operator.actor()).grants);
    }
    const crossed = people.map(({ operator }, at) =>
      read(operator.id, people[(at + 1) % people.length]?.session ?? ""),
    );
    expect((await Promise.all(crossed)).every((actor) => actor === null)).toBe(true);
  });

  test("is nobody's as soon as the session is revoked, though its token was opened before", async () => {
    const operator = await addOperator(store.database, "owner");
    const session = await addSession(store.database, operator.id);
    const cookie = await cookieOf(operator.id, session);
    const open = rememberTokens();
    const ask = () => readSession(store.database, config, cookie, meta, open);
    expect(await ask()).not.toBeNull();
    await store.database.session.update({ where: { id: session }, data: { revokedAt: new Date() } });
    expect(await ask()).toBeNull();
  });

  test("is nobody's once the token ran out, though it was opened while it was good", async () => {
    const operator = await addOperator(store.database, "owner");
    const cookie = await cookieOf(operator.id, await addSession(store.database, operator.id));
    const open = rememberTokens();
    expect(await readSession(store.database, config, cookie, meta, open)).not.toBeNull();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_601_000 });
    try {
      expect(await readSession(store.database, config, cookie, meta, open)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test("moves its last-seen time at most once a minute", async () => {
    const operator = await addOperator(store.database);
    const id = await addSession(store.database, operator.id);
    const seen = async () => (await store.database.session.findUniqueOrThrow({ where: { id } })).lastSeenAt;
    const first = await seen();
    await read(operator.id, id);
    expect(await seen()).toEqual(first);
    const old = new Date(Date.now() - 61_000);
    await store.database.session.update({ where: { id }, data: { lastSeenAt: old } });
    await read(operator.id, id);
    expect((await seen()).getTime()).toBeGreaterThan(old.getTime());
  });

  test("of a role that names a permission the code does not know gets nothing from that name", async () => {
    await store.database.role.create({ data: { id: "old", permissions: ["requests.view", "time.travel"] } });
    const operator = await addOperator(store.database, "old");
    const actor = await read(operator.id, await addSession(store.database, operator.id));
    expect(actor?.role).toBe("old");
    expect(actor?.grants.flatMap((grant) => grant.permissions)).toEqual(["requests.view", "account.self"]);
  });

  test("of an operator on one bot reaches that bot, the own account, and nothing of the desk", async () => {
    const [mine, other] = [await addBot(store.database), await addBot(store.database)];
    const operator = await addOperator(store.database, { roleId: "auditor", botId: mine });
    const actor = await read(operator.id, await addSession(store.database, operator.id));
    if (actor === null) return expect.unreachable();
    expect(botsWith(actor, "requests.view")).toEqual([mine]);
    expect(can(actor, "audit.view", other)).toBe(false);
    expect(can(actor, "operators.view", mine)).toBe(false);
    expect(can(actor, "account.self", null)).toBe(true);
  });
});

test("built-in roles are written at each start, over whatever somebody made of them", async () => {
  await Promise.all([ensureBuiltInRoles(store.database), ensureBuiltInRoles(store.database)]);
  await store.database.role.update({ where: { id: "auditor" }, data: { permissions: ["owners.manage"] } });
  await ensureBuiltInRoles(store.database);
  const role = await store.database.role.findUniqueOrThrow({ where: { id: "auditor" } });
  expect(role.permissions).not.toContain("owners.manage");
  expect(role.isBuiltIn).toBe(true);
});

describe("own sessions", () => {
  test("are listed without those of others and without ended ones, and the current one is marked", async () => {
    const operator = await addOperator(store.database);
    await addSession(store.database, (await addOperator(store.database)).id);
    const [current, other, ended] = await Promise.all([1, 2, 3].map(() => addSession(store.database, operator.id)));
    if (!current || !other || !ended) return expect.unreachable();
    const actor = await operator.actor(current);
    await revokeSession(store.database, actor, ended);
    const rows = await listSessions(store.database, actor);
    expect(rows.map((row) => [row.id, row.isCurrent]).sort()).toEqual(
      [
        [current, true],
        [other, false],
      ].sort(),
    );
  });

  test("can be ended, and are dead at the next call", async () => {
    const operator = await addOperator(store.database);
    const id = await addSession(store.database, operator.id);
    await revokeSession(store.database, await operator.actor(), id);
    expect(await read(operator.id, id)).toBeNull();
    await expect(revokeSession(store.database, await operator.actor(), id)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of somebody else cannot be ended, and look as if they were not there", async () => {
    const [one, other] = [await addOperator(store.database, "owner"), await addOperator(store.database)];
    const id = await addSession(store.database, other.id);
    await expect(revokeSession(store.database, await one.actor(), id)).rejects.toMatchObject({ code: "not_found" });
    expect(await read(other.id, id)).not.toBeNull();
  });

  test("all others end at once while the current one stays", async () => {
    const operator = await addOperator(store.database);
    const [current, ...others] = await Promise.all([1, 2, 3].map(() => addSession(store.database, operator.id)));
    if (!current) return expect.unreachable();
    expect(await revokeOtherSessions(store.database, await operator.actor(current))).toEqual({ count: 2 });
    expect(await read(operator.id, current)).not.toBeNull();
    for (const other of others) expect(await read(operator.id, other)).toBeNull();
  });
});

describe("changing the password", () => {
  test("ends all other sessions, keeps this one, and the new one is what counts", async () => {
    const operator = await addOperator(store.database);
    const [current, other] = await Promise.all([1, 2].map(() => addSession(store.database, operator.id)));
    if (!current || !other) return expect.unreachable();
    const actor = await operator.actor(current);
    expect(await changePassword(store.database, actor, { current: goodPassword, next: newPassword })).toEqual({
      count: 1,
    });
    expect(await read(operator.id, current)).not.toBeNull();
    expect(await read(operator.id, other)).toBeNull();
    const { passwordHash } = await store.database.operator.findUniqueOrThrow({ where: { id: operator.id } });
    expect(await verifyPassword(passwordHash, newPassword)).toBe(true);
    expect(await verifyPassword(passwordHash, goodPassword)).toBe(false);
  });

  test("needs the current one, and guessing it is slowed down without any further work", async () => {
    const operator = await addOperator(store.database);
    const actor = await operator.actor();
    for (let count = 0; count < 5; count += 1) {
      await expect(
        changePassword(store.database, actor, { current: "wrong", next: newPassword }),
      ).rejects.toMatchObject({ code: "bad_credentials" });
    }
    await store.database.$executeRaw`update "Throttle" set "blockedUntil" = now() + interval '10 minutes'`;
    let checked = 0;
    const verify: Verify = async () => {
      checked += 1;
      return true;
    };
    await expect(
      changePassword(store.database, actor, { current: goodPassword, next: newPassword }, verify),
    ).rejects.toMatchObject({ code: "throttled", detail: { seconds: expect.any(Number) } });
    expect(checked).toBe(0);
  });

  test("refuses a weak one, the old one again, and one made of the own name", async () => {
    const operator = await addOperator(store.database);
    const actor = await operator.actor();
    const personal = `${operator.email.split("@")[0]}`;
    for (const [next, fault] of [
      ["password1234", "common"],
      ["short", "too_short"],
      [goodPassword, "unchanged"],
      [personal, "personal"],
    ]) {
      await expect(
        changePassword(store.database, actor, { current: goodPassword, next: next ?? "" }),
      ).rejects.toMatchObject({ code: "weak_password", detail: { fault } });
    }
  });

  test("twice at the same moment succeeds once", async () => {
    const operator = await addOperator(store.database);
    const actor = await operator.actor();
    // Both must have seen the old hash before either goes on.
    let arrived = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const verify: Verify = async () => {
      arrived += 1;
      if (arrived === 2) open();
      await both;
      return true;
    };
    const results = await Promise.allSettled(
      [newPassword, "5510-marsh-tulip-oven"].map((next) =>
        changePassword(store.database, actor, { current: goodPassword, next }, verify),
      ),
    );
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });
});

test("the chosen language is kept, and null follows the browser again", async () => {
  const operator = await addOperator(store.database);
  for (const locale of ["zh-CN", null] as const) {
    await setLocale(store.database, await operator.actor(), locale);
    expect((await store.database.operator.findUniqueOrThrow({ where: { id: operator.id } })).locale).toBe(locale);
  }
});
