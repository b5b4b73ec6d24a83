import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { can } from "@/lib/actor";
import { drivers } from "@/server/platforms/drivers";
import type { Row } from "@/server/platforms/row";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { napcatInputs } from "../napcat-inputs";
import { type Napcat, start } from "../simulators/napcat";

/** The door is the same for every platform; the one with most operations is tried whole. */
const rows: Row[] = Object.values(drivers.napcat.catalogue);
const above = rows.filter((row) => row.risk !== "read");

const text = [{ type: "text", data: { text: "hello" } }];

/** A valid input of every row above read; the suite fails when one is missing. */
const inputs: Record<string, unknown> = Object.fromEntries(
  Object.entries(napcatInputs).map(([name, input]) => [`napcat.${name}`, input]),
);

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let owner: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  napcat = await start();
  botId = await test.connect(napcat);
  owner = await test.operator("owner");
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

function invoke(actor: Actor, operation: string, input: unknown, correlationId = uuid()) {
  return test.desk.connections.invoke(botId, { actor, correlationId, operation, input });
}

function eventsOf(correlationId: string) {
  return store.database.auditEvent.findMany({ where: { correlationId }, include: { outcome: true } });
}

describe.each(above)("$id", (row) => {
  it("leaves exactly one settled event, whatever the platform says", async () => {
    const input = inputs[row.id];
    expect(input, `no input for ${row.id} in this test's table`).toBeDefined();
    const correlationId = uuid();
    await invoke(owner, row.operation, input, correlationId).catch(() => undefined);
    // What stops NapCat takes its answer with it.
    const isStopped = napcat.world.isStopped;
    if (isStopped) {
      await napcat.accept();
      await until(test.desk, async () => (test.desk.connections.isConnected(botId) ? true : undefined));
    }
    const events = await eventsOf(correlationId);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      endpoint: row.operation,
      risk: row.risk,
      botId,
      actorId: owner.id,
      action: row.id,
    });
    expect(events[0]?.outcome?.outcome).toMatch(isStopped ? /^UNKNOWN$/ : /^(OK|FAILED)$/);
  });

  it("is refused, recorded and not sent without its permission", async () => {
    const auditor = await test.operator("auditor");
    expect(can(auditor, row.permission, botId)).toBe(false);
    const [correlationId, sent] = [uuid(), napcat.calls.of(row.operation).length];
    await expect(invoke(auditor, row.operation, inputs[row.id], correlationId)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(napcat.calls.of(row.operation)).toHaveLength(sent);
    expect((await eventsOf(correlationId)).map((event) => event.outcome?.outcome)).toEqual(["DENIED"]);
  });

  it("is not sent when its input does not fit", async () => {
    const [correlationId, sent] = [uuid(), napcat.calls.of(row.operation).length];
    await expect(invoke(owner, row.operation, { approve: "yes", message: 7 }, correlationId)).rejects.toThrow();
    expect(napcat.calls.of(row.operation)).toHaveLength(sent);
    expect((await eventsOf(correlationId)).map((event) => event.outcome?.outcome)).toEqual(["DENIED"]);
  });
});

describe("the door", () => {
  it("leaves no event for a plain read, and looks once more when the answer got lost", async () => {
    const byHttp = await test.connect(napcat, "by HTTP", { transport: "http", httpUrl: napcat.httpUrl });
    const correlationId = uuid();
    napcat.faults.hangUp("get_friend_list", "after");
    const call = { actor: owner, correlationId, operation: "get_friend_list", input: {} };
    await expect(test.desk.connections.invoke(byHttp, call)).resolves.toBeInstanceOf(Array);
    expect(napcat.calls.of("get_friend_list")).toHaveLength(2);
    expect(await eventsOf(correlationId)).toHaveLength(0);
  });

  it("never sends a write twice: without an answer its result is unknown", async () => {
    const correlationId = uuid();
    const byHttp = await test.connect(napcat, "by HTTP too", { transport: "http", httpUrl: napcat.httpUrl });
    const before = napcat.calls.of("send_group_msg").length;
    napcat.faults.hangUp("send_group_msg", "after");
    const call = { actor: owner, correlationId, operation: "send_group_msg", input: inputs["napcat.send_group_msg"] };
    await expect(test.desk.connections.invoke(byHttp, call)).rejects.toMatchObject({ code: "connection_lost" });
    expect(napcat.calls.of("send_group_msg")).toHaveLength(before + 1);
    expect((await eventsOf(correlationId)).map((event) => event.outcome?.outcome)).toEqual(["UNKNOWN"]);
  });

  it("names the field of a read whose answer has an unexpected shape", async () => {
    napcat.faults.answerWith("get_group_list", [{ group_id: { odd: true } }]);
    await expect(invoke(owner, "get_group_list", {})).rejects.toMatchObject({
      code: "bad_answer",
      detail: { field: expect.stringContaining("group_id") },
    });
  });

  it("calls a write with an answer of unexpected shape done, and notes the drift", async () => {
    const correlationId = uuid();
    napcat.faults.answerWith("send_private_msg", "an odd answer");
    napcat.world.addFriend({ userId: "10002", nickname: "朋友" });
    await invoke(owner, "send_private_msg", { user_id: "10002", message: text }, correlationId);
    const [event] = await eventsOf(correlationId);
    expect(event?.outcome).toMatchObject({ outcome: "OK", hasDrift: true });
  });

  it("refuses an operation no catalogue knows", async () => {
    await expect(invoke(owner, "get_nothing", {})).rejects.toMatchObject({ code: "unknown_operation" });
    expect(napcat.calls.of("get_nothing")).toHaveLength(0);
  });
});
