import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Permission } from "@/lib/permissions";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { Platform } from "@/server/platforms/row";
import { type ConversationCan, canIn } from "./conversation-can";
import { lineOf, type StoredPiece } from "./message-content";

/** A conversation as a list shows it. */
export interface ConversationRow {
  id: string;
  bot: { id: string; name: string; platform: Platform };
  peer: { to: "person" | "group"; id: string; name: string; avatar: string | null };
  lastAt: Date | null;
  /** Its newest message that is kept. */
  last: LastMessage | null;
  unread: number;
  version: number;
}

/** Makes an address of the desk's own out of a picture's, as a bot's platform tells it. */
export type SealFace = (botId: string, url: string | null) => string | null;

export interface LastMessage {
  /** Its text in one line, cut short; "" where it has none. */
  text: string;
  /** The first piece that is no text, such as `image`; null: text only. */
  kind: StoredPiece["type"] | null;
  senderName: string;
  isOwn: boolean;
  isRecalled: boolean;
  /** Of one sent from the desk. */
  state: string | null;
}

export interface ConversationDetail extends ConversationRow {
  memberCount: number | null;
  ownRole: string | null;
  isConnected: boolean;
  readAt: Date | null;
  readBy: string | null;
  can: ConversationCan;
}

interface Stored {
  id: string;
  botId: string;
  peerTo: "person" | "group";
  peerId: string;
  name: string;
  avatar: string | null;
  lastAt: Date | null;
  lastText: string;
  unread: number;
  version: number;
  botName: string;
  platform: Platform;
  last: {
    pieces: StoredPiece[];
    senderName: string;
    isOwn: boolean;
    recalledAt: string | null;
    state: string | null;
  } | null;
}

const source = Prisma.sql`
  "Conversation" c
    LEFT JOIN "KnownGroup" g ON c."peerTo" = 'group' AND g."botId" = c."botId" AND g."groupId" = c."peerId"
    LEFT JOIN "KnownFriend" f ON c."peerTo" = 'person' AND f."botId" = c."botId" AND f."userId" = c."peerId"`;

const select = Prisma.sql`
  SELECT c."id", c."botId", c."peerTo", c."peerId", c."lastAt", c."lastText", c."unread", c."version",
    COALESCE(NULLIF(g."remark", ''), NULLIF(g."name", ''), NULLIF(f."remark", ''), NULLIF(f."name", ''), c."name") AS "name",
    COALESCE(g."avatar", f."avatar") AS "avatar",
    b."name" AS "botName", b."platform",
    (SELECT json_build_object('pieces', m."pieces", 'senderName', m."senderName", 'isOwn', m."isOwn",
        'recalledAt', m."recalledAt", 'state', m."state")
      FROM "Message" m WHERE m."conversationId" = c."id" AND NOT m."isGone"
      ORDER BY m."at" DESC, m."rank" DESC, m."id" DESC LIMIT 1) AS "last"
  FROM ${source} JOIN "Bot" b ON b."id" = c."botId"`;

/** Bots whose conversations the operator may read, as a condition on `c`. */
function inSight(actor: Actor): Prisma.Sql {
  const bots = botsWith(actor, "messages.view");
  return bots === "all" ? Prisma.sql`TRUE` : Prisma.sql`c."botId" = ANY(${bots}::uuid[])`;
}

/** What the list of conversations is narrowed to. */
export interface ConversationFilter {
  botId?: string | undefined;
  /** In the name or the number of whom it is with. */
  text?: string | undefined;
  /** Only those with something nobody has read. */
  unread?: boolean | undefined;
}

/** Those in which nothing was said that is known stand in no list. */
function conditions(actor: Actor, { botId, text, unread }: ConversationFilter): Prisma.Sql {
  const words = text?.trim().toLowerCase() ?? "";
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.join(
    [
      inSight(actor),
      Prisma.sql`c."lastAt" IS NOT NULL`,
      ...(botId ? [Prisma.sql`c."botId" = ${botId}::uuid`] : []),
      ...(words
        ? [Prisma.sql`(c."searchText" LIKE ${like} OR g."searchText" LIKE ${like} OR f."searchText" LIKE ${like})`]
        : []),
      ...(unread ? [Prisma.sql`c."unread" > 0`] : []),
    ],
    " AND ",
  );
}

/** How many conversations are under a filter, up to `most`. */
export async function tallyConversations(
  database: Database,
  actor: Actor,
  filter: ConversationFilter,
  most: number,
): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM (
    SELECT 1 FROM ${source} WHERE ${conditions(actor, filter)} LIMIT ${most}) t`;
  return row?.count ?? 0;
}

/**
 * Conversations of all bots the operator may read, the one that had something newest first. `unread` counts the messages
 * nobody has read, of all under the filter of the bot.
 */
export async function listConversations(
  database: Database,
  actor: Actor,
  filter: ConversationFilter,
  page: { cursor?: string | undefined; limit: number },
  seal: SealFace,
): Promise<{ items: ConversationRow[]; next: string | null; unread: number }> {
  const below = page.cursor === undefined ? null : toPlace(page.cursor);
  const where = below
    ? Prisma.sql`${conditions(actor, filter)}
        AND (c."lastAt" < ${below.at} OR (c."lastAt" = ${below.at} AND c."id" > ${below.id}::uuid))`
    : conditions(actor, filter);
  const [rows, unread] = await Promise.all([
    database.$queryRaw<Stored[]>`${select} WHERE ${where} ORDER BY c."lastAt" DESC, c."id" LIMIT ${page.limit + 1}`,
    countUnread(database, actor, filter.botId),
  ]);
  const shown = rows.slice(0, page.limit);
  const oldest = rows.length > page.limit ? shown.at(-1) : undefined;
  const next = oldest?.lastAt ? `${oldest.lastAt.getTime()}:${oldest.id}` : null;
  return { items: shown.map((row) => toRow(row, seal)), next, unread };
}

/** How many messages nobody has read, in all conversations the operator may read, or in those of one bot. */
export async function countUnread(database: Database, actor: Actor, botId?: string): Promise<number> {
  const own = botId ? Prisma.sql`AND c."botId" = ${botId}::uuid` : Prisma.empty;
  const [counted] = await database.$queryRaw<{ unread: number }[]>`
    SELECT COALESCE(sum(c."unread"), 0)::int AS "unread" FROM "Conversation" c
    WHERE ${inSight(actor)} AND c."unread" > 0 ${own}`;
  return counted?.unread ?? 0;
}

function toPlace(cursor: string): { at: Date; id: string } {
  const [, at, id] = /^(\d{1,15}):([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new DeskError("invalid_input", { field: "cursor" });
  return { at: new Date(Number(at)), id };
}

/** These conversations, as far as the operator may read them. */
export async function findRows(
  database: Database,
  actor: Actor,
  ids: readonly string[],
  seal: SealFace,
): Promise<ConversationRow[]> {
  const rows = await database.$queryRaw<Stored[]>`
    ${select} WHERE ${inSight(actor)} AND c."id" = ANY(${[...ids]}::uuid[]) ORDER BY c."lastAt" DESC NULLS LAST, c."id"`;
  return rows.map((row) => toRow(row, seal));
}

function toRow(row: Stored, seal: SealFace): ConversationRow {
  const { id, lastAt, unread, version, last } = row;
  return {
    ...{ id, lastAt, unread, version },
    bot: { id: row.botId, name: row.botName, platform: row.platform },
    peer: { to: row.peerTo, id: row.peerId, name: row.name, avatar: seal(row.botId, row.avatar) },
    last: last && {
      text: last.recalledAt === null ? lineOf(last.pieces) : "",
      kind: last.pieces.find((piece) => piece.type !== "text")?.type ?? null,
      senderName: last.senderName,
      isOwn: last.isOwn,
      isRecalled: last.recalledAt !== null,
      state: last.state,
    },
  };
}

/** A conversation that the operator may read, as acts on it need it. Throws DeskError `not_found`. */
export async function findConversation(
  database: Database,
  actor: Actor,
  id: string,
  permission: Permission = "messages.view",
) {
  const row = await database.conversation.findUnique({
    where: { id },
    include: {
      bot: { select: { id: true, name: true, platform: true, extras: true, connection: true, isConnected: true } },
    },
  });
  if (!row || !can(actor, "messages.view", row.botId) || !can(actor, permission, row.botId))
    throw new DeskError("not_found");
  // Both columns are written with these words only.
  const peer = { to: row.peerTo as "person" | "group", id: row.peerId };
  return { ...row, peer, bot: { ...row.bot, platform: row.bot.platform as Platform } };
}
export type FoundConversation = Awaited<ReturnType<typeof findConversation>>;

/** One conversation with all its head shows. Throws DeskError `not_found`. */
export async function getConversation(
  database: Database,
  actor: Actor,
  id: string,
  seal: SealFace,
): Promise<ConversationDetail> {
  const found = await findConversation(database, actor, id);
  const { bot, peer, readAt, readBy } = found;
  const [[row], group] = await Promise.all([findRows(database, actor, [id], seal), findGroup(database, found)]);
  if (!row) throw new DeskError("not_found");
  return {
    ...row,
    ...{ memberCount: group?.memberCount ?? null, ownRole: group?.ownRole ?? null, readAt, readBy },
    isConnected: bot.isConnected,
    can: await canIn(actor, found, peer.to === "group" ? (group?.ownRole ?? null) : null),
  };
}

function findGroup(database: Database, { botId, peer }: FoundConversation) {
  if (peer.to !== "group") return null;
  return database.knownGroup.findUnique({
    where: { botId_groupId: { botId, groupId: peer.id } },
    select: { memberCount: true, ownRole: true },
  });
}

/** The conversation of a bot with somebody or a group, made when there is none yet. Throws DeskError `not_found`. */
export async function openConversation(
  database: Database,
  actor: Actor,
  { botId, to, peerId }: { botId: string; to: "person" | "group"; peerId: string },
): Promise<string> {
  if (!can(actor, "messages.view", botId) || !(await database.bot.count({ where: { id: botId } })))
    throw new DeskError("not_found");
  const where = { botId_peerTo_peerId: { botId, peerTo: to, peerId } };
  const known = await database.conversation.findUnique({ where, select: { id: true } });
  if (known) return known.id;
  const row = { botId, peerTo: to, peerId, searchText: peerId.toLowerCase() };
  await database.conversation.createMany({ data: [row], skipDuplicates: true });
  return (await database.conversation.findUniqueOrThrow({ where, select: { id: true } })).id;
}
