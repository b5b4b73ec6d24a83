import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Fact, LiveEvent } from "@/lib/live";
import { builtInRoles } from "@/lib/permissions";
import { live } from "@/server/api/live";
import { type Bus, lockSpace, openBus } from "@/server/db/bus";
import { maximumStreams } from "@/server/desk/place";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";

let store: TestDatabase;
let bus: Bus;

beforeAll(async () => {
  store = await createTestDatabase();
  bus = await openBus(store.url, createLogger("silent"));
});
afterAll(async () => {
  await bus.close();
  await store.drop();
});

const [mine, other] = [uuid(), uuid()];

function moderator(botId: string | null): Actor {
  const grants = [{ roleId: "moderator", botId, permissions: builtInRoles.moderator }];
  return {
    kind: "operator",
    id: uuid(),
    name: "Mei",
    role: "moderator",
    sessionId: uuid(),
    address: null,
    userAgent: null,
    grants,
  };
}

const request = (botId: string): Fact => ({ topic: "request", id: uuid(), botId, version: 2 });

async function next(stream: AsyncGenerator<LiveEvent, void>) {
  const { value } = await stream.next();
  return value;
}

/** Facts reach the subscribers of this bus in their order: a marker that has come means that all before it have. */
async function settled(): Promise<void> {
  const marker = uuid();
  await new Promise<void>((resolve) => {
    const unsubscribe = bus.subscribe((fact) => {
      if (fact.id !== marker) return;
      unsubscribe();
      resolve();
    });
    void bus.publish({ topic: "decision", id: marker, botId: mine, version: 1 });
  });
}

describe("the live stream", () => {
  it("begins with resync once the subscription stands, so that nothing between is missed", async () => {
    const abort = new AbortController();
    const stream = live(bus, moderator(null), async () => null, abort.signal);
    expect(await next(stream)).toEqual({ type: "resync" });
    const fact = request(mine);
    await bus.publish(fact);
    expect(await next(stream)).toEqual({ type: "fact", fact });
    abort.abort();
    expect((await stream.next()).done).toBe(true);
  });

  it("tells a moderator of one bot nothing of another", async () => {
    const abort = new AbortController();
    const stream = live(bus, moderator(mine), async () => null, abort.signal);
    await next(stream);
    await bus.publish(request(other));
    await bus.publish({ topic: "audit", id: uuid(), botId: mine, version: 1 });
    const fact = request(mine);
    await bus.publish(fact);
    expect(await next(stream)).toEqual({ type: "fact", fact });
    abort.abort();
    await stream.return();
  });

  it("ends as soon as its session is revoked", async () => {
    const actor = moderator(null);
    const stream = live(bus, actor, async () => null, new AbortController().signal);
    await next(stream);
    await bus.publish({ topic: "session", id: actor.sessionId ?? "", botId: null, version: 1 });
    expect((await stream.next()).done).toBe(true);
  });

  it("asks to read everything again when the operator's grants change, and follows the new ones", async () => {
    const actor = moderator(null);
    const abort = new AbortController();
    const stream = live(bus, actor, async () => ({ ...actor, grants: moderator(mine).grants }), abort.signal);
    await next(stream);
    await bus.publish({ topic: "operator", id: actor.id ?? "", botId: null, version: 1 });
    expect(await next(stream)).toEqual({ type: "resync" });
    await bus.publish(request(other));
    const fact = request(mine);
    await bus.publish(fact);
    expect(await next(stream)).toEqual({ type: "fact", fact });
    abort.abort();
    await stream.return();
  });

  it("gives out nothing that was already waiting once its session is revoked", async () => {
    const actor = moderator(null);
    const stream = live(bus, actor, async () => null, new AbortController().signal);
    await next(stream);
    for (let count = 0; count < 5; count += 1) await bus.publish(request(mine));
    // Asked for while all five wait; the session ends while the first of them is with the browser.
    await settled();
    await next(stream);
    await bus.publish({ topic: "session", id: actor.sessionId ?? "", botId: null, version: 1 });
    await settled();
    expect((await stream.next()).done).toBe(true);
  });

  it("asks whether its session still stands after facts may have been missed", async () => {
    let missed: (() => void) | undefined;
    const gappy: Pick<Bus, "subscribe" | "since"> = {
      since: () => null,
      subscribe: (_listener, onGap) => {
        missed = onGap;
        return () => undefined;
      },
    };
    const stream = live(gappy, moderator(null), async () => null, new AbortController().signal);
    await next(stream);
    missed?.();
    expect((await stream.next()).done).toBe(true);
  });
});

describe("a stream that is told since when", () => {
  const open = (actor: Actor, since: string) =>
    live(bus, actor, async () => actor, new AbortController().signal, undefined, since);
  const facts = async (stream: AsyncGenerator<LiveEvent, void>, count: number) => {
    const found: unknown[] = [];
    while (found.length < count) found.push(await next(stream));
    await stream.return();
    return found;
  };

  it("begins with what came between, in its order, and goes on without a gap", async () => {
    await bus.publish(request(mine));
    await settled();
    const since = bus.position();
    const [between, foreign, after] = [request(mine), request(other), request(mine)];
    for (const fact of [between, foreign]) await bus.publish(fact);
    await settled();
    const stream = open(moderator(mine), since);
    const first = await next(stream);
    await bus.publish(after);
    expect([first, ...(await facts(stream, 1))]).toEqual([
      { type: "fact", fact: between },
      { type: "fact", fact: after },
    ]);
  });

  it("begins with resync where the operator’s own account or session was among it", async () => {
    const actor = moderator(null);
    for (const fact of [
      { topic: "operator", id: actor.id ?? "", botId: null, version: 1 },
      { topic: "session", id: actor.sessionId ?? "", botId: null, version: 1 },
    ] as const) {
      const since = bus.position();
      await bus.publish(fact);
      await settled();
      expect(await facts(open(actor, since), 1)).toEqual([{ type: "resync" }]);
    }
  });

  it("begins with resync for what is of another instance, of the future, too long ago or no position", async () => {
    const other = await openBus(store.url, createLogger("silent"));
    const foreign = other.position();
    await other.close();
    const [span = "", told = ""] = bus.position().split(".");
    const long = bus.position();
    for (let count = 0; count < 2_000; count += 1) await bus.publish(request(mine));
    await settled();
    for (const since of [foreign, `${span}.${Number(told) + 9_000}`, long, `${span}.-1`, span, "x", ""])
      expect(await facts(open(moderator(null), since), 1)).toEqual([{ type: "resync" }]);
  });

  it("begins with resync after facts may have been missed", async () => {
    const lone = await openBus(store.url, createLogger("silent"));
    try {
      const since = lone.position();
      const gap = new Promise<void>((resolve) => {
        lone.subscribe(
          () => undefined,
          () => resolve(),
        );
      });
      await store.database.$executeRaw`
        select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and classid = ${lockSpace}::oid and objid = ${lone.instance}::bigint::oid`;
      await gap;
      expect(lone.since(since)).toBeNull();
      expect(lone.since(lone.position())).toEqual([]);
    } finally {
      await lone.close();
    }
  });
});

describe("the streams of one operator", () => {
  let test: TestDesk;
  beforeAll(async () => {
    test = await startDesk(store.url);
  });
  afterAll(() => test.stop());

  it("are so many and no more: with one too many the oldest ends, and nobody else's", async () => {
    const [mei, tom] = [await test.operator("moderator"), await test.operator("moderator")];
    const open = async (actor: Actor) => {
      const stream = (await test.as(actor).live())[Symbol.asyncIterator]();
      expect((await stream.next()).value).toEqual({ type: "resync" });
      return stream;
    };
    const other = await open(tom);
    const streams: Awaited<ReturnType<typeof open>>[] = [];
    for (let count = 0; count < maximumStreams; count += 1) streams.push(await open(mei));
    const [oldest, second, third, ...rest] = streams;
    const last = await open(mei);
    // What had come to it before it ended may still be read; that it ends is what is waited for.
    while ((await oldest?.next())?.done === false);
    await second?.return?.();
    // The place that was given back is free: nobody has to leave.
    const another = await open(mei);
    await test.desk.bus.publish(request(mine));
    for (const stream of [third, other, last, another]) expect((await stream?.next())?.done).toBe(false);
    for (const stream of [third, ...rest, other, last, another]) await stream?.return?.();
  });
});
