import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BotLog, keptLines } from "@/server/gateway/bot-log";
import { createTestDatabase, type TestDatabase } from "../database";
import { addBot } from "../people";

let store: TestDatabase;
let botId: string;
let now = 0;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  botId = await addBot(store.database, uuid());
});

const lines = () => store.database.botEvent.findMany({ where: { botId }, orderBy: { id: "desc" } });

describe("the log of a bot", () => {
  it("takes some lines of a code a minute, and then says how many it left out", async () => {
    const log = new BotLog(store.database, () => now);
    for (let count = 0; count < 500; count += 1) await log.line(botId, "warn", "bad_json", {})?.();
    expect((await lines()).length).toBeLessThanOrEqual(30);
    await log.line(botId, "info", "connected", {})?.();
    now += 60_000;
    await log.line(botId, "warn", "bad_json", { length: 3 })?.();
    const [newest, before] = await lines();
    expect(newest?.detail).toEqual({ length: 3, skipped: 470 });
    expect(before?.code).toBe("connected");
  });

  it("keeps the newest lines of this bot, and all of the others", async () => {
    const other = await addBot(store.database, uuid());
    const old = (of: string) => ({ id: uuid(), botId: of, level: "info", code: "connecting" });
    await store.database.botEvent.createMany({ data: Array.from({ length: keptLines + 50 }, () => old(botId)) });
    await store.database.botEvent.create({ data: old(other) });
    await new BotLog(store.database, () => now).line(botId, "info", "connected", {})?.();
    const kept = await lines();
    expect(kept).toHaveLength(keptLines);
    expect(kept[0]?.code).toBe("connected");
    expect(await store.database.botEvent.count({ where: { botId: other } })).toBe(1);
  });
});
