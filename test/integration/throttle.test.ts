import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forgive, signInKeys, type ThrottleKey, takeAttempt } from "@/server/auth/throttle";
import { createTestDatabase, type TestDatabase } from "@/test/database";

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  await store.database.throttle.deleteMany();
});

const key: ThrottleKey = { key: "pair:example", free: 5, cap: 900, leak: 900 };

async function fail(times: number, keys: readonly ThrottleKey[] = [key]): Promise<number[]> {
  const waits: number[] = [];
  for (let count = 0; count < times; count += 1) waits.push(await takeAttempt(store.database, keys));
  return waits;
}

/** The seconds that the last counted failure costs, as written: however slow this machine, they do not shrink. */
async function cost(name = key.key): Promise<number> {
  const row = await store.database.throttle.findUniqueOrThrow({ where: { key: name } });
  return Math.max(0, row.blockedUntil.getTime() - row.updatedAt.getTime()) / 1_000;
}

/** As if this many failures had just been made, and the wait after the last one were over. */
async function preset(name: string, failures: number): Promise<void> {
  await store.database.$executeRaw`
    insert into "Throttle" values (${name}, ${failures}, to_timestamp(0), now())
    on conflict ("key") do update set "failures" = excluded."failures", "blockedUntil" = to_timestamp(0), "updatedAt" = now()`;
}

/** Lets time pass for all rows, instead of waiting for it. */
async function pass(seconds: number): Promise<void> {
  await store.database.$executeRaw`
    update "Throttle" set "blockedUntil" = "blockedUntil" - ${seconds}::int * interval '1 second',
                          "updatedAt" = "updatedAt" - ${seconds}::int * interval '1 second'`;
}

describe("failures under one key", () => {
  test("cost nothing at first, then a wait that doubles up to the cap", async () => {
    const costs: number[] = [];
    for (let failures = 0; failures < 17; failures += 1) {
      await preset(key.key, failures);
      expect(await takeAttempt(store.database, [key])).toBe(0);
      costs.push(await cost());
    }
    expect(costs).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  test("never overflow, however many they are", async () => {
    await preset(key.key, 1_000_000_000);
    expect(await takeAttempt(store.database, [key])).toBe(0);
    expect(await cost()).toBe(900);
  });

  test("say when to try again, and do not grow while one is made to wait", async () => {
    await preset(key.key, 20);
    const [first, ...rest] = await fail(30);
    expect(first).toBe(0);
    for (const wait of rest) expect(wait).toBeGreaterThan(0);
    for (const wait of rest) expect(wait).toBeLessThanOrEqual(900);
    expect((await store.database.throttle.findUniqueOrThrow({ where: { key: key.key } })).failures).toBe(21);
  });

  test("are forgotten with time, one by one", async () => {
    await preset(key.key, 4);
    await pass(3 * 900);
    expect(await takeAttempt(store.database, [key])).toBe(0);
    expect((await store.database.throttle.findUniqueOrThrow({ where: { key: key.key } })).failures).toBe(2);
  });

  test("are all counted when they come at the same moment, the first ones too", async () => {
    const wide = { ...key, free: 1_000 };
    await Promise.all(Array.from({ length: 100 }, () => takeAttempt(store.database, [wide])));
    expect((await store.database.throttle.findUniqueOrThrow({ where: { key: key.key } })).failures).toBe(100);
  });

  test("a hundred guesses at the same moment are one guess where one is left", async () => {
    await preset(key.key, 20);
    const waits = await Promise.all(Array.from({ length: 100 }, () => takeAttempt(store.database, [key])));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
  });

  test("under two keys at once do not deadlock when attempts share both", async () => {
    const keys = [
      { ...key, key: "pair:a", free: 1_000 },
      { ...key, key: "address:a", free: 1_000 },
    ];
    const waits = await Promise.all(Array.from({ length: 50 }, () => takeAttempt(store.database, keys)));
    expect(waits).toEqual(waits.map(() => 0));
  });
});

describe("keys of a sign-in", () => {
  const email = "night.watch@example.test";

  const keysOf = (account: string, address: string, isKnown = false) => signInKeys(account, address, isKnown);
  const isOpen = async (keys: readonly ThrottleKey[]) => (await takeAttempt(store.database, keys)) === 0;

  test("a stranger who hammers an account shuts out himself, not its owner elsewhere", async () => {
    const [pair] = keysOf(email, "198.51.100.7");
    await preset(pair?.key ?? "", 20);
    expect(await isOpen(keysOf(email, "198.51.100.7"))).toBe(true);
    expect(await isOpen(keysOf(email, "198.51.100.7"))).toBe(false);
    expect(await isOpen(keysOf(email, "192.0.2.1"))).toBe(true);
  });

  test("one address that tries many accounts is slowed, others are not", async () => {
    for (let count = 0; count < 20; count += 1) {
      expect(await isOpen(keysOf(`${count}@example.test`, "198.51.100.7"))).toBe(true);
      expect(await cost("address:198.51.100.7")).toBe(count < 19 ? 0 : 1);
    }
    await preset("address:198.51.100.7", 30);
    expect(await isOpen(keysOf("last@example.test", "198.51.100.7"))).toBe(true);
    expect(await isOpen(keysOf("new@example.test", "198.51.100.7"))).toBe(false);
    expect(await isOpen(keysOf("new@example.test", "192.0.2.1"))).toBe(true);
  });

  test("an account tried from many addresses is slowed for strangers and open to where its owner signs in", async () => {
    const account = keysOf(email, "198.51.100.7")[2]?.key ?? "";
    await preset(account, 1_000);
    expect(await isOpen(keysOf(email, "198.51.100.7"))).toBe(true);
    expect(await cost(account)).toBe(30);
    expect(await isOpen(keysOf(email, "203.0.113.9"))).toBe(false);
    expect(await isOpen(keysOf(email, "192.0.2.1", true))).toBe(true);
  });

  test("an attempt that one key refuses is not counted under the others", async () => {
    const [pair, address] = keysOf(email, "198.51.100.7", true);
    await preset(address?.key ?? "", 30);
    expect(await isOpen(keysOf("other@example.test", "198.51.100.7", true))).toBe(true);
    expect(await isOpen(keysOf(email, "198.51.100.7", true))).toBe(false);
    expect(await store.database.throttle.findUnique({ where: { key: pair?.key ?? "" } })).toBeNull();
  });

  test("all addresses of one IPv6 household count as one, and an embedded IPv4 address as itself", () => {
    const names = (address: string) => signInKeys(email, address, true).map(({ key }) => key);
    expect(names("2001:db8:1:2::1")).toEqual(names("2001:db8:1:2:ffff:1:2:3"));
    expect(names("2001:db8:1:2::1")).not.toEqual(names("2001:db8:1:3::1"));
    expect(names("::ffff:192.0.2.1")).toEqual(names("192.0.2.1"));
  });

  test("do not hold the mail address, which may be nobody's here", () => {
    expect(JSON.stringify(signInKeys(email, "192.0.2.1", false))).not.toContain("night.watch");
  });

  test("two spellings of one address are one account", () => {
    expect(signInKeys(" Night.Watch@Example.test", "192.0.2.1", false)).toEqual(signInKeys(email, "192.0.2.1", false));
  });
});

describe("a success", () => {
  const [own, address] = signInKeys("night.watch@example.test", "192.0.2.1", true);

  test("starts the account anew and gives the address only its own attempt back", async () => {
    if (own === undefined || address === undefined) return expect.unreachable();
    await fail(4, [own, address]);
    await forgive(store.database, [own, address]);
    expect(await store.database.throttle.findUnique({ where: { key: own.key } })).toBeNull();
    expect((await store.database.throttle.findUniqueOrThrow({ where: { key: address.key } })).failures).toBe(3);
  });

  test("sweeps out what nobody tried for days and leaves the rest", async () => {
    if (own === undefined || address === undefined) return expect.unreachable();
    await fail(1, [{ ...own, key: "address:old" }]);
    await pass(3 * 86_400);
    await fail(1, [{ ...own, key: "address:recent" }]);
    await forgive(store.database, [own, address]);
    expect((await store.database.throttle.findMany()).map((row) => row.key)).toEqual(["address:recent"]);
  });
});
