import type { Database } from "@/server/db/client";
import type { Platform } from "@/server/platforms/row";

/**
 * Takes the id of a message of ours for good: false when any bot of the platform ever used it. Two bots may be one account,
 * and a bot that was removed may come back, so it is not asked whose it was.
 */
export async function reserveMessageId(database: Database, platform: Platform, value: string): Promise<boolean> {
  const { count } = await database.usedMessageId.createMany({ data: [{ platform, value }], skipDuplicates: true });
  return count === 1;
}
