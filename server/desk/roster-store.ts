import { toLine, toLines } from "@/server/audit/line";
import { Prisma } from "@/server/db/generated/client";
import type { Category, Friend, Group, Member } from "@/server/platforms/entity";

/** At most so much of a text of the platform's is kept. */
const most = { name: 200, text: 1_000, address: 2_000 };

/** One line, bounded, without what the database cannot hold. Null stays null: not told. */
function line(text: string | null, limit = most.name): string | null {
  return text === null ? null : toLine(text, limit);
}

/** The same for a text that may have several lines. */
function lines(text: string | null): string | null {
  return text === null ? null : toLines(text, most.text);
}

function searchable(...parts: (string | null)[]): string {
  return parts
    .filter((part) => part)
    .map((part) => line(part))
    .join("\n")
    .toLowerCase();
}

/** The columns of a table, with their types. */
type Columns = Readonly<Record<string, "text" | "int" | "boolean" | "timestamptz">>;

const groupColumns: Columns = {
  groupId: "text",
  name: "text",
  memberCount: "int",
  memberLimit: "int",
  ownerId: "text",
  ownRole: "text",
  avatar: "text",
  intro: "text",
  remark: "text",
  isMuted: "boolean",
  searchText: "text",
};

/** What a list may leave untold while the group itself tells it (group-reading.ts): told nothing, it stays as it was. */
const groupKeeps = new Set([
  "memberCount",
  "memberLimit",
  "ownerId",
  "ownRole",
  "avatar",
  "intro",
  "remark",
  "isMuted",
]);

/** Puts the groups of a bot in the place of those stored. @returns whether that changed anything. */
export async function storeGroups(tx: Prisma.TransactionClient, botId: string, groups: Group[]): Promise<boolean> {
  const rows = groups.map((group) => ({
    groupId: toLine(group.id, most.name),
    name: toLine(group.name, most.name),
    ...{ memberCount: group.memberCount, memberLimit: group.memberLimit, ownRole: group.ownRole },
    ...{ ownerId: line(group.ownerId), avatar: line(group.avatar, most.address), isMuted: group.isMuted },
    ...{ intro: lines(group.intro), remark: line(group.remark) },
    searchText: searchable(group.name, group.remark, group.id),
  }));
  const list = {
    table: "KnownGroup",
    owner: { botId },
    key: "groupId",
    columns: groupColumns,
    keeps: groupKeeps,
    rows,
  } as const;
  return await replace(tx, list);
}

const friendColumns: Columns = {
  userId: "text",
  name: "text",
  remark: "text",
  label: "text",
  avatar: "text",
  signature: "text",
  sex: "text",
  isOnline: "boolean",
  categoryId: "text",
  categoryName: "text",
  searchText: "text",
};

/** The same for the friends of a bot, with the category each is sorted into. */
export async function storeFriends(
  tx: Prisma.TransactionClient,
  botId: string,
  friends: Friend[],
  categories: Category[],
): Promise<boolean> {
  const sorted = new Map(categories.flatMap((category) => category.friends.map(({ id }) => [id, category] as const)));
  const rows = friends.map((friend) => {
    const category = sorted.get(friend.id);
    return {
      ...{ userId: toLine(friend.id, most.name), name: toLine(friend.name, most.name), sex: friend.sex },
      ...{ remark: line(friend.remark), label: line(friend.label), avatar: line(friend.avatar, most.address) },
      ...{ signature: lines(friend.signature), isOnline: friend.isOnline },
      ...{ categoryId: line(category?.id ?? null), categoryName: line(category?.name ?? null) },
      searchText: searchable(friend.name, friend.remark, friend.label, friend.id),
    };
  });
  return await replace(tx, { table: "KnownFriend", owner: { botId }, key: "userId", columns: friendColumns, rows });
}

const memberColumns: Columns = {
  userId: "text",
  name: "text",
  card: "text",
  role: "text",
  title: "text",
  level: "int",
  avatar: "text",
  isMuted: "boolean",
  mutedUntil: "timestamptz",
  joinedAt: "timestamptz",
  lastSpokeAt: "timestamptz",
  searchText: "text",
};

/** The same for the members of a group. Who is online is another reading's and stays. */
export async function storeMembers(
  tx: Prisma.TransactionClient,
  botId: string,
  groupId: string,
  members: Member[],
): Promise<boolean> {
  const rows = members.map((member) => ({
    ...{ userId: toLine(member.id, most.name), name: toLine(member.name, most.name), role: member.role },
    ...{ card: line(member.card), title: line(member.title), level: member.level, isMuted: member.isMuted },
    avatar: line(member.avatar, most.address),
    ...{ mutedUntil: member.mutedUntil, joinedAt: member.joinedAt, lastSpokeAt: member.lastSpokeAt },
    searchText: searchable(member.name, member.card, member.title, member.id),
  }));
  const owner = { botId, groupId };
  return await replace(tx, { table: "KnownMember", owner, key: "userId", columns: memberColumns, rows });
}

/**
 * Removes what the list no longer has, writes what is new or different, leaves the rest untouched: of ten thousand
 * members a few change between two readings. Names of tables and columns are ours; values go as parameters.
 */
async function replace(
  tx: Prisma.TransactionClient,
  list: {
    table: "KnownGroup" | "KnownFriend" | "KnownMember";
    owner: { botId: string; groupId?: string };
    key: string;
    columns: Columns;
    /** Columns in which null leaves what is stored. */
    keeps?: ReadonlySet<string>;
    rows: readonly Record<string, unknown>[];
  },
): Promise<boolean> {
  const { table, owner, key, columns } = list;
  // A list that names somebody twice must not make the statement fail.
  const rows = [...new Map(list.rows.map((row) => [row[key], row])).values()];
  const name = (column: string) => Prisma.raw(`"${column}"`);
  const names = Object.keys(columns);
  const shape = Prisma.raw(names.map((column) => `"${column}" ${columns[column]}`).join(", "));
  const given = Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(${shape})`;
  const { botId, groupId } = owner;
  const mine =
    groupId === undefined
      ? Prisma.sql`"botId" = ${botId}::uuid`
      : Prisma.sql`"botId" = ${botId}::uuid AND "groupId" = ${groupId}`;
  const removed = await tx.$executeRaw`
    DELETE FROM ${name(table)} known WHERE ${mine}
      AND NOT EXISTS (SELECT 1 FROM ${given} WHERE given.${name(key)} = known.${name(key)})`;
  const isScoped = groupId !== undefined;
  const owned = isScoped ? Prisma.raw(`"botId", "groupId"`) : Prisma.raw(`"botId"`);
  const owning = isScoped ? Prisma.sql`${botId}::uuid, ${groupId}` : Prisma.sql`${botId}::uuid`;
  const columnList = Prisma.raw(names.map((column) => `"${column}"`).join(", "));
  const rest = names.filter((column) => column !== key);
  const value = (column: string) =>
    list.keeps?.has(column) ? `COALESCE(EXCLUDED."${column}", known."${column}")` : `EXCLUDED."${column}"`;
  const set = Prisma.raw(rest.map((column) => `"${column}" = ${value(column)}`).join(", "));
  const old = Prisma.raw(rest.map((column) => `known."${column}"`).join(", "));
  const next = Prisma.raw(rest.map(value).join(", "));
  const written = await tx.$executeRaw`
    INSERT INTO ${name(table)} AS known (${owned}, ${columnList})
    SELECT ${owning}, ${columnList} FROM ${given}
    ON CONFLICT (${owned}, ${name(key)}) DO UPDATE SET ${set}
    WHERE (${old}) IS DISTINCT FROM (${next})`;
  return removed + written > 0;
}
