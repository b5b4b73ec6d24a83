import type { Actor } from "@/lib/actor";
import { groupRoles } from "@/lib/group";
import { mostCounted } from "@/lib/request";
import { readRequestFilter, readRequestsQuery } from "@/lib/request-query";
import type { ViewPage, ViewQuery } from "@/lib/view";
import type { Database } from "@/server/db/client";
import { tallyConversations } from "./conversation";
import { countMatching } from "./facet";
import { tallyFriends } from "./friend";
import { tallyGroups } from "./group";
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
  groups: (database, actor, { bot: botId, text, role }) =>
    tallyGroups(database, actor, { botId, text, role: groupRoles.find((name) => name === role) }, mostCounted),
  friends: async (database, actor, { list, bot: botId, category, label, text }) => {
    // Only the friends themselves are stored.
    if (list !== undefined && list !== "friends") return null;
    return await tallyFriends(database, actor, { botId, category, label, text }, mostCounted);
  },
  chats: (database, actor, { bot: botId, text, unread }) =>
    tallyConversations(database, actor, { botId, text, unread: unread === "on" }, mostCounted),
  // The record grows for ever and has no counts of its own.
  audit: async () => null,
};
