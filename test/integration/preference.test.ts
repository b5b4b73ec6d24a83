import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Fact } from "@/lib/live";
import { defaultPreferences } from "@/server/desk/preference";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let owner: Actor;
let mei: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  owner = await test.operator("owner");
  mei = await test.operator("moderator", null, "Mei");
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});
beforeEach(async () => {
  await store.database.setting.deleteMany({ where: { key: { startsWith: "desk." } } });
});

describe("the preferences of a desk", () => {
  it("are the defaults where nobody chose, and where a row makes no sense", async () => {
    expect(await test.as(mei).preferences.get()).toEqual(defaultPreferences);
    await store.database.setting.create({ data: { key: "desk.undoSeconds", value: "soon" } });
    expect(await test.as(mei).preferences.get()).toEqual(defaultPreferences);
  });

  it("are changed one at a time, told to the screens and kept in the record", async () => {
    const facts: Fact[] = [];
    const unsubscribe = test.desk.bus.subscribe((fact) => facts.push(fact));
    await test.as(owner).preferences.set({ patch: { undoSeconds: 30 } });
    const after = await test.as(owner).preferences.set({ patch: { claimOnOpen: false } });
    expect(after).toEqual({ ...defaultPreferences, undoSeconds: 30, claimOnOpen: false });
    expect(await test.as(mei).preferences.get()).toEqual(after);
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "preferences.set" },
      orderBy: { id: "desc" },
      include: { outcome: true },
    });
    expect(event.outcome).toMatchObject({ before: { claimOnOpen: true }, after: { claimOnOpen: false } });
    // What was published by a transaction has been heard when a later publication is.
    await test.desk.bus.publish({ topic: "setting", id: "last", botId: null, version: 1 });
    await new Promise<void>((resolve) => {
      const look = () => facts.some((fact) => fact.id === "last") && resolve();
      test.desk.bus.subscribe(look);
      look();
    });
    unsubscribe();
    expect(facts.filter((fact) => fact.topic === "setting").map((fact) => fact.id)).toEqual([
      "desk.undoSeconds",
      "desk.claimOnOpen",
      "last",
    ]);
  });

  it.each([{ undoSeconds: -1 }, { undoSeconds: 61 }, { undoSeconds: 1.5 }])("refuse %j", async (patch) => {
    await expect(test.as(owner).preferences.set({ patch })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await test.as(mei).preferences.get()).toEqual(defaultPreferences);
  });
});

describe("a reason that the desk asks for", () => {
  const decide = (requestId: string, reason: string, verb: "approve" | "deny" | "ignore" = "deny") =>
    test.as(mei).requests.decide({ id: requestId, version: 1, verb, reason });

  beforeEach(async () => {
    const reasonFor = { ...defaultPreferences.reasonFor, friend: ["deny" as const] };
    await test.as(owner).preferences.set({ patch: { reasonFor, undoSeconds: 60 } });
  });

  it("is missed where it is not given, and nothing is decided", async () => {
    const { requestId } = await makeBot(store.database);
    const refused = { cause: { code: "reason_required", detail: { kind: "friend", verb: "deny" } } };
    await expect(decide(requestId, "  ")).rejects.toMatchObject(refused);
    expect(await test.as(mei).requests.get({ id: requestId })).toMatchObject({ state: "waiting", decisions: [] });
    const event = await store.database.auditEvent.findFirst({
      where: { action: "requests.decide", requestId },
      include: { outcome: true },
    });
    expect(event?.outcome).toMatchObject({ outcome: "DENIED", error: "reason_required" });
  });

  it("is kept where it is given, also where the platform has no place for it", async () => {
    const { requestId } = await makeBot(store.database);
    expect(await decide(requestId, "广告")).toMatchObject({ state: "held", decision: { reason: "广告" } });
  });

  it("is not asked of other decisions and other kinds", async () => {
    const { requestId } = await makeBot(store.database);
    expect(await decide(requestId, "", "ignore")).toMatchObject({ state: "ignored" });
    const other = await makeBot(store.database);
    await store.database.request.update({ where: { id: other.requestId }, data: { kind: "group_join" } });
    expect(await decide(other.requestId, "")).toMatchObject({ state: "held" });
  });
});

describe("placeholders in a reason", () => {
  const answers = { approve: true, deny: true, takesReason: true };
  async function request(applicantName: string): Promise<string> {
    const { requestId } = await makeBot(store.database, "门卫");
    await store.database.request.update({
      where: { id: requestId },
      data: { kind: "group_join", applicantName, groupId: "880700", groupName: "读书会", answers },
    });
    return requestId;
  }
  const decide = (id: string, reason: string) => test.as(mei).requests.decide({ id, version: 1, verb: "deny", reason });

  it("are filled from the request, its bot and who decides", async () => {
    const id = await request("南风");
    const { decision } = await decide(id, "{{name}}，{{group}}（{{ groupId }}）由 {{operator}} 与 {{bot}} 管理");
    expect(decision?.reason).toBe("南风，读书会（880700）由 Mei 与 门卫 管理");
  });

  it("that nobody filled stop the decision and are named", async () => {
    const id = await request("南风");
    await expect(decide(id, "{{name}}：请先阅读{{群规}}，{{group}} {{date of entry}}")).rejects.toMatchObject({
      cause: { code: "placeholder_left", detail: { names: "群规, date of entry" } },
    });
    expect(await test.as(mei).requests.get({ id })).toMatchObject({ state: "waiting" });
  });

  it("are never made by what a stranger calls themselves", async () => {
    const id = await request("{{群规}}{{group}}");
    const { decision } = await decide(id, "抱歉，{{name}}");
    expect(decision?.reason).toBe("抱歉，{ {群规} }{ {group} }");
  });
});
