import { Client } from "pg";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeBot } from "@/server/desk/bot-registry";
import { createTestDatabase, type TestDatabase } from "../database";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let worker: Client;

beforeAll(async () => {
  store = await createTestDatabase();
  worker = new Client({ connectionString: store.url });
  await worker.connect();
});
afterAll(async () => {
  await worker.end();
  await store.drop();
});

/** Asks until somebody waits for a lock in this database: there is no notice of that. */
async function untilSomebodyWaits(): Promise<void> {
  const watcher = new Client({ connectionString: store.url });
  await watcher.connect();
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await watcher.query(waiting)).rowCount === 0);
  await watcher.end();
}

describe("removing a bot", () => {
  it("goes through although the worker takes the same rows in the other order", async () => {
    const { botId, botName, requestId } = await makeBot(store.database);
    const decision = { id: uuid(), requestId, verb: "approve", actor: {}, actorName: "Mei", correlationId: uuid() };
    await store.database.decision.create({ data: decision });
    await worker.query("begin");
    await worker.query(`select 1 from "Decision" where "id" = $1 for update`, [decision.id]);
    const removed = removeBot(store.database, botId, botName);
    // The bot and its request are its own by now; the decision is not.
    await untilSomebodyWaits();
    await worker.query(`select 1 from "Request" where "id" = $1 for update`, [requestId]);
    await worker.query("commit");
    await removed;
    expect(await store.database.bot.findUnique({ where: { id: botId } })).toBeNull();
    expect(await store.database.decision.count()).toBe(0);
  });
});
