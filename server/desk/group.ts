import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { GroupRole, GroupSort } from "@/lib/group";
import type { Platform } from "@/lib/platform";
import { openStates } from "@/lib/request";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { type ListedId, type ListedIds, mostListed, pairs, type RowId, toListedIds } from "./row-id";
import { toWords } from "./search";

/** A group as the list shows it. What the platform does not tell is null. */
export interface GroupRow {
  bot: { id: string; name: string; platform: Platform };
  groupId: string;
  name: string;
  remark: string | null;
  avatar: string | null;
  intro: string | null;
  memberCount: number | null;
  memberLimit: number | null;
  ownerId: string | null;
  ownRole: GroupRole | null;
  isMuted: boolean | null;
  /** Requests of this group that still need a person; null: not for this operator to see. */
  waiting: number | null;
}

export interface GroupFilter {
  botId?: string | undefined;
  text?: string | undefined;
  role?: GroupRole | undefined;
  sort: GroupSort;
}

type Stored = Omit<GroupRow, "bot" | "waiting"> & { botId: string; botName: string; platform: Platform };

/** What the account is in it: as the platform says, or read off its owner or off the members that are known. */
const ownRole = Prisma.sql`COALESCE(
  g."ownRole", CASE WHEN g."ownerId" = b."accountId" THEN 'owner' END, NULLIF(m."role", 'unknown'))`;

const columns = Prisma.sql`
  g."botId", b."name" AS "botName", b."platform", g."groupId", g."name", g."remark", g."avatar", g."intro",
  g."memberCount", g."memberLimit", g."ownerId", ${ownRole} AS "ownRole", g."isMuted"`;

const source = Prisma.sql`
  "KnownGroup" g JOIN "Bot" b ON b."id" = g."botId"
  LEFT JOIN "KnownMember" m ON m."botId" = g."botId" AND m."groupId" = g."groupId" AND m."userId" = b."accountId"`;

/** Always the same order: groups of one name or size by bot and id. */
const orders: Record<GroupSort, Prisma.Sql> = {
  name: Prisma.sql`lower(g."name"), g."botId", g."groupId"`,
  "-name": Prisma.sql`lower(g."name") DESC, g."botId" DESC, g."groupId" DESC`,
  members: Prisma.sql`g."memberCount" NULLS LAST, lower(g."name"), g."botId", g."groupId"`,
  "-members": Prisma.sql`g."memberCount" DESC NULLS LAST, lower(g."name"), g."botId", g."groupId"`,
};

/** Groups of the bots whose groups this operator may see: a part of the whole list, and how many there are in all. */
export async function listGroups(
  database: Database,
  actor: Actor,
  filter: GroupFilter,
  part: { offset: number; limit: number },
): Promise<{ items: GroupRow[]; total: number }> {
  const where = conditions(actor, filter);
  const [rows, [count]] = await Promise.all([
    database.$queryRaw<Stored[]>`
      SELECT ${columns} FROM ${source} WHERE ${where} ORDER BY ${orders[filter.sort]}
      LIMIT ${part.limit} OFFSET ${part.offset}`,
    database.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS "total" FROM ${source} WHERE ${where}`,
  ]);
  return { items: await withWaiting(database, actor, rows), total: count?.total ?? 0 };
}

/** The ids of all groups under a filter, in order, at most `mostListed`; `total` says how many there are. */
export async function listGroupIds(database: Database, actor: Actor, filter: GroupFilter): Promise<ListedIds> {
  const rows = await database.$queryRaw<ListedId[]>`
    SELECT g."botId", g."groupId" AS "id", count(*) OVER ()::int AS "total" FROM ${source}
    WHERE ${conditions(actor, filter)} ORDER BY ${orders[filter.sort]} LIMIT ${mostListed}`;
  return toListedIds(rows);
}

/** These groups, as far as they are in the lists of bots whose groups the operator may see. */
export async function readGroups(database: Database, actor: Actor, ids: readonly RowId[]): Promise<GroupRow[]> {
  const rows = await database.$queryRaw<Stored[]>`
    SELECT ${columns} FROM ${source} WHERE ${conditions(actor, {})}
      AND (g."botId", g."groupId") IN (${pairs(ids)})`;
  return await withWaiting(database, actor, rows);
}

/** How many groups are under a filter, up to `most`. */
export async function tallyGroups(
  database: Database,
  actor: Actor,
  filter: Omit<GroupFilter, "sort">,
  most: number,
): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM (
    SELECT 1 FROM ${source} WHERE ${conditions(actor, filter)} LIMIT ${most}) t`;
  return row?.count ?? 0;
}

/** One group as it is stored; null when it is in no list that was read. Whether the bot may be seen is the caller's to check. */
export async function findGroup(
  database: Database,
  actor: Actor,
  botId: string,
  groupId: string,
): Promise<GroupRow | null> {
  const rows = await database.$queryRaw<Stored[]>`
    SELECT ${columns} FROM ${source} WHERE g."botId" = ${botId}::uuid AND g."groupId" = ${groupId}`;
  return (await withWaiting(database, actor, rows))[0] ?? null;
}

/**
 * What ends something is confirmed by the group's name, here too: a page that is not the desk's own cannot leave it out.
 * A group without a name is called by its id. Throws DeskError `name_mismatch`.
 */
export async function requireName(database: Database, botId: string, groupId: string, typed: string): Promise<void> {
  const group = await database.knownGroup.findUnique({ where: { botId_groupId: { botId, groupId } } });
  if (!group) throw new DeskError("not_found");
  if (typed.trim() !== (group.name.trim() || groupId)) throw new DeskError("name_mismatch");
}

/** Members of a group that hold the words, but for the account itself: a few, by name. */
export async function searchMembers(
  database: Database,
  botId: string,
  groupId: string,
  text: string,
): Promise<{ userId: string; name: string; card: string | null }[]> {
  const bot = await database.bot.findUnique({ where: { id: botId }, select: { accountId: true } });
  const words = toWords(text);
  return await database.knownMember.findMany({
    where: {
      ...{ botId, groupId },
      ...(bot?.accountId ? { userId: { not: bot.accountId } } : {}),
      ...(words ? { searchText: { contains: words } } : {}),
    },
    orderBy: [{ name: "asc" }, { userId: "asc" }],
    take: 20,
    select: { userId: true, name: true, card: true },
  });
}

function conditions(actor: Actor, { botId, text, role }: Omit<GroupFilter, "sort">): Prisma.Sql {
  const bots = botsWith(actor, "groups.view");
  const words = toWords(text);
  return Prisma.join(
    [
      bots === "all" ? Prisma.sql`TRUE` : Prisma.sql`g."botId" = ANY(${bots}::uuid[])`,
      ...(botId ? [Prisma.sql`g."botId" = ${botId}::uuid`] : []),
      // `%`, `_` and `\` are letters like any other.
      ...(words ? [Prisma.sql`g."searchText" LIKE ${`%${words.replace(/[\\%_]/g, "\\$&")}%`}`] : []),
      ...(role ? [Prisma.sql`${ownRole} = ${role}`] : []),
    ],
    " AND ",
  );
}

/** Adds how many requests of each group wait, one query for them all. */
async function withWaiting(database: Database, actor: Actor, rows: Stored[]): Promise<GroupRow[]> {
  const asked = rows.filter((row) => can(actor, "requests.view", row.botId));
  const counts = await database.request.groupBy({
    by: ["botId", "groupId"],
    where: {
      botId: { in: [...new Set(asked.map((row) => row.botId))] },
      groupId: { in: asked.map((row) => row.groupId) },
      state: { in: [...openStates] },
    },
    _count: true,
  });
  const waiting = new Map(counts.map((each) => [`${each.botId} ${each.groupId}`, each._count]));
  return rows.map(({ botId, botName, platform, ...group }) => ({
    ...group,
    bot: { id: botId, name: botName, platform },
    waiting: can(actor, "requests.view", botId) ? (waiting.get(`${botId} ${group.groupId}`) ?? 0) : null,
  }));
}
