import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { RequestState } from "@/lib/request";
import type { RequestRow } from "@/server/desk/row";
import { Breakpoints } from "../breakpoint";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let napcat: Napcat;
let botId: string;
let mei: Actor;
let tom: Actor;
let nextPerson = 910_000;
const groupId = "880500";

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
  napcat.world.addGroup({ groupId, groupName: "群" });
  botId = await test.connect(napcat);
  await hold(60);
});
afterEach(async () => {
  const row = await store.database.bot.findUniqueOrThrow({ where: { id: botId } });
  await test.as(await test.operator("owner")).bots.remove({ id: botId, name: row.name });
  await napcat.close();
});

async function hold(undoSeconds: number): Promise<void> {
  await test.as(await test.operator("owner")).preferences.set({ patch: { undoSeconds } });
}

/** Somebody asks to join, and waits. */
async function arrival() {
  nextPerson += 1;
  const asked = napcat.inbox.arriveJoin({ userId: String(nextPerson), nickname: "访客", groupId });
  return { asked, row: await seen(asked.userId, "waiting") };
}

function seen(applicantId: string, ...states: RequestState[]) {
  return until(test.desk, async () => {
    const { items } = await test.as(mei).requests.list({ botId, state: "all", text: applicantId });
    return items.find((item) => states.includes(item.state));
  });
}

async function decide(actor: Actor, row: RequestRow, verb: "approve" | "deny" | "ignore" = "approve") {
  const decided = await test.as(actor).requests.decide({ id: row.id, version: row.version, verb });
  return { ...decided, decisionId: decided.decision?.id ?? "" };
}

const undo = (actor: Actor, { id, decisionId }: { id: string; decisionId: string }) =>
  test.as(actor).requests.undo({ id, decisionId });

const told = (flag: string) =>
  napcat.calls.of("set_group_add_request").filter((call) => call.params.flag === flag).length;

/** Lets everything that is still held go out now. */
const letGo = async () => {
  await store.database.decision.updateMany({ where: { state: "held" }, data: { heldUntil: new Date(0) } });
  test.desk.worker.wake();
};

describe("a decision that is held", () => {
  it("shows until when, is not sent, and is sent when its time has come", async () => {
    await hold(1);
    const { asked, row } = await arrival();
    const decided = await decide(mei, row);
    expect(decided).toMatchObject({ state: "held", decision: { state: "held", byId: mei.id, batchId: null } });
    const { decision } = decided;
    expect((decision?.heldUntil?.getTime() ?? 0) - (decision?.at.getTime() ?? 0)).toBe(1_000);
    await seen(asked.userId, "confirmed");
    const sent = await store.database.decision.findUniqueOrThrow({ where: { id: decided.decisionId } });
    expect(sent.sentAt?.getTime()).toBeGreaterThanOrEqual(sent.heldUntil.getTime());
    expect(told(asked.flag)).toBe(1);
  });

  it("is taken back by a colleague: nothing is sent, the request waits, the record names both", async () => {
    const { asked, row } = await arrival();
    const decided = await decide(mei, row, "deny");
    const undone = await undo(tom, decided);
    expect(undone).toMatchObject({ state: "waiting", decision: null, canDecide: true, closedAt: null });
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "requests.undo", requestId: row.id },
      include: { outcome: true },
    });
    expect(event).toMatchObject({ actorName: "Tom", botId, personId: asked.userId, outcome: { outcome: "OK" } });
    expect(event.outcome?.before).toMatchObject({ state: "held", verb: "deny", by: "Mei" });
    const { decisions } = await test.as(mei).requests.get({ id: row.id });
    expect(decisions).toMatchObject([{ state: "cancelled", verb: "deny", heldUntil: null }]);
    // Whoever still sees it as it was before can decide: nobody else has decided anything.
    await hold(0);
    await decide(tom, row, "approve");
    await seen(asked.userId, "confirmed");
    expect(told(asked.flag)).toBe(1);
  });

  it("is taken back once: the second is told that it was", async () => {
    const { row } = await arrival();
    const decided = await decide(mei, row);
    const both = await Promise.allSettled([undo(mei, decided), undo(tom, decided)]);
    expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(both.find((each) => each.status === "rejected")).toMatchObject({
      reason: { cause: { code: "undo_late", detail: { state: "cancelled" } } },
    });
    const refused = { action: "requests.undo", requestId: row.id, outcome: { is: { outcome: "DENIED" } } };
    expect(await store.database.auditEvent.count({ where: refused })).toBe(1);
  });

  it("of another decision's number is not found, and one of somebody else's bot is out of sight", async () => {
    const { row } = await arrival();
    const other = await arrival();
    const decided = await decide(mei, row);
    const missing = { cause: { code: "not_found" } };
    await expect(undo(mei, { id: other.row.id, decisionId: decided.decisionId })).rejects.toMatchObject(missing);
    const { id: foreign } = await store.database.bot.create({
      data: { name: `elsewhere ${row.id}`, platform: "napcat", connection: {}, isEnabled: false },
    });
    await expect(undo(await test.operator("moderator", foreign), decided)).rejects.toMatchObject(missing);
    await expect(undo(await test.operator("auditor"), decided)).rejects.toMatchObject({ cause: { code: "forbidden" } });
    await undo(mei, decided);
  });

  it("is cancelled when somebody decides on the platform meanwhile, and nothing is sent", async () => {
    const { asked, row } = await arrival();
    const decided = await decide(mei, row);
    napcat.inbox.decideGroup(asked, true, "80012");
    const closed = await seen(asked.userId, "elsewhere");
    expect(closed).toMatchObject({ decision: null, closedAt: expect.any(Date) });
    const late = { cause: { code: "undo_late", detail: { state: "elsewhere" } } };
    await expect(undo(mei, decided)).rejects.toMatchObject(late);
    await letGo();
    const after = await arrival();
    await hold(0);
    await decide(mei, after.row);
    await seen(after.asked.userId, "confirmed");
    expect(told(asked.flag)).toBe(0);
  });

  it("waits for a bot that is away, and can be taken back as long as it does", async () => {
    await hold(0);
    const { asked, row } = await arrival();
    await napcat.refuse();
    await until(test.desk, async () => !test.desk.connections.isConnected(botId) || undefined);
    const decided = await decide(mei, row);
    await undo(mei, decided);
    await napcat.accept();
    await until(test.desk, async () => test.desk.connections.isConnected(botId) || undefined);
    const after = await arrival();
    await decide(mei, after.row);
    await seen(after.asked.userId, "confirmed");
    expect(told(asked.flag)).toBe(0);
  });
});

describe("an ignored request", () => {
  it("is what it was before, by anybody, as long as it is ignored", async () => {
    const { asked, row } = await arrival();
    const decided = await decide(mei, row, "ignore");
    expect(decided.state).toBe("ignored");
    expect(await undo(tom, decided)).toMatchObject({ state: "waiting", decision: null, closedAt: null });
    await expect(undo(tom, decided)).rejects.toMatchObject({ cause: { code: "undo_late" } });
    const again = await decide(mei, await seen(asked.userId, "waiting"), "ignore");
    const approved = await decide(tom, again, "approve");
    await expect(undo(mei, again)).rejects.toMatchObject({ cause: { code: "undo_late" } });
    // The approval on top of it goes back to ignored.
    expect(await undo(mei, approved)).toMatchObject({ state: "ignored", decision: { verb: "ignore", by: "Mei" } });
  });
});

describe("a second decision on an unknown one, taken back", () => {
  it("leaves the first as it was, and it is read back", async () => {
    await hold(0);
    const { asked, row } = await arrival();
    const call = napcat.faults.hold("set_group_add_request", "before");
    const first = await decide(mei, row);
    await call.call;
    // Cut off under the call, and away until the second decision was taken back: the first cannot be read back.
    await napcat.refuse();
    call.release();
    const { version } = await seen(asked.userId, "unknown");
    await hold(60);
    const second = await test.as(tom).requests.decide({ id: row.id, version, verb: "approve", again: true });
    const undone = await undo(tom, { id: row.id, decisionId: second.decision?.id ?? "" });
    expect(undone).toMatchObject({ state: "unknown", decision: { id: first.decisionId } });
    await napcat.accept();
    // Looked at again, it is found out.
    const end = await seen(asked.userId, "confirmed", "failed");
    expect(end.state).toBe(asked.state === "approved" ? "confirmed" : "failed");
    expect(end.decision?.id).toBe(first.decisionId);
  });
});

describe("of undo and the worker", () => {
  let breakpoints: Breakpoints;
  beforeAll(async () => {
    breakpoints = await Breakpoints.install(store.url);
  });
  afterAll(() => breakpoints.remove());

  it("the worker wins when it has begun to take it: the call is made once", async () => {
    await hold(0);
    const { asked, row } = await arrival();
    await breakpoints.set("take");
    const decided = await decide(mei, row);
    await breakpoints.reached("take");
    const late = undo(mei, decided);
    await breakpoints.release("take");
    await expect(late).rejects.toMatchObject({ cause: { code: "undo_late", detail: { state: "sending" } } });
    await seen(asked.userId, "confirmed");
    expect(told(asked.flag)).toBe(1);
  });

  it("one wins, however they meet: one call or none, and the request says which", async () => {
    await hold(0);
    const arrivals = await Promise.all(Array.from({ length: 24 }, () => arrival()));
    const ends = await Promise.all(
      arrivals.map(async ({ asked, row }) => {
        const decided = await decide(mei, row);
        const isUndone = await undo(tom, decided).then(
          () => true,
          (cause: unknown) => {
            expect(cause).toMatchObject({ cause: { code: "undo_late" } });
            return false;
          },
        );
        const end = await seen(asked.userId, isUndone ? "waiting" : "confirmed");
        return { asked, isUndone, state: end.state };
      }),
    );
    for (const { asked, isUndone } of ends) {
      expect(told(asked.flag)).toBe(isUndone ? 0 : 1);
      expect(asked.state).toBe(isUndone ? "pending" : "approved");
    }
  });
});
