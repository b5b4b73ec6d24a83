import type { Actor } from "@/lib/actor";
import type { ErrorCode } from "@/lib/errors";
import type { MediaKind } from "@/lib/media";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { FoundConversation } from "./conversation";
import { isRuling, usable } from "./conversation-can";
import { lineOf, type StoredPiece } from "./message-content";
import { toKept } from "./message-store";

/** One piece as a screen draws it: plain data. `src` leads through the desk's own proxy; null: nothing to fetch. */
export type ShownPiece =
  | { type: "text"; text: string }
  | { type: "mention"; userId: string; name: string | null }
  | { type: "mention_all" }
  /** `of` null: the answered message is not kept. */
  | {
      type: "reply";
      messageId: string;
      of: { id: string; senderName: string; text: string; isRecalled: boolean } | null;
    }
  | { type: "face"; id: string }
  | { type: "image"; src: string | null }
  | { type: "voice"; src: string | null }
  | { type: "video"; src: string | null }
  | { type: "file"; src: string | null; name: string | null }
  | { type: "bundle"; messages: ShownBundled[] | null }
  | { type: "poke"; userId: string; userName: string | null; targetId: string; targetName: string | null }
  | { type: "other"; name: string };

export interface ShownBundled {
  senderName: string;
  at: string | null;
  pieces: ShownPiece[];
}

/** States of a message that was sent from the desk. `unknown`: it may have gone out. */
export type SendState = "sending" | "sent" | "confirmed" | "failed" | "unknown";

/** A message as a conversation shows it. */
export interface MessageRow {
  /** The desk's own. */
  id: string;
  /** The platform's; null: it tells none, or not yet. */
  messageId: string | null;
  sender: { id: string | null; name: string; avatar: string | null };
  isOwn: boolean;
  at: Date;
  /** Order among those of the same moment, the lower the older; then by id. */
  rank: number;
  version: number;
  pieces: ShownPiece[];
  recalled: { at: Date; by: string | null; byName: string | null } | null;
  reactions: { faceId: string; count: number; isOwn: boolean }[];
  isEssence: boolean;
  /** Of one sent from the desk; null: it came from the platform. */
  sent: { state: SendState; error: ErrorCode | null; platformText: string | null; operatorName: string | null } | null;
  can: MessageCan;
}

export interface MessageCan {
  recall: boolean;
  react: boolean;
  reply: boolean;
  forward: boolean;
  poke: boolean;
  muteSender: boolean;
  addEssence: boolean;
  removeEssence: boolean;
}

type Stored = Prisma.MessageGetPayload<object>;

interface Person {
  name: string;
  avatar: string | null;
}

/** Makes an address of the desk's own out of the platform's. */
export type SealAddress = (url: string, kind: MediaKind, name?: string | null) => string | null;

/** Messages of one conversation as this operator is shown them, in the order given. */
export async function toMessageRows(
  database: Database,
  actor: Actor,
  conversation: FoundConversation,
  rows: readonly Stored[],
  seal: SealAddress = () => null,
): Promise<MessageRow[]> {
  const kept = rows.map(toKept);
  const [people, answered, account, ownRole] = await Promise.all([
    readPeople(database, conversation, [
      ...kept.flatMap((row) => [row.senderId, row.recalledBy, ...row.pieces.flatMap(peopleIn)]),
    ]),
    readAnswered(
      database,
      conversation.id,
      kept.flatMap((row) => row.pieces.flatMap(answeredIn)),
    ),
    database.bot.findUnique({ where: { id: conversation.botId }, select: { accountId: true, nickname: true } }),
    readOwnRole(database, conversation),
  ]);
  // Who is in no list that was read is known by what their messages call them.
  const heard = new Map(
    rows.flatMap(({ senderId, senderName }) => (senderId && senderName ? [[senderId, senderName]] : [])),
  );
  const nameOf = (id: string | null) => (id === null ? null : people.get(id)?.name || heard.get(id) || null);
  const context = { nameOf, answered, seal };
  const allow = allowing(usable(actor, conversation.bot), conversation, ownRole);
  return rows.map((row, index) => {
    const { pieces, reactions } = kept[index] ?? toKept(row);
    const { id, messageId, isOwn, at, rank, version, senderId, isEssence } = row;
    const person = senderId === null ? undefined : people.get(senderId);
    const name = person?.name || row.senderName || (isOwn ? (account?.nickname ?? "") : "");
    const avatar = person?.avatar ? seal(person.avatar, "image") : null;
    const { recalledAt, recalledBy } = row;
    return {
      ...{ id, messageId, isOwn, at, rank, version, isEssence },
      sender: { id: senderId, name, avatar },
      pieces: pieces.map((piece) => toShown(piece, context)),
      recalled: recalledAt && { at: recalledAt, by: recalledBy, byName: nameOf(recalledBy) },
      reactions: reactions.map(({ faceId, userIds, others }) => ({
        ...{ faceId, count: userIds.length + others },
        isOwn: account?.accountId ? userIds.includes(account.accountId) : false,
      })),
      sent: toSent(row),
      can: allow(row, pieces),
    };
  });
}

function toSent({ state, error, platformText, operatorName }: Stored): MessageRow["sent"] {
  if (state === null) return null;
  // Written by message-send and message-fold only, with these words and closed codes.
  return { state: state as SendState, error: error as ErrorCode | null, platformText, operatorName };
}

/** What can be done to each message. */
function allowing(
  may: ReturnType<typeof usable>,
  { peer }: FoundConversation,
  ownRole: string | null,
): (row: Stored, pieces: readonly StoredPiece[]) => MessageCan {
  const inGroup = peer.to === "group";
  const rules = inGroup && isRuling(ownRole);
  return ({ messageId, isOwn, recalledAt, senderId, isEssence }, pieces) => {
    const isThere = messageId !== null && recalledAt === null;
    const isOther = !isOwn && senderId !== null;
    return {
      recall: isThere && (isOwn || rules) && may("messages.recall"),
      react: isThere && may("messages.react"),
      reply: isThere && pieces.length > 0 && may("messages.send"),
      forward: isThere && may("messages.forward"),
      poke: isOther && may("messages.poke"),
      muteSender: isOther && rules && may("members.mute"),
      addEssence: isThere && rules && !isEssence && may("essence.add"),
      removeEssence: isThere && rules && isEssence && may("essence.remove"),
    };
  };
}

interface Context {
  nameOf: (id: string | null) => string | null;
  answered: ReadonlyMap<string, { id: string; senderName: string; text: string; isRecalled: boolean }>;
  seal: SealAddress;
}

function toShown(piece: StoredPiece, context: Context): ShownPiece {
  const { nameOf, answered, seal } = context;
  const src = (url: string | null, kind: Parameters<SealAddress>[1]) => (url === null ? null : seal(url, kind));
  switch (piece.type) {
    case "mention":
      return { ...piece, name: nameOf(piece.userId) };
    case "reply":
      return { ...piece, of: answered.get(piece.messageId) ?? null };
    case "image":
    case "video":
      return { type: piece.type, src: src(piece.url, piece.type) };
    case "voice":
      return { type: "voice", src: src(piece.url, "audio") };
    case "file":
      return { type: "file", src: piece.url === null ? null : seal(piece.url, "file", piece.name), name: piece.name };
    case "bundle": {
      const messages = piece.messages?.map(({ senderName, at, pieces }) => ({
        ...{ senderName, at },
        pieces: pieces.map((inner) => toShown(inner, context)),
      }));
      return { type: "bundle", messages: messages ?? null };
    }
    case "poke":
      return { ...piece, userName: nameOf(piece.userId), targetName: nameOf(piece.targetId) };
    default:
      return piece;
  }
}

function peopleIn(piece: StoredPiece): string[] {
  if (piece.type === "poke") return [piece.userId, piece.targetId];
  return piece.type === "mention" ? [piece.userId] : [];
}

function answeredIn(piece: StoredPiece): string[] {
  return piece.type === "reply" ? [piece.messageId] : [];
}

/** What the desk's lists know of these people: their name in the group before that of a friend. */
async function readPeople(
  database: Database,
  { botId, peer }: FoundConversation,
  ids: readonly (string | null)[],
): Promise<Map<string, Person>> {
  const userIds = [...new Set(ids.flatMap((id) => id ?? []))];
  if (userIds.length === 0) return new Map();
  const [friends, members] = await Promise.all([
    database.knownFriend.findMany({
      where: { botId, userId: { in: userIds } },
      select: { userId: true, name: true, remark: true, avatar: true },
    }),
    peer.to === "group"
      ? database.knownMember.findMany({
          where: { botId, groupId: peer.id, userId: { in: userIds } },
          select: { userId: true, name: true, card: true, avatar: true },
        })
      : [],
  ]);
  const known = new Map<string, Person>();
  for (const { userId, name, remark, avatar } of friends) known.set(userId, { name: remark || name, avatar });
  for (const { userId, name, card, avatar } of members)
    known.set(userId, { name: card || name, avatar: avatar ?? known.get(userId)?.avatar ?? null });
  return known;
}

async function readAnswered(database: Database, conversationId: string, messageIds: readonly string[]) {
  if (messageIds.length === 0) return new Map();
  const rows = await database.message.findMany({
    where: { conversationId, messageId: { in: [...messageIds] }, isGone: false },
  });
  return new Map(
    rows.map((row) => {
      const { id, senderName, recalledAt } = row;
      const text = recalledAt === null ? lineOf(toKept(row).pieces) : "";
      return [row.messageId ?? "", { id, senderName, text, isRecalled: recalledAt !== null }];
    }),
  );
}

async function readOwnRole(database: Database, { botId, peer }: FoundConversation): Promise<string | null> {
  if (peer.to !== "group") return null;
  const where = { botId_groupId: { botId, groupId: peer.id } };
  return (await database.knownGroup.findUnique({ where, select: { ownRole: true } }))?.ownRole ?? null;
}
