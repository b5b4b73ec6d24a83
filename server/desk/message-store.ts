import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Peer } from "@/server/platforms/piece";
import { keyOf, keyOfId, lineOf, type StoredPiece, searchTextOf, toStored } from "./message-content";
import { type KeptMessage, MessageFold, type Reaction, type Source, type Told, unseenStates } from "./message-fold";

/** What became of what was told. */
export interface Taken {
  conversationId: string;
  version: number;
  /** How many of a page the platform had told before. */
  knownCount: number;
  /** Was anything new or changed? */
  isChanged: boolean;
}

/** A conversation under the lock that everything written to it takes first. */
export interface Locked {
  id: string;
  botId: string;
  peerId: string;
  version: number;
  accountId: string | null;
  lastAt: Date | null;
  readAt: Date | null;
  historyAt: Date | null;
  name: string;
  now: Date;
}

/** The conversation of a bot with a peer, made when there is none, and locked. Null: the bot is gone. */
export async function lockPeer(tx: Prisma.TransactionClient, botId: string, { to, id }: Peer): Promise<Locked | null> {
  const where = { botId_peerTo_peerId: { botId, peerTo: to, peerId: id } };
  const found = await tx.conversation.findUnique({ where, select: { id: true } });
  if (!found) {
    if ((await tx.bot.count({ where: { id: botId } })) === 0) return null;
    const row = { botId, peerTo: to, peerId: id, searchText: id.toLowerCase() };
    await tx.conversation.createMany({ data: [row], skipDuplicates: true });
  }
  const made = found ?? (await tx.conversation.findUnique({ where, select: { id: true } }));
  return made && (await lockConversation(tx, made.id));
}

/** Locks a conversation. Null: it is gone. */
export async function lockConversation(tx: Prisma.TransactionClient, id: string): Promise<Locked | null> {
  const [row] = await tx.$queryRaw<Locked[]>`
    SELECT c."id", c."botId", c."peerId", c."version", b."accountId", c."lastAt", c."readAt", c."historyAt", c."name",
      clock_timestamp() AS "now"
    FROM "Conversation" c JOIN "Bot" b ON b."id" = c."botId" WHERE c."id" = ${id}::uuid FOR UPDATE OF c`;
  return row ?? null;
}

/**
 * Takes what a platform tells of one conversation: stored once however often and by whichever way it comes, with the
 * conversation's newest message and unread count, and told to open screens. Null: the bot is gone.
 */
export async function takeTold(
  database: Database,
  botId: string,
  peer: Peer,
  told: readonly Told[],
  source: Source,
): Promise<Taken | null> {
  return await database.$transaction(
    async (tx) => {
      const locked = await lockPeer(tx, botId, peer);
      return locked && (await foldInto(tx, locked, told, source));
    },
    { timeout: 30_000, maxWait: 20_000 },
  );
}

/** The same inside a transaction that has locked the conversation. */
export async function foldInto(
  tx: Prisma.TransactionClient,
  locked: Locked,
  told: readonly Told[],
  source: Source,
): Promise<Taken> {
  const { now, accountId } = locked;
  const fold = new MessageFold(await readAround(tx, locked, told), { source, now, accountId });
  fold.take(told);
  const isChanged = fold.created.size + fold.changed.size > 0;
  const version = isChanged ? locked.version + 1 : locked.version;
  const created = [...fold.created];
  if (created.length > 0)
    await tx.message.createMany({ data: created.map((row) => ({ ...toColumns(row), ...toOwner(locked, version) })) });
  for (const row of fold.changed)
    await tx.message.update({ where: { id: row.id }, data: { ...toColumns(row), version } });
  for (const row of fold.refreshed)
    if (!fold.changed.has(row))
      await tx.message.update({ where: { id: row.id }, data: { pieces: toJson(row.pieces) } });
  if (isChanged) await settleConversation(tx, locked, version, unreadOf(locked, created, source), told);
  return { conversationId: locked.id, version, knownCount: fold.knownCount, isChanged };
}

/** Stored rows that what is told may be about: the same messages, those of the same moments, and own ones not yet seen. */
async function readAround(
  tx: Prisma.TransactionClient,
  { id: conversationId }: Locked,
  told: readonly Told[],
): Promise<KeptMessage[]> {
  const keys = told.flatMap((each) => {
    if (each.type === "message") return [keyOf(each.message, toStored(each.message.pieces))];
    return each.type === "poked" || each.messageId === null ? [] : [keyOfId(each.messageId)];
  });
  const moments = told.flatMap((each) => (each.type === "message" && each.message.at ? [each.message.at] : []));
  const rows = await tx.message.findMany({
    where: {
      conversationId,
      isGone: false,
      OR: [{ key: { in: keys } }, { at: { in: moments } }, { state: { in: [...unseenStates] }, messageId: null }],
    },
  });
  const pokes = told.some((each) => each.type === "poked")
    ? await tx.message.findMany({
        where: { conversationId, key: { startsWith: "poke:" } },
        orderBy: { at: "desc" },
        take: 5,
      })
    : [];
  return [...rows, ...pokes].map(toKept);
}

/** A stored row as the fold takes it. */
export function toKept(row: Prisma.MessageGetPayload<object>): KeptMessage {
  const { pieces, reactions, handle, ...rest } = row;
  return {
    ...rest,
    // Written below only.
    pieces: pieces as unknown as StoredPiece[],
    reactions: reactions as unknown as Reaction[],
    handle: handle as KeptMessage["handle"],
  };
}

/** The columns that a platform's telling decides. */
export function toColumns(row: KeptMessage) {
  const { id, messageId, key, senderId, senderName, isOwn, at, rank, recalledAt, recalledBy } = row;
  return {
    ...{ id, messageId, key, senderId, senderName, isOwn, at, rank, recalledAt, recalledBy },
    ...{ state: row.state, error: row.error, platformText: row.platformText },
    ...(row.handle === null ? {} : { handle: toJson(row.handle) }),
    pieces: toJson(row.pieces),
    reactions: toJson(row.reactions),
    searchText: searchTextOf(row.pieces, row.senderName),
  };
}

function toOwner({ id }: Locked, version: number) {
  return { conversationId: id, version };
}

function toJson(value: unknown): Prisma.InputJsonValue {
  // Plain data by construction: pieces and handles are made by adapters and message-content only.
  return value as Prisma.InputJsonValue;
}

/** How many of these nobody at the desk has read. What an old page brings was not missed, it was never here. */
function unreadOf({ lastAt, readAt }: Locked, created: readonly KeptMessage[], source: Source): number {
  if (source === "older" || (source === "newest" && lastAt === null)) return 0;
  const since = Math.max(readAt?.getTime() ?? 0, lastAt?.getTime() ?? 0);
  const isSpoken = (row: KeptMessage) => row.pieces.some((piece) => piece.type !== "poke") && row.recalledAt === null;
  return created.filter((row) => !row.isOwn && isSpoken(row) && (source === "push" || row.at.getTime() > since)).length;
}

/** Brings the conversation in line with its messages, and tells. */
export async function settleConversation(
  tx: Prisma.TransactionClient,
  locked: Locked,
  version: number,
  unread: number,
  told: readonly Told[] = [],
): Promise<void> {
  const latest = await tx.message.findFirst({
    where: { conversationId: locked.id, isGone: false },
    orderBy: [{ at: "desc" }, { rank: "desc" }, { id: "desc" }],
    select: { at: true, pieces: true },
  });
  const isLatest = latest !== null && (locked.lastAt === null || latest.at >= locked.lastAt);
  const name = locked.name === "" ? nameOf(told) : "";
  await tx.conversation.update({
    where: { id: locked.id },
    data: {
      version,
      unread: { increment: unread },
      // As above: written by this file only.
      ...(isLatest ? { lastAt: latest.at, lastText: lineOf(latest.pieces as unknown as StoredPiece[]) } : {}),
      ...(name === "" ? {} : { name, searchText: `${name}\n${locked.peerId}`.toLowerCase() }),
    },
  });
  await publishIn(tx, { topic: "conversation", id: locked.id, botId: locked.botId, version });
}

/** Somebody who writes in private names the conversation, where no list knows them. */
function nameOf(told: readonly Told[]): string {
  for (const each of told) {
    if (each.type !== "message" || each.message.peer.to !== "person" || each.message.isOwn === true) continue;
    if (each.message.senderId === each.message.peer.id && each.message.senderName)
      return each.message.senderName.slice(0, 200).toWellFormed();
  }
  return "";
}
