import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Recorder } from "@/server/audit/record";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { visitor } from "../people";

let store: TestDatabase;
let recorder: Recorder;
beforeAll(async () => {
  store = await createTestDatabase();
  recorder = new Recorder(store.database, createLogger("silent"));
});
afterAll(() => store.drop());

const event = (target: string, more: object = {}) => ({
  ...{ correlationId: uuid(), actor: visitor, action: "requests.decide", risk: "write" as const, target },
  ...more,
});

describe("events of the record that come at the same moment", () => {
  it("are all written, each as it was given, before their acts go on", async () => {
    const targets = Array.from({ length: 120 }, (_, at) => `Person ${at} '"\\ 乔 🙂`);
    await Promise.all(
      targets.map(async (target, at) => {
        const open = await recorder.begin(event(target, { input: { at, text: target } }));
        const row = await store.database.auditEvent.findUniqueOrThrow({ where: { id: open.id } });
        expect(row).toMatchObject({ target, input: { at, text: target }, actorName: visitor.name, botId: null });
        await recorder.settle(open, { outcome: at % 2 === 0 ? "OK" : "FAILED", after: { at } });
        const outcome = await store.database.auditOutcome.findUniqueOrThrow({ where: { eventId: open.id } });
        expect(outcome).toMatchObject({ outcome: at % 2 === 0 ? "OK" : "FAILED", after: { at }, before: null });
      }),
    );
    expect(await store.database.auditEvent.count()).toBe(targets.length);
  });

  it("do not fall with one that the database refuses, whose act does not happen", async () => {
    const bad = { ...visitor, sessionId: "no id at all" };
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, at) => recorder.begin(event(`Other ${at}`, at === 17 ? { actor: bad } : {}))),
    );
    expect(results.flatMap((result, at) => (result.status === "rejected" ? [at] : []))).toEqual([17]);
    expect(results[17]).toMatchObject({ reason: { code: "not_recorded" } });
    expect(await store.database.auditEvent.count({ where: { target: { startsWith: "Other" } } })).toBe(29);
  });

  it("keep their first outcome", async () => {
    const open = await recorder.begin(event("Twice"));
    await Promise.all([
      recorder.settle(open, { outcome: "OK" }),
      recorder.settle(open, { outcome: "FAILED", error: "internal" }),
      recorder.settle(await recorder.begin(event("Beside")), { outcome: "UNKNOWN" }),
    ]);
    const outcome = await store.database.auditOutcome.findUniqueOrThrow({ where: { eventId: open.id } });
    expect(outcome.outcome).toBe("OK");
  });

  it("that say nothing of their input have none, which is not the same as null", async () => {
    const open = await recorder.begin(event("Silent"));
    const rows = await store.database.$queryRaw<{ isNone: boolean }[]>`
      SELECT "input" IS NULL AS "isNone" FROM "AuditEvent" WHERE "id" = ${open.id}::uuid`;
    expect(rows).toEqual([{ isNone: true }]);
  });
});
