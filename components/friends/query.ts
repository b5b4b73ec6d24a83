import type { FriendsQuery } from "@/lib/href";

export const friendLists = ["friends", "blocked", "oneWay", "nearby"] as const;
export type FriendList = (typeof friendLists)[number];

export const friendSorts = ["name", "bot", "category", "online"] as const;
export type FriendSort = (typeof friendSorts)[number];

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address of the friends' page; what is not of the expected kind is left out, so an old link still opens. */
export function readFriendsQuery(parameters: { get(name: string): string | null }): FriendsQuery {
  const bot = parameters.get("bot");
  const sort = parameters.get("sort");
  return {
    list: friendLists.find((name) => name === parameters.get("list") && name !== "friends") ?? null,
    bot: bot && uuid.test(bot) ? bot : null,
    category: parameters.get("category"),
    label: parameters.get("label"),
    text: parameters.get("text"),
    sort: friendSorts.some((name) => name === sort?.replace(/^-/, "")) ? sort : null,
    open: parameters.get("open"),
  };
}

/** The address as the API's filter. */
export function readFriendFilter(query: FriendsQuery) {
  const sort = friendSorts.find((name) => name === query.sort?.replace(/^-/, "")) ?? "name";
  return {
    ...(query.bot ? { botId: query.bot } : {}),
    ...(query.category ? { category: query.category } : {}),
    ...(query.label ? { label: query.label } : {}),
    ...(query.text ? { text: query.text } : {}),
    sort,
    isDescending: query.sort?.startsWith("-") ?? false,
  };
}

/** The friend that an address opens: `<bot>/<person>`. */
export function readOpen(open: string | null | undefined): { botId: string; userId: string } | null {
  const at = open?.indexOf("/") ?? -1;
  if (!open || at < 0) return null;
  const [botId, userId] = [open.slice(0, at), open.slice(at + 1)];
  return uuid.test(botId) && userId ? { botId, userId } : null;
}

/** What the API is asked for the first rows. Server page and browser ask the same, so their cache keys are the same. */
export const firstFriends = (filter: ReturnType<typeof readFriendFilter>) => ({ ...filter, offset: 0, limit: 100 });
