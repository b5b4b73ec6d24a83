import type { Database } from "@/server/db/client";
import { readPreferences } from "./preference";

/** So many are removed at once: a busy conversation must not wait for a month of it to go. */
const atOnce = 1_000;

/**
 * Forgets messages that are older than the desk keeps them, counted from when they came here, and conversations in which
 * nothing is left and that no platform lists. What is under way stays. By the database's clock; several instances may do
 * it at once.
 * @returns how many of each.
 */
export async function forgetMessages(database: Database): Promise<{ messages: number; conversations: number }> {
  const { messageDays } = await readPreferences(database);
  const hours = Math.max(1, messageDays * 24);
  let messages = 0;
  for (;;) {
    // What was read back as whole has a beginning again: what lies before it is the platform's to tell.
    const count = await database.$executeRaw`
      WITH old AS (
        SELECT "id", "conversationId" FROM "Message"
        WHERE "arrivedAt" < now() - make_interval(hours => ${hours}::int) AND "takenBy" IS NULL
        ORDER BY "arrivedAt" LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
      ), open AS (
        UPDATE "Conversation" SET "historyAt" = NULL, "historyNext" = NULL, "askedAt" = NULL
        WHERE "id" IN (SELECT "conversationId" FROM old) AND "historyAt" IS NOT NULL
      )
      DELETE FROM "Message" WHERE "id" IN (SELECT "id" FROM old)`;
    messages += count;
    if (count < atOnce) break;
  }
  const conversations = await database.$executeRaw`
    DELETE FROM "Conversation" c
    WHERE NOT EXISTS (SELECT 1 FROM "Message" m WHERE m."conversationId" = c."id")
      AND COALESCE(c."lastAt", '-infinity') < now() - make_interval(hours => ${hours}::int)
      AND COALESCE(c."askedAt", '-infinity') < now() - interval '1 hour'`;
  return { messages, conversations };
}
