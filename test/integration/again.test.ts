import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { RequestState } from "@/lib/request";
import { judge } from "@/server/desk/settle";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let tom: Actor;
let nextPerson = 600_000;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  mei = await test.operator("moderator", null, "Mei");
  tom = await test.operator("moderator", null, "Tom");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  napcat = await start();
  napcat.world.addGroup({ groupId: "880300", groupName: "群" });
  botId = await test.connect(napcat);
});
afterEach(async () => {
  const row = await store.database.bot.findUnique({ where: { id: botId } });
  if (row) await test.as(await test.operator("owner")).bots.remove({ id: botId, name: row.name });
  await napcat.close();
});

function stranger() {
  nextPerson += 1;
  return { userId: String(nextPerson), nickname: "访客" };
}

/** Waits until this person's `nth` request (0 the first) is in one of `states`. */
function seen(applicantId: string, nth: number, ...states: RequestState[]) {
  return until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "all", text: applicantId });
    const row = items.toReversed()[nth];
    return row && states.includes(row.state) ? row : undefined;
  });
}

async function decide(actor: Actor, row: { id: string; version: number }, verb: "approve" | "deny" | "ignore") {
  return await test.as(actor).requests.decide({ id: row.id, version: row.version, verb });
}

describe("somebody who asks again", () => {
  it("after a denial and is let in does not turn the denial into a failure", async () => {
    const person = stranger();
    const denied = napcat.inbox.arriveFriend({ ...person, second: 1_700_000_001 });
    await decide(mei, await seen(person.userId, 0, "waiting"), "deny");
    await seen(person.userId, 0, "sent");
    napcat.inbox.arriveFriend({ ...person, second: 1_700_000_002 });
    await decide(tom, await seen(person.userId, 1, "waiting"), "approve");
    await seen(person.userId, 1, "confirmed");
    expect(denied.state).toBe("denied");
    const first = await seen(person.userId, 0, "sent");
    const looked = await test.as(mei).requests.check({ id: first.id });
    expect(looked).toMatchObject({ state: "sent", decision: { by: "Mei", verb: "deny" } });
  });

  it("is let in against a denial when no other request explains it", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    napcat.faults.okWithoutActing("set_friend_add_request");
    await decide(mei, await seen(person.userId, 0, "waiting"), "deny");
    await seen(person.userId, 0, "sent");
    napcat.world.becomeFriends(person);
    expect((await seen(person.userId, 0, "failed")).decision?.error).toBe("decided_otherwise");
  });

  it("and again is a request of its own each time, however often it is repeated after it was decided", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    await decide(mei, await seen(person.userId, 0, "waiting"), "approve");
    await seen(person.userId, 0, "confirmed");
    const asked = napcat.events.find((event) => event.post_type === "request");
    if (asked) napcat.emit(asked);
    const after = stranger();
    napcat.inbox.arriveFriend(after);
    await seen(after.userId, 0, "waiting");
    expect(await store.database.request.count({ where: { applicantId: person.userId } })).toBe(1);
    await seen(person.userId, 0, "confirmed");
  });
});

describe("a conflict", () => {
  it("is none when only the desk itself has moved the request since", async () => {
    const person = stranger();
    napcat.inbox.arriveJoin({ ...person, groupId: "880300" });
    napcat.faults.failNext("set_group_add_request", "验证已过期");
    const waiting = await seen(person.userId, 0, "waiting");
    await decide(mei, waiting, "approve");
    const failed = await seen(person.userId, 0, "failed");
    // Tom's screen stands a step behind: he has seen Mei's decision, not yet how it went.
    await decide(tom, { id: failed.id, version: failed.version - 1 }, "approve");
    expect((await seen(person.userId, 0, "confirmed")).decision?.by).toBe("Tom");
    await expect(decide(tom, waiting, "deny")).rejects.toMatchObject({ cause: { code: "conflict" } });
  });

  it("names the one who decided what the other had not seen", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const waiting = await seen(person.userId, 0, "waiting");
    await decide(mei, waiting, "ignore");
    await expect(decide(tom, waiting, "approve")).rejects.toMatchObject({
      cause: { code: "conflict", detail: { by: "Mei", verb: "ignore" } },
    });
  });
});

describe("a bot that changes under its decisions", () => {
  it("edited while they wait: they go out over the new connection", async () => {
    const person = stranger();
    napcat.inbox.arriveJoin({ ...person, groupId: "880300" });
    const other = stranger();
    napcat.inbox.arriveJoin({ ...other, groupId: "880300" });
    const rows = [await seen(person.userId, 0, "waiting"), await seen(other.userId, 0, "waiting")];
    const held = napcat.faults.hold("set_group_add_request", "after");
    for (const row of rows) await decide(mei, row, "approve");
    await held.call;
    const owner = await test.operator("owner");
    const connection = { transport: "forward", wsUrl: napcat.wsUrl };
    await test.as(owner).bots.update({ id: botId, name: "renamed", connection });
    held.release();
    await seen(person.userId, 0, "confirmed");
    await seen(other.userId, 0, "confirmed");
    expect(napcat.calls.of("set_group_add_request")).toHaveLength(2);
  });

  it("disabled: what was not sent fails as such", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const row = await seen(person.userId, 0, "waiting");
    await test.as(await test.operator("owner")).bots.setEnabled({ id: botId, isEnabled: false });
    await decide(mei, row, "approve");
    expect((await seen(person.userId, 0, "failed")).decision?.error).toBe("bot_disabled");
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
  });

  it("removed while one is under way: the call stays on the record", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const row = await seen(person.userId, 0, "waiting");
    const held = napcat.faults.hold("set_friend_add_request", "after");
    await decide(mei, row, "approve");
    await held.call;
    const { name } = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
    await test.as(await test.operator("owner")).bots.remove({ id: botId, name });
    await napcat.connected("forward", 0);
    const events = await until(test.desk, async () => {
      const found = await store.database.auditEvent.findMany({
        where: { requestId: row.id, endpoint: "set_friend_add_request" },
        include: { outcome: true },
      });
      return found[0]?.outcome ? found : undefined;
    });
    expect(events.map((event) => event.outcome?.outcome)).toEqual(["UNKNOWN"]);
    held.release();
  });

  it("signed in as another account: nothing of that account is taken for the bot's", async () => {
    const person = stranger();
    napcat.inbox.arriveJoin({ ...person, groupId: "880300", isPushed: false });
    await store.database.bot.update({ where: { id: botId }, data: { accountId: "99999" } });
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    expect(await store.database.request.count({ where: { applicantId: person.userId } })).toBe(0);
    expect((await store.database.bot.findUniqueOrThrow({ where: { id: botId } })).accountId).toBe("99999");
  });
});

describe("a request that a list has lost", () => {
  it("and shows again is waiting again", async () => {
    const person = stranger();
    const asked = napcat.inbox.arriveFiltered(person);
    const poll = () => test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    await poll();
    await seen(person.userId, 0, "waiting");
    napcat.inbox.filtered.splice(0);
    await poll();
    await seen(person.userId, 0, "expired");
    napcat.inbox.filtered.push(asked);
    await poll();
    expect(await seen(person.userId, 0, "waiting")).toMatchObject({ closedAt: null });
  });
});

describe("two friend requests in one second decided at once", () => {
  it.each([
    ["approve", "deny"],
    ["deny", "approve"],
    ["approve", "approve"],
    ["deny", "deny"],
  ] as const)("first %s, second %s: nobody is confirmed who was not let in, nobody failed who was", async (a, b) => {
    const people = [stranger(), stranger()] as const;
    const second = 1_800_000_000 + nextPerson;
    const asked = people.map((person) => napcat.inbox.arriveFriend({ ...person, second }));
    const rows = [await seen(people[0].userId, 0, "waiting"), await seen(people[1].userId, 0, "waiting")];
    const choose = (actor: Actor, row: (typeof rows)[number] | undefined, verb: "approve" | "deny") =>
      test.as(actor).requests.decide({ id: row?.id ?? "", version: row?.version ?? 0, verb, acknowledgeTwin: true });
    await Promise.allSettled([choose(mei, rows[0], a), choose(tom, rows[1], b)]);
    for (const [index, person] of people.entries()) {
      const row = await seen(person.userId, 0, "confirmed", "sent", "failed", "elsewhere");
      const isIn = asked[index]?.state === "approved";
      if (row.state === "confirmed") expect(isIn).toBe(row.decision?.verb === "approve");
      if (row.state === "failed") expect(isIn).toBe(row.decision?.verb === "deny");
    }
  });
});

describe("reading back", () => {
  const looked = { was: "sent", checks: 0, hasOther: false } as const;

  it("is patient with a platform that said yes, and gives the request back when it still waits there", () => {
    expect(judge("approve", "pending", looked)).toBeNull();
    expect(judge("approve", "pending", { ...looked, checks: 3 })).toMatchObject({ state: "failed" });
    expect(judge("approve", "pending", { ...looked, was: "unknown" })).toEqual({
      state: "failed",
      error: "found_undone",
    });
  });

  it("does not use up its looks while the bot is away", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    napcat.faults.okWithoutActing("set_friend_add_request");
    await decide(mei, await seen(person.userId, 0, "waiting"), "approve");
    const { id } = await seen(person.userId, 0, "sent");
    // The first look, made at once, has ended: from here on none is under way for seconds.
    await until(test.desk, async () => {
      const { checks } = await store.database.decision.findFirstOrThrow({ where: { requestId: id } });
      return checks > 0 || undefined;
    });
    await napcat.refuse();
    await until(test.desk, async () => !test.desk.connections.isConnected(botId) || undefined);
    const before = await store.database.decision.findFirstOrThrow({ where: { requestId: id } });
    await expect(test.as(mei).requests.check({ id })).rejects.toMatchObject({ cause: { code: "not_connected" } });
    const after = await store.database.decision.findFirstOrThrow({ where: { requestId: id } });
    expect(after.checks).toBe(before.checks);
    await napcat.accept();
  });
});
