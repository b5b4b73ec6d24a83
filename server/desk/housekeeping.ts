import type { Database } from "@/server/db/client";
import { forgetMessages } from "./message-keeping";
import { forgetTasks } from "./task-keeping";

/** How often it is done, ms. */
export const housekeepingMs = 3_600_000;

/** How many rows of each were removed. */
export interface Removed {
  sessions: number;
  throttles: number;
  messages: number;
  conversations: number;
  tasks: number;
}

/**
 * Forgets what nobody needs any more: sessions that ended a month ago, failed sign-ins of a day ago, messages that are
 * older than the desk keeps them, and acts over many members that are long over. The database's clock decides, and running it in several instances at once does no harm.
 * @returns how many rows of each were removed.
 */
export async function housekeep(database: Database): Promise<Removed> {
  const sessions = await database.$executeRaw`
    DELETE FROM "Session" WHERE LEAST("expiresAt", COALESCE("revokedAt", "expiresAt")) < now() - interval '30 days'`;
  const throttles = await database.$executeRaw`
    DELETE FROM "Throttle"
    WHERE "blockedUntil" < now() AND "updatedAt" < now() - interval '1 day'`;
  return { sessions, throttles, ...(await forgetMessages(database)), tasks: await forgetTasks(database) };
}
