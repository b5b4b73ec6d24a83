import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { RequestState } from "@/lib/request";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let tom: Actor;
let nextPerson = 200_000;

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
  botId = await test.connect(napcat);
});
afterEach(async () => {
  const row = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
  await test.as(await test.operator("owner")).bots.remove({ id: botId, name: row.name });
  await napcat.close();
});

/** Somebody nobody has seen before. */
function stranger(nickname = "陌生人") {
  nextPerson += 1;
  return { userId: String(nextPerson), nickname };
}

/** Waits for this person's request in one of `states` and answers it as Mei sees it. */
function seen(applicantId: string, ...states: RequestState[]) {
  return until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "all", text: applicantId });
    return items.find((item) => item.applicantId === applicantId && states.includes(item.state));
  });
}

/** The calls of one action that reached the platform for this person. */
function callsFor(action: string, key: string, value: string) {
  return napcat.calls.of(action).filter((call) => String(call.params[key]) === value);
}

describe("an arrival", () => {
  it("is stored once, however often it is pushed", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend({ ...person, comment: "你好" });
    napcat.repeatLast();
    napcat.repeatLast();
    await seen(person.userId, "waiting");
    const after = stranger();
    napcat.inbox.arriveFriend(after);
    // Events are taken in order: once the later one is there, the repeats have been.
    await seen(after.userId, "waiting");
    expect(await store.database.request.count({ where: { botId, applicantId: person.userId } })).toBe(1);
  });

  it("that was never pushed is fetched by polling, and only once beside its push", async () => {
    const person = stranger();
    napcat.world.addGroup({ groupId: "880001", groupName: "群" });
    napcat.inbox.arriveJoin({ ...person, groupId: "880001", comment: "口令 7", isPushed: false });
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    const request = await seen(person.userId, "waiting");
    expect(request).toMatchObject({
      kind: "group_join",
      groupId: "880001",
      message: expect.stringContaining("口令 7"),
    });
  });

  it("pushed and listed is one request", async () => {
    const person = stranger();
    napcat.world.addGroup({ groupId: "880002", groupName: "群" });
    napcat.inbox.arriveJoin({ ...person, groupId: "880002" });
    await seen(person.userId, "waiting");
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    expect(await store.database.request.count({ where: { botId, applicantId: person.userId } })).toBe(1);
  });

  it("without a name is named by asking the platform, and found by that name", async () => {
    const person = stranger("南风知我意");
    napcat.inbox.arriveFriend(person);
    const named = await until(test.desk, async () => {
      const { items } = await test.as(mei).requests.list({ botId, text: "南风知我意" });
      return items[0];
    });
    expect(named).toMatchObject({ applicantId: person.userId, applicantName: "南风知我意" });
  });

  it("with a hostile name and message is kept, not lost", async () => {
    const person = { ...stranger("\u0000<script>alert(1)</script>\ud800") };
    napcat.inbox.arriveFriend({ ...person, comment: "a\u0000b" });
    const request = await seen(person.userId, "waiting");
    expect(request.message).toBe("a\uFFFDb");
  });
});

describe("a decision", () => {
  it("is sent once, confirmed by reading back, and names who took it", async () => {
    const person = stranger();
    const asked = napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    const done = await seen(person.userId, "confirmed");
    expect(done.decision).toMatchObject({ verb: "approve", by: "Mei", state: "confirmed" });
    expect(asked.state).toBe("approved");
    expect(callsFor("set_friend_add_request", "flag", asked.flag).map((call) => call.params.approve)).toEqual([true]);
  });

  it("to deny is sent as false, with its reason, and never as an approval", async () => {
    const person = stranger();
    napcat.world.addGroup({ groupId: "880003", groupName: "群" });
    const asked = napcat.inbox.arriveJoin({ ...person, groupId: "880003" });
    const request = await seen(person.userId, "waiting");
    await test.as(tom).requests.decide({ id: request.id, version: request.version, verb: "deny", reason: "广告" });
    await seen(person.userId, "confirmed");
    expect(asked.state).toBe("denied");
    const [call] = napcat.calls.of("set_group_add_request");
    expect(call?.params).toMatchObject({ approve: false, reason: "广告" });
  });

  it("by the second operator is refused, names the first, and is not sent", async () => {
    const person = stranger();
    const asked = napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    const decide = { id: request.id, version: request.version };
    const results = await Promise.allSettled([
      test.as(mei).requests.decide({ ...decide, verb: "approve" }),
      test.as(tom).requests.decide({ ...decide, verb: "deny" }),
    ]);
    const refused = results.find((result) => result.status === "rejected");
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const winner = results[0]?.status === "fulfilled" ? "Mei" : "Tom";
    expect(refused).toMatchObject({ reason: { cause: { code: "conflict", detail: { by: winner } } } });
    await seen(person.userId, "confirmed", "sent");
    expect(callsFor("set_friend_add_request", "flag", asked.flag)).toHaveLength(1);
  });

  it("of twenty operators at once is one call", async () => {
    const person = stranger();
    const asked = napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    const tries = Array.from({ length: 20 }, () =>
      test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    await seen(person.userId, "confirmed");
    expect(callsFor("set_friend_add_request", "flag", asked.flag)).toHaveLength(1);
  });

  it("that the platform took without acting is shown as sent, never as confirmed", async () => {
    const person = stranger();
    napcat.faults.okWithoutActing("set_friend_add_request");
    napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    const sent = await seen(person.userId, "sent");
    expect(sent.decision?.state).toBe("sent");
    const looked = await test.as(mei).requests.check({ id: request.id });
    expect(looked.state).toBe("sent");
  });

  it("that the platform refused carries the platform's words and can be taken again", async () => {
    const person = stranger();
    napcat.world.addGroup({ groupId: "880004", groupName: "群" });
    napcat.inbox.arriveJoin({ ...person, groupId: "880004" });
    napcat.faults.failNext("set_group_add_request", "验证已过期");
    const request = await seen(person.userId, "waiting");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    const failed = await seen(person.userId, "failed");
    expect(failed.decision).toMatchObject({
      error: "platform_refused",
      platformText: expect.stringContaining("验证已过期"),
    });
    await test.as(tom).requests.decide({ id: failed.id, version: failed.version, verb: "approve" });
    expect((await seen(person.userId, "confirmed")).decision?.by).toBe("Tom");
  });

  it("whose connection broke before the answer is unknown until it is read back, and is never sent again by itself", async () => {
    const person = stranger();
    napcat.faults.hangUp("set_friend_add_request", "after");
    const asked = napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    // The socket comes back by itself, and with it the look at the friend list.
    const done = await seen(person.userId, "confirmed");
    expect(done.decision?.state).toBe("confirmed");
    expect(callsFor("set_friend_add_request", "flag", asked.flag)).toHaveLength(1);
    const outcomes = await store.database.auditEvent.findMany({
      where: { requestId: request.id, endpoint: "set_friend_add_request" },
      include: { outcome: true },
    });
    expect(outcomes.map((event) => event.outcome?.outcome)).toEqual(["UNKNOWN"]);
  });

  it("cannot deny a filtered friend request, and the refusal says why", async () => {
    const person = stranger();
    napcat.inbox.arriveFiltered(person);
    await test.desk.poller.poll({ id: botId, name: "", platform: "napcat" });
    const request = await seen(person.userId, "waiting");
    expect(request.answers).toMatchObject({ approve: true, deny: false, whyNoDeny: "filtered_friend" });
    const decide = test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "deny" });
    await expect(decide).rejects.toMatchObject({ cause: { code: "not_offered", detail: { why: "filtered_friend" } } });
    expect(napcat.calls.of("set_doubt_friends_add_request")).toHaveLength(0);
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await seen(person.userId, "confirmed");
    expect(napcat.calls.of("set_doubt_friends_add_request")).toHaveLength(1);
  });

  it("taken in the QQ client is shown as decided elsewhere", async () => {
    const person = stranger();
    const asked = napcat.inbox.arriveFriend(person);
    await seen(person.userId, "waiting");
    napcat.inbox.decideFriend(asked, true);
    const request = await seen(person.userId, "elsewhere");
    expect(request.canDecide).toBe(false);
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
  });

  it("to ignore closes it here, sends nothing, and can be changed", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    const ignored = await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "ignore" });
    expect(ignored.state).toBe("ignored");
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
    await test.as(tom).requests.decide({ id: request.id, version: ignored.version, verb: "approve" });
    await seen(person.userId, "confirmed");
  });
});

describe("two friend requests in one second", () => {
  async function twins() {
    const [first, second] = [stranger("先"), stranger("后")];
    const at = 1_790_000_000 + nextPerson;
    const a = napcat.inbox.arriveFriend({ ...first, second: at });
    const b = napcat.inbox.arriveFriend({ ...second, second: at });
    await seen(first.userId, "waiting");
    await seen(second.userId, "waiting");
    return { first, second, a, b };
  }

  it("are two requests, both marked", async () => {
    const { first, second } = await twins();
    expect((await seen(first.userId, "waiting")).hasTwin).toBe(true);
    expect((await seen(second.userId, "waiting")).hasTwin).toBe(true);
  });

  it("are not sent until the operator has chosen the person", async () => {
    const { first, second } = await twins();
    const request = await seen(second.userId, "waiting");
    const decide = test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await expect(decide).rejects.toMatchObject({ cause: { code: "twin_unresolved", detail: { id: first.userId } } });
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
  });

  it("where the platform lets in the other one, the chosen one is shown as not let in", async () => {
    const { first, second, a, b } = await twins();
    const request = await seen(second.userId, "waiting");
    await test
      .as(mei)
      .requests.decide({ id: request.id, version: request.version, verb: "approve", acknowledgeTwin: true });
    // NapCat answers the first that carries the flag.
    const failed = await seen(second.userId, "failed");
    expect(failed.decision?.error).toBe("twin_unresolved");
    expect([a.state, b.state]).toEqual(["approved", "pending"]);
    await seen(first.userId, "elsewhere");
  });

  it("of three, where the platform lets in another one, the third goes on waiting", async () => {
    const { second, a } = await twins();
    const third = stranger("末");
    const c = napcat.inbox.arriveFriend({ ...third, second: Number(a.flag) });
    const request = await seen(third.userId, "waiting");
    await test
      .as(mei)
      .requests.decide({ id: request.id, version: request.version, verb: "approve", acknowledgeTwin: true });
    await seen(third.userId, "failed");
    await seen(a.userId, "elsewhere");
    expect([a.state, c.state]).toEqual(["approved", "pending"]);
    expect((await seen(second.userId, "waiting")).state).toBe("waiting");
  });

  it("where the platform lets in the chosen one, it is confirmed and the other still waits", async () => {
    const { first, second } = await twins();
    const request = await seen(first.userId, "waiting");
    await test
      .as(mei)
      .requests.decide({ id: request.id, version: request.version, verb: "approve", acknowledgeTwin: true });
    await seen(first.userId, "confirmed");
    expect((await seen(second.userId, "waiting")).state).toBe("waiting");
  });
});

describe("the record of a decision", () => {
  it("holds the click and the call under one id, the call begun before it was sent", async () => {
    const person = stranger();
    const held = napcat.faults.hold("set_friend_add_request");
    napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await held.call;
    const under = { where: { requestId: request.id }, include: { outcome: true }, orderBy: { id: "asc" } } as const;
    const before = await store.database.auditEvent.findMany(under);
    expect(before.map((event) => [event.action, event.outcome?.outcome ?? "STARTED"])).toEqual([
      ["requests.decide", "OK"],
      ["requests.answer", "STARTED"],
    ]);
    held.release();
    await seen(person.userId, "confirmed");
    const after = await store.database.auditEvent.findMany(under);
    expect(new Set(after.map((event) => event.correlationId)).size).toBe(1);
    expect(after.at(-1)).toMatchObject({
      actorName: "Mei",
      role: "moderator",
      address: "127.0.0.1",
      botId,
      platform: "napcat",
      endpoint: "set_friend_add_request",
      personId: person.userId,
      outcome: { outcome: "OK" },
    });
  });

  it("is a condition of the call: when no event can be written, nothing is sent", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const request = await seen(person.userId, "waiting");
    await store.database.$executeRawUnsafe(
      `ALTER TABLE "AuditEvent" ADD CONSTRAINT "closed" CHECK ("endpoint" IS NULL) NOT VALID`,
    );
    try {
      await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
      expect((await seen(person.userId, "failed")).decision?.error).toBe("not_recorded");
      expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
    } finally {
      await store.database.$executeRawUnsafe(`ALTER TABLE "AuditEvent" DROP CONSTRAINT "closed"`);
    }
  });
});
