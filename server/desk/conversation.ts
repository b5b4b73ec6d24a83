import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Permission } from "@/lib/permissions";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { Capability } from "@/server/platforms/adapter";
import { capabilities } from "@/server/platforms/capability";
import type { Platform } from "@/server/platforms/row";
import { type PieceKind, type Sending, sendableOf } from "@/server/platforms/sendable";
import { supportOf } from "@/server/platforms/support";
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

/** What an operator can do in a conversation: the platform can, as it is switched on and reached, and they may. */
export interface ConversationCan {
  send: boolean;
  /** By kind of piece. */
  pieces: Record<PieceKind, Sending>;
  recall: boolean;
  react: boolean;
  poke: boolean;
  forward: boolean;
  /** Tells the platform that it is read. The desk's own mark works everywhere. */
  read: boolean;
  essence: { add: boolean; remove: boolean };
  mute: boolean;
  /** Older messages can be fetched; without it what is kept is all there is. */
  history: boolean;
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

const select = Prisma.sql`
  SELECT c."id", c."botId", c."peerTo", c."peerId", c."lastAt", c."lastText", c."unread", c."version",
    COALESCE(NULLIF(g."remark", ''), NULLIF(g."name", ''), NULLIF(f."remark", ''), NULLIF(f."name", ''), c."name") AS "name",
    COALESCE(g."avatar", f."avatar") AS "avatar",
    b."name" AS "botName", b."platform",
    (SELECT json_build_object('pieces', m."pieces", 'senderName', m."senderName", 'isOwn', m."isOwn",
        'recalledAt', m."recalledAt", 'state', m."state")
      FROM "Message" m WHERE m."conversationId" = c."id" AND NOT m."isGone"
      ORDER BY m."at" DESC, m."rank" DESC, m."id" DESC LIMIT 1) AS "last"
  FROM "Conversation" c JOIN "Bot" b ON b."id" = c."botId"
    LEFT JOIN "KnownGroup" g ON c."peerTo" = 'group' AND g."botId" = c."botId" AND g."groupId" = c."peerId"
    LEFT JOIN "KnownFriend" f ON c."peerTo" = 'person' AND f."botId" = c."botId" AND f."userId" = c."peerId"`;

/** Bots whose conversations the operator may read, as a condition on `c`. */
function inSight(actor: Actor): Prisma.Sql {
  const bots = botsWith(actor, "messages.view");
  return bots === "all" ? Prisma.sql`TRUE` : Prisma.sql`c."botId" = ANY(${bots}::uuid[])`;
}

/**
 * Conversations of all bots the operator may read, the one that had something newest first. Those in which nothing was
 * said that is known stand in none.
 */
export async function listConversations(
  database: Database,
  actor: Actor,
  filter: { botId?: string | undefined; text?: string | undefined; unread?: boolean | undefined },
  page: { cursor?: string | undefined; limit: number },
  seal: SealFace,
): Promise<{ items: ConversationRow[]; next: string | null; unread: number }> {
  const words = filter.text?.trim().toLowerCase() ?? "";
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const below = page.cursor === undefined ? null : toPlace(page.cursor);
  const own = [inSight(actor), ...(filter.botId ? [Prisma.sql`c."botId" = ${filter.botId}::uuid`] : [])];
  const where = Prisma.join(
    [
      ...own,
      Prisma.sql`c."lastAt" IS NOT NULL`,
      ...(words
        ? [Prisma.sql`(c."searchText" LIKE ${like} OR g."searchText" LIKE ${like} OR f."searchText" LIKE ${like})`]
        : []),
      ...(filter.unread ? [Prisma.sql`c."unread" > 0`] : []),
      ...(below
        ? [Prisma.sql`(c."lastAt" < ${below.at} OR (c."lastAt" = ${below.at} AND c."id" > ${below.id}::uuid))`]
        : []),
    ],
    " AND ",
  );
  const [rows, counted] = await Promise.all([
    database.$queryRaw<Stored[]>`${select} WHERE ${where} ORDER BY c."lastAt" DESC, c."id" LIMIT ${page.limit + 1}`,
    database.$queryRaw<{ unread: number }[]>`
      SELECT COALESCE(sum(c."unread"), 0)::int AS "unread" FROM "Conversation" c
      WHERE ${Prisma.join(own, " AND ")} AND c."unread" > 0`,
  ]);
  const shown = rows.slice(0, page.limit);
  const oldest = rows.length > page.limit ? shown.at(-1) : undefined;
  const next = oldest?.lastAt ? `${oldest.lastAt.getTime()}:${oldest.id}` : null;
  return { items: shown.map((row) => toRow(row, seal)), next, unread: counted[0]?.unread ?? 0 };
}

/** How many messages nobody has read, in all conversations the operator may read. */
export async function countUnread(database: Database, actor: Actor): Promise<number> {
  const [counted] = await database.$queryRaw<{ unread: number }[]>`
    SELECT COALESCE(sum(c."unread"), 0)::int AS "unread" FROM "Conversation" c
    WHERE ${inSight(actor)} AND c."unread" > 0`;
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

/** The capabilities of a bot that the operator may use. */
export function usable(actor: Actor, bot: FoundConversation["bot"]): (capability: Capability) => boolean {
  const on = new Set(
    supportOf(bot.platform, (operation) => bot.extras.includes(operation), bot.connection)
      .filter(({ is }) => is === "on")
      .map(({ capability }) => capability),
  );
  return (capability) => on.has(capability) && can(actor, capabilities[capability], bot.id);
}

/** May the account keep order there? Where its rank is not told, the platform is to say. */
export function isRuling(ownRole: string | null): boolean {
  return ownRole !== "member";
}

async function canIn(actor: Actor, { bot, peer }: FoundConversation, ownRole: string | null): Promise<ConversationCan> {
  const may = usable(actor, bot);
  const inGroup = peer.to === "group" && isRuling(ownRole);
  return {
    send: may("messages.send"),
    pieces: await sendableOf(bot.platform),
    recall: may("messages.recall"),
    react: may("messages.react"),
    poke: may("messages.poke"),
    forward: may("messages.forward"),
    read: may("messages.read"),
    essence: { add: inGroup && may("essence.add"), remove: inGroup && may("essence.remove") },
    mute: inGroup && may("members.mute"),
    history: may("messages.history"),
  };
}
