import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Recorder } from "@/server/audit/record";
import { dummyHash, hashPassword, isOutdated, type Verify, verifyPassword } from "@/server/auth/password";
import { readSession } from "@/server/auth/session";
import { type SignInInput, signIn } from "@/server/auth/sign-in";
import { signOut } from "@/server/auth/sign-out";
import { type Config, readConfig } from "@/server/config";
import type { Bus } from "@/server/db/bus";
import { createLogger } from "@/server/log";
import { AuthClient, startAuthServer } from "@/test/auth-server";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { addOperator, goodPassword } from "@/test/people";

const log = createLogger("silent");
const meta = { address: "192.0.2.1", userAgent: "Example/1.0" };
const nobody = "nobody@example.test";

let store: TestDatabase;
let recorder: Recorder;
beforeAll(async () => {
  store = await createTestDatabase();
  recorder = new Recorder(store.database, log);
});
afterAll(() => store.drop());
beforeEach(async () => {
  await store.database.throttle.deleteMany();
});

function enter(input: Partial<SignInInput>, verify: Verify = verifyPassword) {
  return signIn(
    { database: store.database, recorder, verify },
    { email: nobody, password: goodPassword, ...meta, ...input },
  );
}

/** Counts verifications and against what they ran. */
function countingVerify() {
  const hashes: string[] = [];
  const verify: Verify = (hash, password) => {
    hashes.push(hash);
    return verifyPassword(hash, password);
  };
  return { hashes, verify };
}

function lastEvent(target: string | null) {
  return store.database.auditEvent.findFirstOrThrow({
    where: { target, action: "auth.signIn" },
    orderBy: { id: "desc" },
    include: { outcome: true },
  });
}

describe("signing in", () => {
  test("opens a session for 14 days and is on the record with the operator, role, session and address", async () => {
    const operator = await addOperator(store.database, "moderator");
    const { operatorId, sessionId } = await enter({ email: operator.email });
    expect(operatorId).toBe(operator.id);
    const session = await store.database.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(14 * 86_400_000);
    expect(session).toMatchObject({ operatorId, ...meta, revokedAt: null });
    expect(await lastEvent(operator.email)).toMatchObject({
      actorKind: "operator",
      actorId: operator.id,
      role: "moderator",
      sessionId,
      ...meta,
      outcome: { outcome: "OK", error: null },
    });
  });

  test("takes the mail address in any case and with blanks around it", async () => {
    const operator = await addOperator(store.database);
    expect(await enter({ email: `  ${operator.email.toUpperCase()} ` })).toMatchObject({ operatorId: operator.id });
  });

  test("with a wrong password is refused and on the record as a visitor's attempt, without the password", async () => {
    const operator = await addOperator(store.database, "owner");
    await expect(enter({ email: operator.email, password: "wrong-otter-fern-9" })).rejects.toMatchObject({
      code: "bad_credentials",
    });
    const event = await lastEvent(operator.email);
    expect(event).toMatchObject({
      actorKind: "visitor",
      actorId: null,
      role: null,
      ...meta,
      outcome: { outcome: "DENIED", error: "bad_credentials" },
    });
    expect(JSON.stringify(event)).not.toContain("wrong-otter");
    expect(await store.database.session.count({ where: { operatorId: operator.id } })).toBe(0);
  });

  test("a password typed into the mail field does not end in the record", async () => {
    await expect(enter({ email: "my-otter-fern-7301" })).rejects.toMatchObject({ code: "bad_credentials" });
    expect(await store.database.auditEvent.count({ where: { target: { contains: "otter" } } })).toBe(0);
  });

  test("costs one verification of equal work whether the account exists, is disabled or was never there", async () => {
    const operator = await addOperator(store.database);
    const disabled = await addOperator(store.database);
    await store.database.operator.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    for (const email of [operator.email, disabled.email, nobody, "no mail address"]) {
      const { hashes, verify } = countingVerify();
      const password = email === disabled.email ? goodPassword : "wrong-otter-fern-9";
      const error = await enter({ email, password }, verify).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "bad_credentials", detail: {} });
      expect(hashes).toHaveLength(1);
      // The head of a PHC hash is its algorithm and parameters.
      expect(hashes[0]?.split("$").slice(0, 4)).toEqual(dummyHash.split("$").slice(0, 4));
    }
  });

  test("too often is recorded, but not without end: nobody fills the record by knocking", async () => {
    await expect(enter({ email: nobody })).rejects.toMatchObject({ code: "bad_credentials" });
    await store.database.$executeRaw`update "Throttle" set "blockedUntil" = now() + interval '10 minutes'`;
    const kept = async () => (await store.database.auditEvent.count()) + (await store.database.auditRepeat.count());
    const before = await kept();
    for (let count = 0; count < 100; count += 1)
      await expect(enter({ email: nobody })).rejects.toMatchObject({ code: "throttled" });
    const recorded = (await kept()) - before;
    expect(recorded).toBeGreaterThan(0);
    expect(recorded).toBeLessThan(50);
    await store.database.throttle.deleteMany();
  });

  test("too often does no password work and answers the same whether or not the account exists", async () => {
    const operator = await addOperator(store.database);
    for (const [email, address] of [
      [operator.email, "198.51.100.1"],
      // From elsewhere: the same refusal of the same stranger would only be counted.
      [nobody, "198.51.100.2"],
    ] as const) {
      for (let count = 0; count < 5; count += 1) {
        await expect(enter({ email, address, password: "wrong-otter-fern-9" })).rejects.toMatchObject({
          code: "bad_credentials",
        });
      }
      await store.database.$executeRaw`update "Throttle" set "blockedUntil" = now() + interval '10 minutes'`;
      const { hashes, verify } = countingVerify();
      const error = await enter({ email, address, password: goodPassword }, verify).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "throttled" });
      expect(Object.keys((error as { detail: object }).detail)).toEqual(["seconds"]); // The shape was just matched.
      expect(hashes).toEqual([]);
      expect(await lastEvent(email)).toMatchObject({
        actorKind: "visitor",
        outcome: { outcome: "DENIED", error: "throttled" },
      });
      await store.database.throttle.deleteMany();
    }
  });

  test("with the right password starts the count of failures anew", async () => {
    const operator = await addOperator(store.database);
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 4; count += 1) {
        await expect(enter({ email: operator.email, password: "wrong" })).rejects.toMatchObject({
          code: "bad_credentials",
        });
      }
      await enter({ email: operator.email });
    }
  });

  test("many times at once with wrong passwords verifies no more of them than there are free tries", async () => {
    const operator = await addOperator(store.database);
    const { hashes, verify } = countingVerify();
    const wrong: Verify = async (hash, password) => {
      await store.database
        .$executeRaw`update "Throttle" set "blockedUntil" = now() + interval '1 hour' where "failures" >= 5`;
      return verify(hash, password);
    };
    await Promise.allSettled(
      Array.from({ length: 40 }, () => enter({ email: operator.email, password: "wrong" }, wrong)),
    );
    expect(hashes.length).toBeLessThanOrEqual(6);
  });

  test("does not outlive a password that was changed while it was being verified", async () => {
    const operator = await addOperator(store.database);
    const late: Verify = async (hash, password) => {
      const isRight = await verifyPassword(hash, password);
      const passwordHash = await hashPassword("9942-heron-slate-kiln");
      await store.database.operator.update({ where: { id: operator.id }, data: { passwordHash } });
      return isRight;
    };
    await expect(enter({ email: operator.email }, late)).rejects.toMatchObject({ code: "bad_credentials" });
    expect(await store.database.session.count({ where: { operatorId: operator.id } })).toBe(0);
    expect(await lastEvent(operator.email)).toMatchObject({ outcome: { outcome: "DENIED", error: "bad_credentials" } });
  });

  test("does not outlive the operator being disabled while it was being verified", async () => {
    const operator = await addOperator(store.database);
    const late: Verify = async (hash, password) => {
      const isRight = await verifyPassword(hash, password);
      await store.database.operator.update({ where: { id: operator.id }, data: { disabledAt: new Date() } });
      return isRight;
    };
    await expect(enter({ email: operator.email }, late)).rejects.toMatchObject({ code: "bad_credentials" });
    expect(await store.database.session.count({ where: { operatorId: operator.id } })).toBe(0);
  });

  test("renews a hash made with weaker parameters, and the password stays the same", async () => {
    const { hash } = await import("@node-rs/argon2");
    const operator = await addOperator(store.database);
    const weak = await hash(goodPassword, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await store.database.operator.update({ where: { id: operator.id }, data: { passwordHash: weak } });
    await enter({ email: operator.email });
    const { passwordHash } = await store.database.operator.findUniqueOrThrow({ where: { id: operator.id } });
    expect(isOutdated(passwordHash)).toBe(false);
    await enter({ email: operator.email });
  });

  test("is refused, right password or wrong, when it cannot be put on the record", async () => {
    const operator = await addOperator(store.database);
    const broken = await createTestDatabase();
    const brokenRecorder = new Recorder(broken.database, log);
    await broken.drop();
    for (const password of [goodPassword, "wrong"]) {
      const attempt = signIn(
        { database: store.database, recorder: brokenRecorder },
        { email: operator.email, password, ...meta },
      );
      await expect(attempt).rejects.toMatchObject({ code: "not_recorded" });
    }
    expect(await store.database.session.count({ where: { operatorId: operator.id } })).toBe(0);
  });
});

describe("signing out", () => {
  test("a session that is over already leaves no second line in the record", async () => {
    const operator = await addOperator(store.database);
    const { sessionId } = await enter({ email: operator.email });
    for (let count = 0; count < 2; count += 1) await signOut({ database: store.database, recorder, log }, sessionId);
    expect(await store.database.auditEvent.count({ where: { sessionId, action: "auth.signOut" } })).toBe(1);
  });

  test("goes through even when it cannot be put on the record: nobody is kept signed in", async () => {
    const operator = await addOperator(store.database);
    const { sessionId } = await enter({ email: operator.email });
    const broken = await createTestDatabase();
    const brokenRecorder = new Recorder(broken.database, log);
    await broken.drop();
    await signOut({ database: store.database, recorder: brokenRecorder, log }, sessionId);
    const session = await store.database.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session.revokedAt).not.toBeNull();
  });
});

describe("the sign-in endpoint", () => {
  const bus: Bus = {
    publish: async () => undefined,
    subscribe: () => () => undefined,
    position: () => "",
    since: () => null,
    isAlive: () => true,
    instance: 1,
    close: async () => undefined,
  };
  const secret = "an example secret of 32 characters or more";

  async function withServer(
    publicUrl: string | null,
    run: (url: string, config: Config) => Promise<void>,
  ): Promise<void> {
    const config = readConfig({
      NODE_ENV: "test",
      GATEHOUSE_SECRET: secret,
      ...(publicUrl === null ? {} : { PUBLIC_URL: publicUrl }),
    });
    const server = await startAuthServer({ database: store.database, config, log, bus });
    try {
      process.env.NEXTAUTH_URL = publicUrl ?? server.url;
      await run(server.url, config);
    } finally {
      delete process.env.NEXTAUTH_URL;
      await server.stop();
    }
  }

  test("signs in, is recognised on each call, and signs out for good", async () => {
    await withServer(null, async (url, config) => {
      const operator = await addOperator(store.database, "auditor");
      const client = new AuthClient(url);
      expect(await client.signIn(operator.email, goodPassword)).toBeNull();
      const { cookieHeader } = client;
      const actor = await readSession(store.database, config, cookieHeader, meta);
      expect(actor).toMatchObject({ kind: "operator", id: operator.id, role: "auditor", ...meta });
      expect(await client.session()).toEqual({ expires: expect.any(String) });

      await client.signOut();
      // The copy somebody kept is as dead as the browser's own.
      expect(await readSession(store.database, config, cookieHeader, meta)).toBeNull();
      expect(client.cookieHeader).not.toContain("session-token");
      const events = await store.database.auditEvent.findMany({
        where: { actorId: operator.id },
        orderBy: { id: "asc" },
        include: { outcome: true },
      });
      expect(events.map((event) => [event.action, event.outcome?.outcome, event.sessionId])).toEqual([
        ["auth.signIn", "OK", actor?.sessionId],
        ["auth.signOut", "OK", actor?.sessionId],
      ]);
    });
  });

  test("tells the browser nothing but a closed code", async () => {
    await withServer(null, async (url) => {
      const client = new AuthClient(url);
      expect(await client.signIn(nobody, "wrong")).toBe("bad_credentials");
      await store.database.$executeRaw`update "Throttle" set "blockedUntil" = now() + interval '90 seconds'`;
      expect(await client.signIn(nobody, "wrong")).toMatch(/^throttled:\d+$/);
    });
  });

  test("answers hostile form values with a refusal and not with an accident", async () => {
    await withServer(null, async (url) => {
      for (const email of ["", "\u0000@example.test", `${"a".repeat(100_000)}@example.test`, "'; drop table x; --"]) {
        expect(await new AuthClient(url).signIn(email, "\u0000")).toBe("bad_credentials");
      }
    });
  });

  test("drops the cookie of a session that was revoked", async () => {
    await withServer(null, async (url) => {
      const operator = await addOperator(store.database);
      const client = new AuthClient(url);
      await client.signIn(operator.email, goodPassword);
      await store.database.session.updateMany({ where: { operatorId: operator.id }, data: { revokedAt: new Date() } });
      expect(await client.session()).toEqual({});
      expect(client.cookieHeader).not.toContain("session-token");
    });
  });

  test("sets cookies no script reads and no other site sends, over https only where the desk is https", async () => {
    for (const [publicUrl, name] of [
      [null, "next-auth.session-token"],
      ["https://desk.example.test", "__Secure-next-auth.session-token"],
    ] as const) {
      await withServer(publicUrl, async (url, config) => {
        const operator = await addOperator(store.database);
        const client = new AuthClient(url);
        await client.signIn(operator.email, goodPassword);
        const attributes = client.attributes.get(name)?.split("; ") ?? [];
        expect(attributes).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Lax", "Path=/"]));
        expect(attributes.includes("Secure")).toBe(publicUrl !== null);
        expect(await readSession(store.database, config, client.cookieHeader, meta)).toMatchObject({ id: operator.id });
      });
    }
  });

  test("puts nothing into the token but two ids", async () => {
    await withServer(null, async (url, config) => {
      const { decode } = await import("next-auth/jwt");
      const operator = await addOperator(store.database, "owner");
      const client = new AuthClient(url);
      await client.signIn(operator.email, goodPassword);
      const token = /next-auth\.session-token=([^;]+)/.exec(client.cookieHeader)?.[1] ?? "";
      const payload = await decode({ token, secret: config.secret });
      expect(Object.keys(payload ?? {}).sort()).toEqual(["exp", "iat", "jti", "sid", "sub"]);
    });
  });
});
