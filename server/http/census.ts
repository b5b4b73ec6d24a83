import type { Database } from "@/server/db/client";
import type { Census } from "./metrics";

/** Counts what /metrics tells from the database: requests by state, bots by truth. */
export async function takeCensus(database: Database): Promise<Census> {
  const [states, enabled, connected, online, able] = await Promise.all([
    database.request.groupBy({ by: ["state"], _count: true }),
    database.bot.count({ where: { isEnabled: true } }),
    database.bot.count({ where: { isConnected: true } }),
    database.bot.count({ where: { isOnline: true } }),
    database.bot.count({ where: { isAble: true } }),
  ]);
  return {
    queue: Object.fromEntries(states.map(({ state, _count }) => [state, _count])),
    bots: { enabled, connected, online, able },
  };
}
