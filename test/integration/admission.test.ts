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

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  test = await startDesk(store.url);
  napcat = await start();
  botId = await test.connect(napcat);
  mei = await test.operator("moderator", null, "Mei");
});
afterEach(async () => {
  const { name } = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
  await test.as(await test.operator("owner")).bots.remove({ id: botId, name });
  await test.stop();
  await napcat.close();
});

const person = { userId: "300101", nickname: "迟来的客人" };

/** Waits for the person's request in one of `states`. */
function seen(...states: RequestState[]) {
  return until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "all", text: person.userId });
    return items.find((item) => states.includes(item.state));
  });
}

/** A whole poll that began after this moment: the first may only join one that is under way. */
async function poll(): Promise<void> {
  const bot = { id: botId, name: "", platform: "napcat" } as const;
  await test.desk.poller.poll(bot);
  await test.desk.poller.poll(bot);
}

/** The desk is down while `act` happens over there. */
async function whileDown(act: () => void): Promise<void> {
  await test.stop();
  await napcat.connected("forward", 0);
  act();
  test = await startDesk(store.url);
  await napcat.connected("forward");
}

describe("somebody accepted in the QQ client while the desk was down", () => {
  it("is not left waiting", async () => {
    const asked = napcat.inbox.arriveFriend(person);
    await seen("waiting");
    await poll();
    await whileDown(() => napcat.inbox.decideFriend(asked, true));
    expect((await seen("elsewhere")).canDecide).toBe(false);
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(0);
  });

  it("is decided elsewhere, not expired, when the request was a filtered one", async () => {
    const asked = napcat.inbox.arriveFiltered(person);
    await poll();
    await seen("waiting");
    await whileDown(() => napcat.inbox.acceptFiltered(asked));
    await seen("elsewhere");
  });

  it("is not left as failed after a decision that the platform refused", async () => {
    const asked = napcat.inbox.arriveFriend(person);
    const request = await seen("waiting");
    await poll();
    napcat.faults.failNext("set_friend_add_request", "操作频繁");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await seen("failed");
    await whileDown(() => napcat.inbox.decideFriend(asked, true));
    await seen("elsewhere");
  });
});

describe("somebody who was in the friend list when they asked", () => {
  it("goes on waiting, over polls and restarts: QQ keeps friends of one side, who may ask again", async () => {
    napcat.world.addFriend(person);
    napcat.inbox.arriveFriend(person);
    await seen("waiting");
    await poll();
    await whileDown(() => undefined);
    await poll();
    expect((await seen("waiting")).canDecide).toBe(true);
  });

  it("is not confirmed by still being in it, when the platform only said ok", async () => {
    napcat.world.addFriend(person);
    napcat.inbox.arriveFriend(person);
    await seen("waiting");
    await poll();
    napcat.faults.okWithoutActing("set_friend_add_request");
    const { id, version } = await seen("waiting");
    await test.as(mei).requests.decide({ id, version, verb: "approve" });
    await seen("sent");
    const { state } = await test.as(mei).requests.check({ id });
    expect(state).toBe("sent");
  });
});

it("who came into the list by a decision whose answer was lost is not taken for a friend of before", async () => {
  napcat.faults.failNext("get_friend_list", "系统繁忙", "business", Number.POSITIVE_INFINITY);
  napcat.faults.hangUp("set_friend_add_request", "after");
  napcat.inbox.arriveFriend(person);
  const request = await seen("waiting");
  await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
  await seen("unknown");
  await napcat.connected("forward");
  await poll();
  // The list is read by the poll first, not by the desk's own look at the decision.
  const checkAt = new Date(Date.now() + 3_600_000);
  await store.database.decision.updateMany({ where: { requestId: request.id }, data: { checkAt } });
  napcat.faults.clear();
  await poll();
  await test.as(mei).requests.check({ id: request.id });
  await seen("confirmed");
});

describe("an ignored request", () => {
  it("is confirmed when an earlier decision turns out to have let the person in", async () => {
    napcat.faults.failNext("get_friend_list", "系统繁忙", "business", Number.POSITIVE_INFINITY);
    napcat.faults.hangUp("set_friend_add_request", "after");
    napcat.inbox.arriveFriend(person);
    const request = await seen("waiting");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    const { version } = await seen("unknown");
    await test.as(mei).requests.decide({ id: request.id, version, verb: "ignore", again: true });
    await seen("ignored");
    napcat.faults.clear();
    await seen("confirmed");
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(1);
  });

  it("of somebody accepted in the QQ client while the desk was down is decided elsewhere", async () => {
    const asked = napcat.inbox.arriveFriend(person);
    const request = await seen("waiting");
    await poll();
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "ignore" });
    await whileDown(() => napcat.inbox.decideFriend(asked, true));
    await seen("elsewhere");
  });

  it("of long ago is not asked about any more", async () => {
    napcat.inbox.arriveFriend(person);
    const request = await seen("waiting");
    await poll();
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "ignore" });
    const closedAt = new Date(Date.now() - 25 * 3_600_000);
    await store.database.request.update({ where: { id: request.id }, data: { closedAt } });
    const before = napcat.calls.of("get_friend_list").length;
    await poll();
    expect(napcat.calls.of("get_friend_list")).toHaveLength(before);
  });
});

describe("the friend list", () => {
  it("is not read while no friend request needs a person", async () => {
    napcat.world.addGroup({ groupId: "880901", groupName: "群" });
    napcat.inbox.arriveJoin({ ...person, groupId: "880901" });
    await seen("waiting");
    await poll();
    expect(napcat.calls.of("get_friend_list")).toHaveLength(0);
  });

  it("that cannot be read keeps nothing else from being done, and the bot's log says so", async () => {
    napcat.faults.failNext("get_friend_list", "系统繁忙", "business", Number.POSITIVE_INFINITY);
    napcat.inbox.arriveFriend(person);
    const filtered = napcat.inbox.arriveFiltered({ userId: "300102", nickname: "被过滤的人" });
    await seen("waiting");
    await poll();
    napcat.inbox.filtered.splice(napcat.inbox.filtered.indexOf(filtered), 1);
    await poll();
    const gone = await store.database.request.findFirstOrThrow({ where: { botId, applicantId: filtered.userId } });
    expect(gone.state).toBe("expired");
    const ada = await test.operator("owner");
    await until(test.desk, async () => {
      const { items } = await test.as(ada).bots.log({ id: botId });
      return items.find(({ code }) => code === "poll_failed");
    });
  });
});
