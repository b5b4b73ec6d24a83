import type { Database } from "@/server/db/client";
import type { KnownFriend } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import type { Category, Friend } from "@/server/platforms/entity";
import { type Doing, perform } from "./perform";
import type { Rosters } from "./roster";

interface Parts {
  database: Database;
  connections: Connections;
  rosters: Rosters;
}

type Result = Promise<{ state: "confirmed" | "sent" }>;

/** Asks somebody to be a friend. Whether they say yes is theirs to say: sent, unless they are one already. */
export async function addFriend(
  parts: Parts,
  doing: Doing<"friends.add">,
  input: { userId: string; reason: string },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["friends.add"](input.userId, input.reason),
    () => seenInList(parts, doing.botId, input.userId, (friend) => friend !== null),
  );
  return { state };
}

/** Ends a friendship. Confirmed when the list has them no more. */
export async function removeFriend(
  parts: Parts,
  doing: Doing<"friends.remove">,
  { userId, ...also }: { userId: string; block: boolean; vanish: boolean },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["friends.remove"](userId, also),
    () => seenInList(parts, doing.botId, userId, (friend) => friend === null),
  );
  return { state };
}

/** What the account calls a friend; "" takes it away. */
export async function remarkFriend(
  parts: Parts,
  doing: Doing<"friends.remark">,
  { userId, remark }: { userId: string; remark: string },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["friends.remark"](userId, remark),
    () => seenInList(parts, doing.botId, userId, (friend) => (friend?.remark ?? "") === remark),
  );
  return { state };
}

/** The account's label of a friend; "" takes it away. */
export async function labelFriend(
  parts: Parts,
  doing: Doing<"friends.label">,
  { userId, label }: { userId: string; label: string },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["friends.label"](userId, label),
    () => seenInList(parts, doing.botId, userId, (friend) => (friend?.label ?? "") === label),
  );
  return { state };
}

/** Blocks somebody, friend or not. Confirmed when the list of the blocked has them. */
export async function blockPerson(parts: Parts, doing: Doing<"friends.block">, userId: string): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["friends.block"](userId),
    async (bot) => has(await bot["friends.blocked"]?.(), userId),
  );
  await parts.rosters.stale(doing.botId, "friends");
  return { state };
}

/** Lets them out of the list of the blocked. */
export async function unblockPerson(parts: Parts, doing: Doing<"friends.unblock">, userId: string): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["friends.unblock"](userId),
    async (bot) => {
      const isThere = has(await bot["friends.blocked"]?.(), userId);
      return isThere === null ? null : !isThere;
    },
  );
  await parts.rosters.stale(doing.botId, "friends");
  return { state };
}

/** Likes somebody's card. No platform shows to the giver what it gave. */
export async function likePerson(
  parts: Parts,
  doing: Doing<"people.like">,
  { userId, times }: { userId: string; times: number },
): Result {
  const { state } = await perform(parts, doing, (bot) => bot["people.like"](userId, times));
  return { state };
}

export async function createCategory(parts: Parts, doing: Doing<"categories.create">, name: string): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["categories.create"](name, []),
    async (bot) => some(await bot["categories.list"]?.(), (category) => category.name === name),
  );
  return { state };
}

export async function renameCategory(
  parts: Parts,
  doing: Doing<"categories.rename">,
  { categoryId, name }: { categoryId: string; name: string },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["categories.rename"](categoryId, name),
    async (bot) => some(await bot["categories.list"]?.(), ({ id, name: is }) => id === categoryId && is === name),
  );
  await parts.rosters.stale(doing.botId, "friends");
  return { state };
}

/** The friends in it stay friends. */
export async function removeCategory(parts: Parts, doing: Doing<"categories.remove">, categoryId: string): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["categories.remove"](categoryId),
    async (bot) => {
      const isThere = some(await bot["categories.list"]?.(), ({ id }) => id === categoryId);
      return isThere === null ? null : !isThere;
    },
  );
  await parts.rosters.stale(doing.botId, "friends");
  return { state };
}

/** Sorts a friend into a category. */
export async function assignCategory(
  parts: Parts,
  doing: Doing<"categories.assign">,
  { categoryId, userId }: { categoryId: string; userId: string },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["categories.assign"](categoryId, [userId]),
    () => isSorted(parts, doing.botId, userId, categoryId, true),
  );
  return { state };
}

/** Takes a friend out of a category. */
export async function unassignCategory(
  parts: Parts,
  doing: Doing<"categories.unassign">,
  { categoryId, userId }: { categoryId: string; userId: string },
): Result {
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["categories.unassign"](categoryId, [userId]),
    () => isSorted(parts, doing.botId, userId, categoryId, false),
  );
  return { state };
}

async function isSorted(parts: Parts, botId: string, userId: string, categoryId: string, isIn: boolean) {
  return await seenInList(parts, botId, userId, (friend) => (friend?.categoryId === categoryId) === isIn);
}

/**
 * Reads the whole list again, stores it, and looks there: the same reading proves the act and renews every screen.
 * Null: it could not be read.
 */
async function seenInList(
  { database, rosters }: Parts,
  botId: string,
  userId: string,
  is: (friend: KnownFriend | null) => boolean,
): Promise<boolean | null> {
  await rosters.stale(botId, "friends");
  await rosters.read(botId, "friends");
  const { error } = await rosters.ask(botId, "friends");
  if (error !== null) return null;
  return is(await database.knownFriend.findUnique({ where: { botId_userId: { botId, userId } } }));
}

/** Null: there is no such list to look at. */
function some<T>(items: readonly T[] | undefined, is: (item: T) => boolean): boolean | null {
  return items === undefined ? null : items.some(is);
}

function has(friends: Friend[] | undefined, userId: string): boolean | null {
  return some(friends, ({ id }) => id === userId);
}

/** A category as it is chosen from: without its friends, who are in the list. */
export function toCategoryName({ id, name, friends }: Category): { id: string; name: string; count: number } {
  return { id, name, count: friends.length };
}
