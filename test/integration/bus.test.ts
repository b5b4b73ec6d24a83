import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fact } from "@/lib/live";
import { type Bus, lockSpace, openBus, publishIn } from "@/server/db/bus";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "@/test/database";

const log = createLogger("silent");
let test: TestDatabase;
let one: Bus;
let two: Bus;

beforeAll(async () => {
  test = await createTestDatabase();
  one = await openBus(test.url, log);
  two = await openBus(test.url, log);
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await test.drop();
});

function fact(id: string): Fact {
  return { topic: "request", id, botId: "bot", version: 1 };
}

/** Resolves with all that `bus` hears up to and including the fact `last`. */
function heard(bus: Bus, last: string): Promise<string[]> {
  return new Promise((resolve) => {
    const ids: string[] = [];
    const stop = bus.subscribe(({ id }) => {
      ids.push(id);
      if (id !== last) return;
      stop();
      resolve(ids);
    });
  });
}

/** Ends the connection on which `bus` listens, as a restart of the server would. */
async function cut(bus: Bus): Promise<void> {
  const client = new Client({ connectionString: test.url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2",
    [lockSpace, bus.instance],
  );
  await client.end();
}

it("a fact reaches every instance, the one that published it included", async () => {
  const both = Promise.all([heard(one, "a"), heard(two, "a")]);
  await one.publish(fact("a"));
  expect(await both).toEqual([["a"], ["a"]]);
});

it("a fact published in a transaction goes out on commit, and never when it is rolled back", async () => {
  const ids = heard(two, "after");
  await expect(
    test.database.$transaction(async (tx) => {
      await publishIn(tx, fact("rolled back"));
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await test.database.$transaction((tx) => publishIn(tx, fact("committed")));
  await one.publish(fact("after"));
  expect(await ids).toEqual(["committed", "after"]);
});

it("what is no fact is dropped and hurts nobody", async () => {
  const ids = heard(one, "sound");
  await test.database.$executeRaw`select pg_notify('gatehouse', 'nonsense')`;
  await test.database
    .$executeRaw`select pg_notify('gatehouse', '{"topic":"weather","id":"x","botId":null,"version":1}')`;
  await two.publish(fact("sound"));
  expect(await ids).toEqual(["sound"]);
});

it("a listener that throws does not keep the fact from the next one", async () => {
  const stop = one.subscribe(() => {
    throw new Error("listener");
  });
  const ids = heard(one, "on");
  await one.publish(fact("on"));
  expect(await ids).toEqual(["on"]);
  stop();
});

it("a lost connection comes back, tells the gap, and a fact published meanwhile still goes out", async () => {
  const gap = new Promise<void>((resolve) => {
    one.subscribe(
      () => undefined,
      () => resolve(),
    );
  });
  await cut(one);
  await gap;
  expect(one.isAlive()).toBe(true);
  const ids = heard(two, "again");
  await one.publish(fact("again"));
  expect(await ids).toEqual(["again"]);
});

it("an instance holds its number as a lock for as long as it lives, across a reconnect too", async () => {
  const client = new Client({ connectionString: test.url });
  await client.connect();
  const isFree = async (instance: number) => {
    const answer = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1, $2) as free", [
      lockSpace,
      instance,
    ]);
    return answer.rows[0]?.free;
  };
  const third = await openBus(test.url, log);
  expect(await isFree(third.instance)).toBe(false);
  const gap = new Promise<void>((resolve) => {
    third.subscribe(
      () => undefined,
      () => resolve(),
    );
  });
  await cut(third);
  await gap;
  expect(await isFree(third.instance)).toBe(false);
  await third.close();
  // The server ends the session on its own time; asking for the lock and waiting is waiting for that.
  await client.query("select pg_advisory_lock($1, $2)", [lockSpace, third.instance]);
  await client.end();
});

it("a closed bus refuses to publish", async () => {
  const third = await openBus(test.url, log);
  await third.close();
  await expect(third.publish(fact("late"))).rejects.toThrow("closed");
  expect(third.isAlive()).toBe(false);
});
