import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { RequestState } from "@/lib/request";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";
import * as yunhu from "../simulators/yunhu";

let store: TestDatabase;
let first: TestDesk;
let second: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let tom: Actor;
let nextPerson = 500_000;

beforeAll(async () => {
  store = await createTestDatabase();
  first = await startDesk(store.url);
  second = await startDesk(store.url);
  mei = await first.operator("moderator", null, "Mei");
  tom = await second.operator("moderator", null, "Tom");
});
afterAll(async () => {
  await Promise.all([first.stop(), second.stop()]);
  await store.drop();
});
beforeEach(async () => {
  napcat = await start();
  napcat.world.addGroup({ groupId: "880200", groupName: "群" });
  botId = await first.connect(napcat);
  await open(second);
});
afterEach(async () => {
  const row = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
  await first.as(await first.operator("owner")).bots.remove({ id: botId, name: row.name });
  await napcat.close();
});

const open = (test: TestDesk) => until(test.desk, async () => test.desk.connections.isConnected(botId) || undefined);

function stranger() {
  nextPerson += 1;
  return { userId: String(nextPerson), nickname: "访客" };
}

/** Waits on one desk's bus until this person's newest request is in one of `states`, and answers it. */
function seen(test: TestDesk, applicantId: string, ...states: RequestState[]) {
  return until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "all", text: applicantId });
    return items[0] && states.includes(items[0].state) ? items[0] : undefined;
  });
}

const bot = () => store.database.bot.findUniqueOrThrow({ where: { id: botId } });

describe("two desks on one database", () => {
  it("store what both of them hear once, and both show it", async () => {
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const [a, b] = await Promise.all([seen(first, person.userId, "waiting"), seen(second, person.userId, "waiting")]);
    expect(a.id).toBe(b.id);
    expect(await store.database.request.count({ where: { applicantId: person.userId } })).toBe(1);
  });

  it("send each of many decisions once, whoever takes it", async () => {
    const asked = Array.from({ length: 20 }, () => napcat.inbox.arriveJoin({ ...stranger(), groupId: "880200" }));
    await Promise.all(
      asked.map(async ({ userId }, index) => {
        const request = await seen(first, userId, "waiting");
        const [test, actor] = index % 2 === 0 ? [first, mei] : [second, tom];
        const { id, version } = request;
        await test.as(actor).requests.decide({ id, version, verb: index % 3 === 0 ? "deny" : "approve" });
      }),
    );
    await Promise.all(asked.map(({ userId }) => seen(second, userId, "confirmed")));
    const flags = napcat.calls.of("set_group_add_request").map((call) => String(call.params.flag));
    expect(flags.toSorted()).toEqual(asked.map((each) => each.flag).toSorted());
  });

  it("leave a decision to the one that is connected to the bot", async () => {
    await napcat.refuse();
    const lost = (test: TestDesk) =>
      until(test.desk, async () => !test.desk.connections.isConnected(botId) || undefined);
    await Promise.all([lost(first), lost(second)]);
    const person = stranger();
    const asked = napcat.inbox.arriveJoin({ ...person, groupId: "880200", isPushed: false });
    await napcat.accept();
    await Promise.race([open(first), open(second)]);
    const request = await seen(first, person.userId, "waiting");
    const { id, version } = request;
    await first.as(mei).requests.decide({ id, version, verb: "approve" });
    await seen(first, person.userId, "confirmed");
    expect(asked.state).toBe("approved");
  });

  it("show a bot as connected as long as one of them is", async () => {
    const both = await until(first.desk, async () =>
      (await bot()).connectedBy.length === 2 ? await bot() : undefined,
    );
    const third = await startDesk(store.url);
    expect(await bot()).toMatchObject({ isConnected: true, connectedAt: both.connectedAt });
    await open(third);
    await third.stop();
    expect(await bot()).toMatchObject({ isConnected: true, connectedAt: both.connectedAt });
    const person = stranger();
    napcat.inbox.arriveFriend(person);
    const { id, version } = await seen(second, person.userId, "waiting");
    await second.as(tom).requests.decide({ id, version, verb: "approve" });
    await seen(first, person.userId, "confirmed");
  });
});

describe("a bot whose account bears one connection", () => {
  it("is told to be held elsewhere by the desk that did not open it, to whoever asks for something", async () => {
    const clouds = await yunhu.start();
    const owner = await first.operator("owner");
    const connection = { apiUrl: clouds.httpUrl, pushUrl: clouds.wsUrl, userId: "100", deviceId: "desk" };
    const bots = first.as(owner).bots;
    const { id } = await bots.create({ name: "cloud", platform: "yunhu", connection, token: clouds.token });
    await until(first.desk, async () => (await bots.get({ id })).truths.connected.is || undefined);
    const [holder, other] = first.desk.connections.isOpen(id) ? [first, second] : [second, first];
    expect(other.desk.connections.isOpen(id)).toBe(false);
    const read = { botId: id, operation: "address-book-list", input: {} };
    await expect(holder.as(owner).console.invoke(read)).resolves.toMatchObject({ answer: expect.anything() });
    const sent = clouds.of(read.operation).length;

    await expect(other.as(owner).console.invoke(read)).rejects.toMatchObject({ cause: { code: "held_elsewhere" } });
    expect(clouds.of(read.operation)).toHaveLength(sent);
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { actorId: owner.id, action: "console.invoke" },
      orderBy: { id: "desc" },
      include: { outcome: true },
    });
    expect(event.outcome).toMatchObject({ outcome: "FAILED", error: "held_elsewhere" });

    const asking = { id: 7, inviterId: "5", name: "Ann", note: "hi", inviteAt: 1_700_000_000_123n };
    clouds.world.requests.push(asking);
    await holder.desk.poller.poll({ id, name: "cloud", platform: "yunhu" });
    const asked = (state: RequestState) =>
      until(holder.desk, async () => {
        const { items } = await holder.as(owner).requests.list({ botId: id, state: "all" });
        return items.find((item) => item.state === state);
      });
    const { id: requestId, version } = await asked("waiting");
    // Decided on either desk, it goes out through the one that is connected.
    await other.as(owner).requests.decide({ id: requestId, version, verb: "approve" });
    await asked("confirmed");
    // As it was before it was read back, and with nobody's next look in sight.
    const checkAt = new Date(Date.now() + 86_400_000);
    await store.database.decision.updateMany({ where: { requestId }, data: { state: "sent", checkAt } });
    await expect(other.as(owner).requests.check({ id: requestId })).rejects.toMatchObject({
      cause: { code: "held_elsewhere" },
    });

    await bots.setEnabled({ id, isEnabled: false });
    await expect(other.as(owner).console.invoke(read)).rejects.toMatchObject({ cause: { code: "not_connected" } });
    await bots.remove({ id, name: "cloud" });
    await Promise.all([first, second].map(({ desk }) => desk.connections.refresh(id)));
    await clouds.close();
  });
});

describe("a database that restarts under the desk", () => {
  /** What a restart does to everybody connected, without taking the server from the other tests. */
  async function cut(): Promise<void> {
    const client = new Client({ connectionString: store.url });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await client.end();
  }

  it("loses no arrival and no result of a decision under way", async () => {
    const person = stranger();
    const asked = napcat.inbox.arriveJoin({ ...person, groupId: "880200" });
    const { id, version } = await seen(first, person.userId, "waiting");
    const held = napcat.faults.hold("set_group_add_request", "after");
    await first.as(mei).requests.decide({ id, version, verb: "approve" });
    await held.call;
    const late = stranger();
    await cut();
    napcat.inbox.arriveFriend(late);
    held.release();
    await seen(first, person.userId, "confirmed");
    await seen(second, late.userId, "waiting");
    expect(napcat.calls.of("set_group_add_request").filter((call) => call.params.flag === asked.flag)).toHaveLength(1);
    const events = await store.database.auditEvent.findMany({
      where: { requestId: id, endpoint: "set_group_add_request" },
      include: { outcome: true },
    });
    expect(events.map((event) => event.outcome?.outcome)).toEqual(["OK"]);
  });

  it("does not leave a connection to a bot that was removed meanwhile", async () => {
    const other = await start();
    const otherId = await first.connect(other);
    await until(second.desk, async () => second.desk.connections.isConnected(otherId) || undefined);
    // Past the desk, so that no news of it goes out: as if it had been missed.
    await store.database.bot.delete({ where: { id: otherId } });
    await cut();
    await Promise.all([other.connected("forward", 0), open(first)]);
    expect(first.desk.connections.isOpen(otherId)).toBe(false);
    await other.close();
  });
});
