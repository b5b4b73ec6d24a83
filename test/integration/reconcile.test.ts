import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBus } from "@/server/db/bus";
import { reconcile } from "@/server/desk/reconcile";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { makeBot } from "../procedure-inputs";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

/** A decision as an instance left it behind. */
async function left(requestId: string, takenBy: number | null, sentAt: Date | null): Promise<string> {
  const id = uuid();
  await store.database.request.update({ where: { id: requestId }, data: { state: "sending" } });
  await store.database.decision.create({
    data: {
      id,
      requestId,
      activeFor: requestId,
      verb: "approve",
      state: "sending",
      actor: {
        kind: "system",
        id: null,
        name: "Mei",
        role: null,
        sessionId: null,
        address: null,
        userAgent: null,
        grants: [],
      },
      actorName: "Mei",
      correlationId: uuid(),
      takenBy,
      takenAt: new Date(),
      sentAt,
    },
  });
  return id;
}

const stateOf = async (id: string) => (await store.database.decision.findUniqueOrThrow({ where: { id } })).state;

describe("a decision left behind by an instance that is gone", () => {
  it("is handed back when it certainly was not sent", async () => {
    const bus = await openBus(store.url, createLogger("silent"));
    const { requestId } = await makeBot(store.database);
    const id = await left(requestId, 77, null);
    await reconcile(store.database, bus, new Set());
    expect(await stateOf(id)).toBe("held");
    expect((await store.database.request.findUniqueOrThrow({ where: { id: requestId } })).state).toBe("held");
    await bus.close();
  });

  it("becomes unknown when it may have been sent, and is not sent again", async () => {
    const bus = await openBus(store.url, createLogger("silent"));
    const { requestId } = await makeBot(store.database);
    const id = await left(requestId, 78, new Date());
    await reconcile(store.database, bus, new Set());
    expect(await stateOf(id)).toBe("unknown");
    await bus.close();
  });

  it("is left alone while its instance lives", async () => {
    const [mine, other] = await Promise.all([
      openBus(store.url, createLogger("silent")),
      openBus(store.url, createLogger("silent")),
    ]);
    const { requestId } = await makeBot(store.database);
    const id = await left(requestId, other.instance, null);
    await reconcile(store.database, mine, new Set());
    expect(await stateOf(id)).toBe("sending");
    await other.close();
    await reconcile(store.database, mine, new Set());
    expect(await stateOf(id)).toBe("held");
    await mine.close();
  });

  it("is left alone while this very worker is sending it", async () => {
    const bus = await openBus(store.url, createLogger("silent"));
    const { requestId } = await makeBot(store.database);
    const id = await left(requestId, bus.instance, new Date());
    await reconcile(store.database, bus, new Set([id]));
    expect(await stateOf(id)).toBe("sending");
    await bus.close();
  });
});

describe("a desk that stops", () => {
  let test: TestDesk;
  let napcat: Napcat;

  it("in the middle of a call reads back at its next start, and never calls again", async () => {
    napcat = await start();
    test = await startDesk(store.url);
    const botId = await test.connect(napcat);
    const mei = await test.operator("moderator", null, "Mei");
    const asked = napcat.inbox.arriveFriend({ userId: "300001", nickname: "访客" });
    const find = (...states: string[]) =>
      until(test.desk, async () => {
        const { items } = await test.as(mei).requests.list({ botId, state: "all" });
        return items.find((item) => item.applicantId === "300001" && states.includes(item.state));
      });
    const request = await find("waiting");
    const held = napcat.faults.hold("set_friend_add_request", "after");
    await test.as(mei).requests.decide({ id: request.id, version: request.version, verb: "approve" });
    await held.call;
    await test.stop();
    const after = await store.database.decision.findFirstOrThrow({ where: { requestId: request.id } });
    expect(after.state).toBe("unknown");
    held.release();
    test = await startDesk(store.url);
    expect((await find("confirmed")).decision?.by).toBe("Mei");
    expect(asked.state).toBe("approved");
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(1);
    await test.stop();
    await napcat.close();
  });
});
