import { type Actor, botsWith } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Platform } from "@/lib/platform";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { all } from "./filter";
import { type ListedId, type ListedIds, mostListed, pairs, type RowId, toListedIds } from "./row-id";

export const friendSorts = ["name", "bot", "category", "online"] as const;
export type FriendSort = (typeof friendSorts)[number];

/** What the list of friends can be narrowed to. Categories and labels by their names, for each account has its own. */
export interface FriendFilter {
  botId?: string | undefined;
  text?: string | undefined;
  category?: string | undefined;
  label?: string | undefined;
}

/** A friend of one bot. The same person is there once for each bot they are a friend of. */
export interface FriendRow {
  bot: { id: string; name: string; platform: Platform };
  userId: string;
  name: string;
  remark: string | null;
  label: string | null;
  avatar: string | null;
  signature: string | null;
  sex: string | null;
  isOnline: boolean | null;
  categoryId: string | null;
  categoryName: string | null;
}

type Stored = Omit<FriendRow, "bot"> & { botId: string; botName: string; platform: string };

const columns = Prisma.sql`
  f."botId", b."name" AS "botName", b."platform", f."userId", f."name", f."remark", f."label", f."avatar", f."signature",
  f."sex", f."isOnline", f."categoryId", f."categoryName"`;

/** A part of the list, searched, sorted and cut in the database. `count`: how many the whole of it has. */
export async function listFriends(
  database: Database,
  actor: Actor,
  filter: FriendFilter,
  page: { sort: FriendSort; isDescending: boolean; offset: number; limit: number },
): Promise<{ items: FriendRow[]; count: number }> {
  const where = all(conditionsOf(actor, filter));
  const [rows, [counted]] = await Promise.all([
    database.$queryRaw<Stored[]>`
      SELECT ${columns} FROM "KnownFriend" f JOIN "Bot" b ON b."id" = f."botId" WHERE ${where}
      ORDER BY ${orderOf(page.sort, page.isDescending)} LIMIT ${page.limit} OFFSET ${page.offset}`,
    database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM "KnownFriend" f WHERE ${where}`,
  ]);
  return { items: rows.map(toFriendRow), count: counted?.count ?? 0 };
}

/** The ids of all friends under a filter, in order, at most `mostListed`; `total` says how many there are. */
export async function listFriendIds(
  database: Database,
  actor: Actor,
  filter: FriendFilter,
  order: { sort: FriendSort; isDescending: boolean },
): Promise<ListedIds> {
  const rows = await database.$queryRaw<ListedId[]>`
    SELECT f."botId", f."userId" AS "id", count(*) OVER ()::int AS "total"
    FROM "KnownFriend" f JOIN "Bot" b ON b."id" = f."botId" WHERE ${all(conditionsOf(actor, filter))}
    ORDER BY ${orderOf(order.sort, order.isDescending)} LIMIT ${mostListed}`;
  return toListedIds(rows);
}

/** These friends, as far as they are in the lists of bots whose friends the operator may see. */
export async function readFriends(database: Database, actor: Actor, ids: readonly RowId[]): Promise<FriendRow[]> {
  const rows = await database.$queryRaw<Stored[]>`
    SELECT ${columns} FROM "KnownFriend" f JOIN "Bot" b ON b."id" = f."botId"
    WHERE ${all(conditionsOf(actor, {}))} AND (f."botId", f."userId") IN (${pairs(ids)})`;
  return rows.map(toFriendRow);
}

/** How many friends are under a filter, up to `most`. */
export async function tallyFriends(
  database: Database,
  actor: Actor,
  filter: FriendFilter,
  most: number,
): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM (
    SELECT 1 FROM "KnownFriend" f WHERE ${all(conditionsOf(actor, filter))} LIMIT ${most}) t`;
  return row?.count ?? 0;
}

/** One friend. Throws DeskError `not_found`. */
export async function getFriend(database: Database, actor: Actor, botId: string, userId: string): Promise<FriendRow> {
  const inSight = all(conditionsOf(actor, { botId }));
  const [row] = await database.$queryRaw<Stored[]>`
    SELECT f.*, b."name" AS "botName", b."platform" FROM "KnownFriend" f JOIN "Bot" b ON b."id" = f."botId"
    WHERE ${inSight} AND f."userId" = ${userId}`;
  if (!row) throw new DeskError("not_found");
  return toFriendRow(row);
}

/** What a list of friends offers to be narrowed by: names of categories and labels, with how many bear each. */
export async function countFriends(
  database: Database,
  actor: Actor,
  filter: Pick<FriendFilter, "botId">,
): Promise<{ categories: { name: string; count: number }[]; labels: { name: string; count: number }[] }> {
  const where = all(conditionsOf(actor, filter));
  const count = (column: string) => database.$queryRaw<{ name: string; count: number }[]>`
    SELECT f.${Prisma.raw(`"${column}"`)} AS "name", count(*)::int AS "count" FROM "KnownFriend" f
    WHERE ${where} AND f.${Prisma.raw(`"${column}"`)} <> '' GROUP BY 1 ORDER BY 1 LIMIT ${mostNames}`;
  const [categories, labels] = await Promise.all([count("categoryName"), count("label")]);
  return { categories, labels };
}

/** More names are not offered to choose from. */
const mostNames = 200;

function conditionsOf(actor: Actor, { botId, text, category, label }: FriendFilter): Prisma.Sql[] {
  const scope = botsWith(actor, "friends.view");
  const words = text?.trim().toLowerCase() ?? "";
  return [
    ...(scope === "all" ? [] : [Prisma.sql`f."botId" = ANY(${scope}::uuid[])`]),
    ...(botId ? [Prisma.sql`f."botId" = ${botId}::uuid`] : []),
    ...(category ? [Prisma.sql`f."categoryName" = ${category}`] : []),
    ...(label ? [Prisma.sql`f."label" = ${label}`] : []),
    // Literally: `%`, `_` and `\` are letters like any other.
    ...(words ? [Prisma.sql`f."searchText" LIKE ${`%${words.replace(/[\\%_]/g, "\\$&")}%`}`] : []),
  ];
}

const called = Prisma.sql`lower(COALESCE(NULLIF(f."remark", ''), f."name"))`;

/** By id in the end: a row must not be on two pages, or on none. */
function orderOf(sort: FriendSort, isDescending: boolean): Prisma.Sql {
  const way = Prisma.raw(isDescending ? "DESC" : "ASC");
  const last = Prisma.sql`f."userId", f."botId"`;
  switch (sort) {
    case "name":
      return Prisma.sql`${called} ${way}, ${last}`;
    case "bot":
      return Prisma.sql`b."name" ${way}, ${called}, ${last}`;
    case "category":
      return Prisma.sql`f."categoryName" ${way} NULLS LAST, ${called}, ${last}`;
    case "online":
      return Prisma.sql`f."isOnline" ${Prisma.raw(isDescending ? "ASC" : "DESC")} NULLS LAST, ${called}, ${last}`;
  }
}

function toFriendRow({ botId, botName, platform, ...row }: Stored): FriendRow {
  const { userId, name, remark, label, avatar, signature, sex, isOnline, categoryId, categoryName } = row;
  return {
    // Written by desk/bot-registry.ts only, with a Platform.
    bot: { id: botId, name: botName, platform: platform as Platform },
    ...{ userId, name, remark, label, avatar, signature, sex, isOnline, categoryId, categoryName },
  };
}
