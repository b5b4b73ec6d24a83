import { createServer, type Server } from "node:http";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { openMemberExport } from "@/server/desk/member-export";
import { Downloads } from "@/server/http/export";
import { createLogger } from "@/server/log";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { makeBot } from "../procedure-inputs";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let test: TestDesk;
let mei: Actor;
let napcat: Napcat;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  mei = await test.operator("moderator", null, "Mei");
  napcat = await start();
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

describe("ten thousand members", () => {
  let botId: string;
  const groupId = "60001";
  const count = 10_000;

  beforeAll(async () => {
    botId = (await makeBot(store.database)).botId;
    await store.database.roster.create({ data: { botId, kind: "members", groupId, readAt: new Date() } });
    await store.database.$executeRaw`
      INSERT INTO "KnownMember" ("botId", "groupId", "userId", "name", "card", "role", "title", "isMuted", "mutedUntil",
        "joinedAt", "lastSpokeAt", "searchText")
      SELECT ${botId}::uuid, ${groupId}, (70000 + n)::text, 'Member ' || (n % 100), '',
        CASE WHEN n = 1 THEN 'owner' WHEN n <= 5 THEN 'admin' ELSE 'member' END, CASE WHEN n % 50 = 0 THEN '=cmd' ELSE '' END,
        CASE WHEN n % 10 = 0 THEN NULL ELSE FALSE END,
        CASE WHEN n % 20 = 0 THEN now() + interval '1 hour' WHEN n % 10 = 0 THEN now() - interval '1 hour' END,
        timestamptz '2026-01-01Z' + n * interval '1 minute',
        CASE WHEN n % 3 = 0 THEN NULL ELSE timestamptz '2026-06-01Z' - n * interval '1 minute' END,
        'member ' || (n % 100) || E'\n' || (70000 + n)
      FROM generate_series(1, ${count}) n`;
  });
  const ask = () => ({ botId, groupId });

  it("are paged without anybody twice or left out, whatever ties there are", async () => {
    const seen: string[] = [];
    for (let offset = 0; offset < count; offset += 200) {
      const page = await test.as(mei).members.page({ ...ask(), order: { by: "name" }, offset, limit: 200 });
      expect(page.total).toBe(count);
      seen.push(...page.rows.map((row) => row.userId));
    }
    expect(new Set(seen).size).toBe(count);
    const { ids, total } = await test.as(mei).members.ids({ ...ask(), order: { by: "name" } });
    expect(ids).toEqual(seen);
    expect(total).toBe(count);
  });

  it("bear a mark that tells whether others are among them, in any order and on any page", async () => {
    const mark = async () => (await test.as(mei).members.page({ ...ask(), limit: 1 })).mark;
    const { mark: first } = await test.as(mei).members.ids({ ...ask(), order: { by: "joined", isDescending: true } });
    expect(await mark()).toBe(first);
    const member = { botId_groupId_userId: { ...ask(), userId: "70077" } };
    await store.database.knownMember.update({ where: member, data: { card: "Another card" } });
    expect(await mark()).toBe(first);
    // One goes and one comes: as many as before, and others.
    await store.database.knownMember.update({ where: member, data: { userId: "90077" } });
    expect(await mark()).not.toBe(first);
    await store.database.knownMember.update({
      where: { botId_groupId_userId: { ...ask(), userId: "90077" } },
      data: { userId: "70077", card: "" },
    });
    expect(await mark()).toBe(first);
  });

  it("are sorted by any column, what is not told last either way", async () => {
    const first = async (by: "role" | "joined" | "spoke" | "muted", isDescending: boolean) =>
      (await test.as(mei).members.page({ ...ask(), order: { by, isDescending }, limit: 5 })).rows;
    expect((await first("role", false)).map((row) => row.role)).toEqual(["owner", "admin", "admin", "admin", "admin"]);
    expect((await first("joined", true))[0]?.userId).toBe("80000");
    expect((await first("joined", false))[0]?.userId).toBe("70001");
    expect((await first("spoke", true))[0]?.userId).toBe("70001");
    for (const isDescending of [true, false])
      for (const row of await first("muted", isDescending)) expect(row.mutedUntil).not.toBeNull();
  });

  it("are narrowed by text, role, mute and times, and the summary counts them", async () => {
    const total = async (filter: Parameters<ReturnType<typeof test.as>["members"]["page"]>[0]["filter"]) =>
      (await test.as(mei).members.page({ ...ask(), filter })).total;
    expect(await total({ text: "MEMBER 42" })).toBe(100);
    expect(await total({ text: "70042" })).toBe(1);
    expect(await total({ text: "%" })).toBe(0);
    expect(await total({ role: "admin" })).toBe(4);
    expect(await total({ isMuted: true })).toBe(500);
    expect(await total({ isMuted: false })).toBe(9_500);
    expect(await total({ joinedTo: new Date("2026-01-01T01:00:00Z") })).toBe(60);
    expect(await total({ role: "admin", isMuted: true })).toBe(0);
    const summary = await test.as(mei).members.summary(ask());
    expect(summary).toMatchObject({
      ...{ total: count, muted: 500, roles: { owner: 1, admin: 4, member: 9_995, unknown: 0 } },
      has: { title: true, level: false, online: false, joined: true, spoke: true, muted: true },
    });
  });

  it("are handed out as a file, formulas guarded, each line once, and it stands in the record", async () => {
    const open = (actor: Actor, role?: "admin") =>
      openMemberExport(test.desk, {
        ...{ actor, correlationId: uuid(), authenticate: async () => actor, ...ask() },
        filter: role ? { role } : {},
        order: { by: "joined", isDescending: false },
      });
    const downloads = new Downloads(() => open(mei), createLogger("silent"));
    const server: Server = createServer((request, response) => void downloads.post(request, response));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "",
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    await downloads.close();
    server.close();
    const lines = bytes.toString("utf8").split("\r\n");
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(lines).toHaveLength(count + 2);
    expect(lines[1]).toMatch(/^70001,Member 1,,owner,/);
    expect(lines[50]).toContain(",'=cmd,");
    const event = await store.database.auditEvent.findFirstOrThrow({
      where: { action: "members.export", botId },
      include: { outcome: true },
    });
    expect(event).toMatchObject({ groupId, actorName: "Mei", outcome: { outcome: "OK", after: { count } } });
    const stranger = await test.operator("moderator", (await makeBot(store.database)).botId);
    await expect(open(stranger)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("one member", () => {
  const groupId = "60002";
  let botId: string;

  beforeAll(async () => {
    napcat.world.addGroup({ groupId, groupName: "Chess" }, [
      { userId: "90001", nickname: "Ann", role: "owner" },
      { userId: "90002", nickname: "Bob" },
      { userId: "90003", nickname: "Cy" },
    ]);
    botId = await test.connect(napcat);
    await test.desk.rosters.read(botId, "members", groupId);
  });
  const one = (userId: string) => ({ botId, groupId, userId });

  it("is muted, seen to be, and unmuted; the list shows it at once", async () => {
    expect(await test.as(mei).members.mute({ ...one("90002"), seconds: 600 })).toEqual({ state: "confirmed" });
    const [muted] = await test.as(mei).members.rows({ botId, groupId, userIds: ["90002"] });
    expect(muted).toMatchObject({ isMuted: true, mutedUntil: expect.any(Date) });
    expect(await test.as(mei).members.mute({ ...one("90002"), seconds: 0 })).toEqual({ state: "confirmed" });
    const [free] = await test.as(mei).members.rows({ botId, groupId, userIds: ["90002"] });
    expect(free).toMatchObject({ isMuted: false, mutedUntil: null });
    napcat.faults.okWithoutActing("set_group_ban");
    expect(await test.as(mei).members.mute({ ...one("90002"), seconds: 600 })).toEqual({ state: "sent" });
  });

  it("gets a card, is shown with everything known, and is removed", async () => {
    expect(await test.as(mei).members.card({ ...one("90002"), card: "Bobby" })).toEqual({ state: "confirmed" });
    const found = await test.as(mei).members.page({ botId, groupId, filter: { text: "bobby" } });
    expect(found.rows.map((row) => row.userId)).toEqual(["90002"]);
    const shown = await test.as(mei).members.get(one("90002"));
    expect(shown).toMatchObject({ isFresh: true, member: { card: "Bobby" }, raw: { user_id: "90002" } });
    expect(await test.as(mei).members.kick({ ...one("90002"), block: true })).toEqual({ state: "confirmed" });
    expect(napcat.world.groups.get(groupId)?.refused.has("90002")).toBe(true);
    expect((await test.as(mei).members.page({ botId, groupId })).total).toBe(3);
  });

  it("changes in the list as the platform tells of it", async () => {
    napcat.world.leave(groupId, "90003");
    await until(test.desk, async () => {
      const { total } = await test.as(mei).members.page({ botId, groupId });
      return total === 2 ? true : undefined;
    });
    napcat.world.join(groupId, { userId: "90004", nickname: "Dee" }, "approve", "90001");
    await until(test.desk, async () => {
      const { rows } = await test.as(mei).members.page({ botId, groupId });
      return rows.some((row) => row.userId === "90004") || undefined;
    });
  });

  it("is refused by the platform with its words, and by the desk without the permission", async () => {
    napcat.faults.failNext("set_group_kick", "not today");
    await expect(test.as(mei).members.kick(one("90004"))).rejects.toMatchObject({
      cause: { code: "platform_refused", text: "not today" },
    });
    await expect(test.as(mei).members.promote({ ...one("90004"), isAdmin: true })).rejects.toMatchObject({
      cause: { code: "forbidden" },
    });
  });
});
