import { type Actor, botsWith } from "@/lib/actor";
import { mostCounted } from "@/lib/request";
import { readRequestFilter, readRequestsQuery } from "@/lib/request-query";
import type { ViewPage, ViewQuery } from "@/lib/view";
import type { Database } from "@/server/db/client";
import { countMatching } from "./facet";
import { listViews } from "./view";

/** How much is under each view that the operator sees, by its id; null where counting would cost too much. */
export async function countViews(database: Database, actor: Actor): Promise<Record<string, number | null>> {
  const views = await listViews(database, actor);
  const counts = await Promise.all(
    views.map(async ({ id, page, query }) => [id, await counters[page](database, actor, query)] as const),
  );
  return Object.fromEntries(counts);
}

type Count = (database: Database, actor: Actor, query: ViewQuery) => Promise<number | null>;

/** Counts go to the same cap as the queue's. */
const counters: Record<ViewPage, Count> = {
  requests: (database, actor, query) => {
    const parameters = { get: (name: string) => query[name] ?? null };
    return countMatching(database, actor, readRequestFilter(readRequestsQuery(parameters)));
  },
  groups: async (database, actor, { bot, text, role }) => {
    const where = { ...inSight(actor, "groups.view", bot), ...having(text), ...(role ? { ownRole: role } : {}) };
    return (await database.knownGroup.findMany({ where, select: { groupId: true }, take: mostCounted })).length;
  },
  friends: async (database, actor, { list, bot, category, text }) => {
    // Only the friends themselves are stored.
    if (list !== undefined && list !== "friends") return null;
    const where = {
      ...inSight(actor, "friends.view", bot),
      ...having(text),
      ...(category ? { categoryId: category } : {}),
    };
    return (await database.knownFriend.findMany({ where, select: { userId: true }, take: mostCounted })).length;
  },
  // The record grows for ever and has no counts of its own.
  audit: async () => null,
};

function inSight(actor: Actor, permission: "groups.view" | "friends.view", bot: string | undefined) {
  const bots = botsWith(actor, permission);
  if (bots === "all") return bot === undefined ? {} : { botId: bot };
  return { botId: { in: bot === undefined ? bots : bots.filter((id) => id === bot) } };
}

function having(text: string | undefined) {
  return text === undefined ? {} : { searchText: { contains: text.trim().toLowerCase() } };
}
