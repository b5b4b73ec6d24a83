import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { housekeep } from "@/server/desk/housekeeping";
import { createTestDatabase, type TestDatabase } from "../database";

let store: TestDatabase;
const days = (count: number) => new Date(Date.now() + count * 86_400_000);

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

it("sessions that ended long ago are forgotten, living and lately ended ones are kept", async () => {
  const { database } = store;
  const operatorId = uuid();
  await database.operator.create({
    data: { id: operatorId, name: "Mei", email: "mei@example.org", passwordHash: "none" },
  });
  const session = async (expiresAt: Date, revokedAt: Date | null) => {
    const id = uuid();
    await database.session.create({ data: { id, operatorId, expiresAt, revokedAt, address: "", userAgent: "" } });
    return id;
  };
  const living = await session(days(10), null);
  const lately = await session(days(10), days(-2));
  await session(days(-31), null);
  await session(days(5), days(-31));
  expect(await housekeep(database)).toMatchObject({ sessions: 2 });
  const left = await database.session.findMany({ select: { id: true }, orderBy: { id: "asc" } });
  expect(left.map(({ id }) => id)).toEqual([living, lately].sort());
});

it("failed sign-ins are forgotten after a day, unless they still block", async () => {
  const { database } = store;
  const row = (key: string, blockedUntil: Date, updatedAt: Date) =>
    database.throttle.create({ data: { key, failures: 3, blockedUntil, updatedAt } });
  await row("old", days(-2), days(-2));
  await row("blocking", days(1), days(-2));
  await row("fresh", days(-0.1), days(-0.1));
  expect(await housekeep(database)).toMatchObject({ throttles: 1 });
  expect((await database.throttle.findMany()).map(({ key }) => key).sort()).toEqual(["blocking", "fresh"]);
});

it("messages are forgotten after the days the desk keeps them, and the conversations that are empty then", async () => {
  const { database } = store;
  const bot = await database.bot.create({ data: { name: "bot", platform: "napcat", connection: {} } });
  const chat = async (peerId: string, ages: number[]) => {
    const row = { botId: bot.id, peerTo: "person", peerId, lastAt: days(-Math.min(...ages)), historyAt: days(-30) };
    const { id } = await database.conversation.create({ data: row });
    const said = ages.map((age) => ({
      conversationId: id,
      key: `id:${age}`,
      at: days(-age),
      arrivedAt: days(-age),
      pieces: [],
    }));
    await database.message.createMany({ data: said });
    return id;
  };
  const lively = await chat("1", [1, 6, 8, 20]);
  const over = await chat("2", [8, 9]);
  const left = async (id: string) => (await database.message.findMany({ where: { conversationId: id } })).length;
  expect(await housekeep(database)).toMatchObject({ messages: 4, conversations: 1 });
  expect([await left(lively), await database.conversation.count({ where: { id: over } })]).toEqual([2, 0]);
  // What is gone here is the platform's to tell again.
  expect(await database.conversation.findUnique({ where: { id: lively } })).toMatchObject({ historyAt: null });
  await database.setting.create({ data: { key: "desk.messageDays", value: 0 } });
  expect(await housekeep(database)).toMatchObject({ messages: 2, conversations: 1 });
});

it("acts over many members are forgotten after 90 days, unless something of them still waits", async () => {
  const { database } = store;
  const bot = await database.bot.create({ data: { name: "bot", platform: "napcat", connection: {} } });
  const task = async (age: number, state: string) => {
    const id = uuid();
    const who = { actor: {}, actorName: "Mei", correlationId: uuid() };
    const items = { create: [{ userId: "1", name: "", position: 0, state }] };
    await database.task.create({
      data: { id, botId: bot.id, groupId: "1", verb: "mute", ...who, createdAt: days(-age), items },
    });
    return id;
  };
  await task(91, "confirmed");
  const kept = [await task(89, "confirmed"), await task(91, "queued")];
  expect(await housekeep(database)).toMatchObject({ tasks: 1 });
  const left = await database.task.findMany({ select: { id: true } });
  expect(left.map(({ id }) => id).sort()).toEqual(kept.sort());
});
