import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { firstPauseMs } from "@/server/gateway/circuit";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { HandClock } from "../hand-clock";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let clock: HandClock;
let owner: Actor;
let botId: string;
let nextPerson = 960_000;
const groupId = "880010";

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  clock = new HandClock();
  test = await startDesk(store.url, { clock });
  owner = await test.operator("owner", null, "Ada");
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
  botId = await test.connect(napcat, undefined, { transport: "http", httpUrl: napcat.httpUrl });
});
afterEach(async () => {
  const { name } = await test.as(owner).bots.get({ id: botId });
  await test.as(owner).bots.remove({ id: botId, name });
  await test.stop();
  await napcat.close();
});

function invoke(operation: string, input: unknown, correlationId = uuid()) {
  return test.desk.connections.invoke(botId, { actor: owner, correlationId, operation, input });
}

/** The platform answers with a page until the desk gives up asking. Other reads of the desk may be answered in between. */
async function pause(): Promise<void> {
  napcat.faults.answerRaw("get_friend_list", { body: "<html>502</html>" }, Number.POSITIVE_INFINITY);
  while (test.desk.connections.pausedMs(botId) === null)
    await expect(invoke("get_friend_list", { no_cache: false })).rejects.toMatchObject({ code: "not_onebot" });
  napcat.faults.clear();
}

async function join(): Promise<{ id: string; version: number; userId: string }> {
  nextPerson += 1;
  const userId = String(nextPerson);
  napcat.inbox.arriveJoin({ userId, nickname: "访客", groupId });
  await test.desk.poller.catchUp({ id: botId, name: "", platform: "napcat" });
  return await until(test.desk, async () => {
    const { items } = await test.as(owner).requests.list({ botId, state: "waiting" });
    const found = items.find((item) => item.applicantId === userId && item.applicantName !== "");
    return found && { id: found.id, version: found.version, userId };
  });
}

const stateOf = async (id: string) => (await test.as(owner).requests.get({ id })).state;

/** Moves time on to the look at the platform, and waits until its answer lets calls through again. */
async function recover(): Promise<void> {
  clock.advance(firstPauseMs * 1.2);
  await until(test.desk, async () => {
    const { items } = await test.as(owner).bots.log({ id: botId, limit: 100 });
    return items.some((line) => line.code === "circuit_closed") || undefined;
  });
}

describe("a platform that does not answer", () => {
  it("is sent nothing more: one clear error, recorded, in the bot's log, and over when it answers", async () => {
    await pause();
    const [asked, correlationId] = [napcat.calls.of("send_group_msg").length, uuid()];
    const message = [{ type: "text", data: { text: "hello" } }];
    const refused = { code: "circuit_open", isSent: false, detail: { seconds: expect.any(Number) } };
    const send = () => invoke("send_group_msg", { group_id: groupId, message }, correlationId);
    await expect(send()).rejects.toMatchObject(refused);
    await expect(invoke("get_group_list", {})).rejects.toMatchObject(refused);
    expect(napcat.calls.of("send_group_msg")).toHaveLength(asked);
    const events = await store.database.auditEvent.findMany({ where: { correlationId }, include: { outcome: true } });
    expect(events.map((event) => event.outcome)).toMatchObject([{ outcome: "DENIED", error: "circuit_open" }]);
    // The bot's log is written beside the work, not before it goes on.
    const opened = await until(test.desk, async () => {
      const { items } = await test.as(owner).bots.log({ id: botId, limit: 100 });
      const lines = items.filter((line) => line.code === "circuit_opened");
      return lines.length > 0 ? lines : undefined;
    });
    expect(opened).toMatchObject([{ level: "error", detail: { error: "not_onebot" } }]);
    await recover();
    await send();
    expect(napcat.calls.of("send_group_msg")).toHaveLength(asked + 1);
  });

  it("gets a decision that was taken meanwhile once, when it answers again", async () => {
    const request = await join();
    await pause();
    await test.as(owner).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    expect(napcat.calls.of("set_group_add_request")).toEqual([]);
    await recover();
    await until(test.desk, async () => ((await stateOf(request.id)) === "confirmed" ? true : undefined));
    expect(napcat.calls.of("set_group_add_request")).toHaveLength(1);
  });

  it("for longer than a moment: the decision goes back to the people, and was certainly not sent", async () => {
    const request = await join();
    await pause();
    clock.advance(firstPauseMs - 1);
    await test.as(owner).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await until(test.desk, async () => ((await stateOf(request.id)) === "failed" ? true : undefined));
    const failed = await test.as(owner).requests.get({ id: request.id });
    expect(failed.decision).toMatchObject({ state: "failed", error: "circuit_open" });
    expect(napcat.calls.of("set_group_add_request")).toEqual([]);
    await recover();
    await test.as(owner).requests.decide({ id: request.id, version: failed.version, verb: "approve" });
    await until(test.desk, async () => ((await stateOf(request.id)) === "confirmed" ? true : undefined));
    expect(napcat.calls.of("set_group_add_request")).toHaveLength(1);
  });

  it("leaves a decision that was sent before open, and reads it back when it answers", async () => {
    const request = await join();
    const latch = napcat.faults.hold("get_group_member_list", "before");
    await test.as(owner).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await latch.call;
    await pause();
    napcat.faults.answerRaw("get_group_member_list", { body: "" });
    latch.release();
    expect(await stateOf(request.id)).toBe("sent");
    await recover();
    await until(test.desk, async () => ((await stateOf(request.id)) === "confirmed" ? true : undefined));
    expect(napcat.calls.of("set_group_add_request")).toHaveLength(1);
  });
});
