import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyPassword } from "@/server/auth/password";
import { ensureBuiltInRoles } from "@/server/auth/role";
import { createFirstOwner, prepareSetup, readSetupStatus } from "@/server/desk/setup";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { addOperator, goodPassword, visitor } from "@/test/people";

// Set-up happens once in the life of a database, so each test has one of its own.
let store: TestDatabase;
beforeEach(async () => {
  store = await createTestDatabase();
  await ensureBuiltInRoles(store.database);
});
afterEach(() => store.drop());

const person = { name: "Lin", email: "lin@example.test", password: goodPassword };

async function prepare(): Promise<string> {
  const token = await prepareSetup(store.database);
  if (token === null) throw new Error("set-up is closed");
  return token;
}

describe("the first start", () => {
  test("prints a token of which only the hash is stored", async () => {
    const token = await prepare();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await store.database.setting.findMany())).not.toContain(token);
    expect(await readSetupStatus(store.database)).toEqual({ isSetUp: false });
  });

  test("makes the first owner, who can sign in, and closes for ever", async () => {
    const token = await prepare();
    const { operatorId, email } = await createFirstOwner(store.database, visitor, { ...person, token });
    expect(email).toBe("lin@example.test");
    const owner = await store.database.operator.findUniqueOrThrow({
      where: { id: operatorId },
      include: { grants: true },
    });
    expect(owner.grants).toMatchObject([{ roleId: "owner", botId: null }]);
    expect(await verifyPassword(owner.passwordHash, goodPassword)).toBe(true);
    expect(await readSetupStatus(store.database)).toEqual({ isSetUp: true });
    expect(await prepareSetup(store.database)).toBeNull();
    await expect(createFirstOwner(store.database, visitor, { ...person, token })).rejects.toMatchObject({
      code: "setup_done",
    });
  });

  test("stays closed even if every operator were removed by hand", async () => {
    await createFirstOwner(store.database, visitor, { ...person, token: await prepare() });
    await store.database.operator.deleteMany();
    expect(await readSetupStatus(store.database)).toEqual({ isSetUp: true });
    expect(await prepareSetup(store.database)).toBeNull();
  });

  test("is closed where operators exist, whatever became of the settings", async () => {
    await addOperator(store.database, "owner");
    expect(await readSetupStatus(store.database)).toEqual({ isSetUp: true });
    expect(await prepareSetup(store.database)).toBeNull();
  });
});

test("the owner's address is kept in the spelling that sign-in looks for, and a hostile name is refused", async () => {
  const token = await prepare();
  await expect(
    createFirstOwner(store.database, visitor, { ...person, name: "Lin\u202e", token }),
  ).rejects.toMatchObject({ code: "invalid_input", detail: { field: "name" } });
  const { email } = await createFirstOwner(store.database, visitor, { ...person, email: " LIN@Example.test", token });
  expect(email).toBe("lin@example.test");
});

describe("the set-up token", () => {
  test("of an earlier start no longer counts", async () => {
    const old = await prepare();
    const token = await prepare();
    await expect(createFirstOwner(store.database, visitor, { ...person, token: old })).rejects.toMatchObject({
      code: "setup_token",
    });
    await createFirstOwner(store.database, visitor, { ...person, token: ` ${token}\n` });
  });

  test("is needed before anything else is answered: a wrong one is not told that the password is weak", async () => {
    await prepare();
    await expect(
      createFirstOwner(store.database, visitor, { ...person, password: "short", token: "guess" }),
    ).rejects.toMatchObject({ code: "setup_token" });
  });

  test("does not open a desk that never printed one", async () => {
    for (const token of ["", "undefined", "null"]) {
      await expect(createFirstOwner(store.database, visitor, { ...person, token })).rejects.toMatchObject({
        code: "setup_token",
      });
    }
  });

  test("guessed too often makes that address wait, and no other", async () => {
    const token = await prepare();
    for (let count = 0; count < 5; count += 1) {
      await expect(createFirstOwner(store.database, visitor, { ...person, token: "guess" })).rejects.toMatchObject({
        code: "setup_token",
      });
    }
    await store.database.$executeRaw`update "Throttle" set "blockedUntil" = now() + interval '10 minutes'`;
    await expect(createFirstOwner(store.database, visitor, { ...person, token })).rejects.toMatchObject({
      code: "throttled",
      detail: { seconds: expect.any(Number) },
    });
    await createFirstOwner(store.database, { ...visitor, address: "198.51.100.7" }, { ...person, token });
  });

  test("survives a weak password, so that the form can be corrected", async () => {
    const token = await prepare();
    await expect(
      createFirstOwner(store.database, visitor, { ...person, password: "password1234", token }),
    ).rejects.toMatchObject({ code: "weak_password", detail: { fault: "common" } });
    await createFirstOwner(store.database, visitor, { ...person, token });
  });
});

test("five set-ups at the same moment make one owner", async () => {
  const token = await prepare();
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, (_, index) =>
      createFirstOwner(store.database, visitor, { ...person, email: `owner${index}@example.test`, token }),
    ),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "setup_done" });
  }
  expect(await store.database.operator.count()).toBe(1);
});
