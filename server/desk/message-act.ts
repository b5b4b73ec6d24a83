import { DeskError } from "@/lib/errors";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter } from "@/server/platforms/adapter";
import { PlatformError } from "@/server/platforms/error";
import type { MessageRef } from "@/server/platforms/piece";
import type { FoundConversation } from "./conversation";
import type { Histories } from "./history";
import { lockConversation, takeTold } from "./message-store";
import { type Doing, type Done, perform } from "./perform";

interface Parts {
  database: Database;
  connections: Connections;
  chats: { histories: Histories };
}

/** A message of a conversation, as acts name it. */
export interface FoundMessage {
  id: string;
  messageId: string | null;
  handle: Prisma.JsonValue;
  senderId: string | null;
  isOwn: boolean;
}

/** A message of this conversation. Throws DeskError `not_found`. */
export async function findMessage(database: Database, conversationId: string, id: string): Promise<FoundMessage> {
  const row = await database.message.findFirst({
    where: { id, conversationId, isGone: false },
    select: { id: true, messageId: true, handle: true, senderId: true, isOwn: true },
  });
  if (!row) throw new DeskError("not_found");
  return row;
}

/** Throws DeskError `not_offered` for a message whose id the platform does not tell: nothing can be done to it. */
function refOf({ peer }: FoundConversation, { messageId, handle }: FoundMessage): MessageRef {
  if (messageId === null) throw new DeskError("not_offered", { field: "messageId" });
  // Stored as an adapter gave it.
  return { ...peer, messageId, ...(handle === null ? {} : { handle: handle as NonNullable<MessageRef["handle"]> }) };
}

/** Takes a message back. `confirmed` once the platform itself shows it as recalled; what was said stays kept here. */
export async function recall(
  parts: Parts,
  doing: Doing<"messages.recall">,
  at: FoundConversation,
  message: FoundMessage,
): Promise<{ state: Done }> {
  const ref = refOf(at, message);
  const { state } = await perform(
    parts,
    doing,
    (able) => able["messages.recall"](ref),
    (adapter) => isRecalled(adapter, ref),
  );
  const told = { type: "recalled" as const, messageId: ref.messageId, operatorId: null };
  if (state === "confirmed") await takeTold(parts.database, at.botId, at.peer, [told], "push");
  // A push of it may have come first.
  const row = await parts.database.message.findUnique({ where: { id: message.id }, select: { recalledAt: true } });
  return { state: row?.recalledAt ? "confirmed" : "sent" };
}

async function isRecalled(adapter: Adapter, ref: MessageRef): Promise<boolean | null> {
  const get = adapter["messages.get"];
  if (get) {
    try {
      return (await get(ref)).isRecalled;
    } catch (cause) {
      // There it was a moment ago; gone, it may also be that the platform has forgotten it.
      if (cause instanceof PlatformError) return null;
      throw cause;
    }
  }
  const page = await adapter["messages.history"]?.(ref, null, 50);
  return page?.items.find(({ id }) => id === ref.messageId)?.isRecalled ?? null;
}

/** Puts a face under a message in the account's name, or takes it away. */
export async function react(
  parts: Parts,
  doing: Doing<"messages.react">,
  at: FoundConversation,
  message: FoundMessage,
  { faceId, isOn }: { faceId: string; isOn: boolean },
): Promise<{ state: Done }> {
  const ref = refOf(at, message);
  const { state } = await perform(parts, doing, (able) => able["messages.react"](ref, faceId, isOn));
  const bot = await parts.database.bot.findUnique({ where: { id: at.botId }, select: { accountId: true } });
  const told = { type: "reacted" as const, messageId: ref.messageId, userId: bot?.accountId ?? null, faceId, isOn };
  if (told.userId !== null) await takeTold(parts.database, at.botId, at.peer, [told], "push");
  return { state };
}

/** Makes a message one of the group's highlights, or none. `confirmed` once it stands among them, or no more. */
export async function setEssence(
  parts: Parts,
  doing: Doing<"essence.add"> | Doing<"essence.remove">,
  at: FoundConversation,
  message: FoundMessage,
  isOn: boolean,
): Promise<{ state: Done }> {
  const ref = refOf(at, message);
  const look = async (adapter: Adapter) => {
    const list = await adapter["essence.list"]?.(ref.id);
    return list ? list.some(({ messageId }) => messageId === ref.messageId) === isOn : null;
  };
  const { state } = isOn
    ? await perform(parts, { ...doing, capability: "essence.add" }, (able) => able["essence.add"](ref), look)
    : await perform(parts, { ...doing, capability: "essence.remove" }, (able) => able["essence.remove"](ref), look);
  if (state === "confirmed")
    await change(parts.database, at.id, (tx, version) =>
      tx.message.update({ where: { id: message.id }, data: { isEssence: isOn, version } }),
    );
  return { state };
}

/** Nudges somebody of the conversation. */
export async function poke(
  parts: Parts,
  doing: Doing<"messages.poke">,
  { peer }: FoundConversation,
  userId: string,
): Promise<{ state: Done }> {
  const groupId = peer.to === "group" ? peer.id : null;
  const { state } = await perform(parts, doing, (able) => able["messages.poke"](userId, groupId));
  return { state };
}

/** Sends a message on into another conversation of the same bot. Throws DeskError `invalid_input` for another bot's. */
export async function forward(
  parts: Parts,
  doing: Doing<"messages.forward">,
  at: FoundConversation,
  message: FoundMessage,
  to: FoundConversation,
): Promise<{ state: Done }> {
  if (to.botId !== at.botId) throw new DeskError("invalid_input", { field: "to" });
  const ref = refOf(at, message);
  const { state } = await perform(parts, doing, (able) => able["messages.forward"](ref, to.peer));
  // It is seen there, where the platform tells.
  await parts.chats.histories.refresh(to.id);
  return { state };
}

/**
 * Marks a conversation as read on the desk.
 * @returns how many had been unread.
 */
export async function markRead(database: Database, id: string, by: string): Promise<{ unread: number }> {
  let unread = 0;
  await change(database, id, async (tx, version) => {
    const before = await tx.conversation.findUniqueOrThrow({ where: { id }, select: { unread: true } });
    unread = before.unread;
    await tx.$executeRaw`
      UPDATE "Conversation" SET "unread" = 0, "readAt" = clock_timestamp(), "readBy" = ${by}, "version" = ${version}
      WHERE "id" = ${id}::uuid`;
  });
  return { unread };
}

async function change(
  database: Database,
  id: string,
  write: (tx: Prisma.TransactionClient, version: number) => Promise<unknown>,
): Promise<void> {
  await database.$transaction(async (tx) => {
    const locked = await lockConversation(tx, id);
    if (!locked) throw new DeskError("not_found");
    const version = locked.version + 1;
    await write(tx, version);
    await tx.conversation.update({ where: { id }, data: { version } });
    await publishIn(tx, { topic: "conversation", id, botId: locked.botId, version });
  });
}

/** Takes a message off the screens that failed and never went out. Throws DeskError `not_found` for any other. */
export async function discard(database: Database, conversationId: string, messageId: string): Promise<void> {
  await change(database, conversationId, async (tx, version) => {
    const { count } = await tx.message.updateMany({
      where: { id: messageId, conversationId, state: "failed", isGone: false },
      data: { isGone: true, version },
    });
    if (count === 0) throw new DeskError("not_found");
  });
}

/** Tells the platform that a conversation is read. What it refuses is not worth an error: on the desk it is read. */
export async function tellRead(
  parts: Parts,
  by: Pick<Doing, "actor" | "correlationId">,
  { botId, peer }: FoundConversation,
): Promise<boolean> {
  const doing = { ...by, botId, capability: "messages.read" as const };
  const about = peer.to === "group" ? { groupId: peer.id } : { personId: peer.id };
  try {
    await perform(parts, { ...doing, ...about }, (able) => able["messages.read"](peer));
    return true;
  } catch (cause) {
    if (cause instanceof PlatformError || cause instanceof DeskError) return false;
    throw cause;
  }
}
