import { type Actor, botsWith } from "@/lib/actor";
import { toMessageCursor } from "@/lib/message-place";
import type { Database } from "@/server/db/client";
import { type ConversationRow, findRows, type SealFace } from "./conversation";
import { excerptOf } from "./message-content";
import { newestFirst, olderThan, readMessageCursor } from "./message-cursor";
import { toKept } from "./message-store";

/** A message that was found, with where it was said. */
export interface Found {
  id: string;
  at: Date;
  senderName: string;
  isOwn: boolean;
  /** What was said around the words that were looked for. */
  text: string;
  conversation: ConversationRow;
}

/** Which messages are looked through: of one conversation, of one bot, or of all in sight. */
export interface SearchIn {
  conversationId?: string | undefined;
  botId?: string | undefined;
}

/** Kept messages with these words, the newest first. Throws DeskError `invalid_input` for a cursor that is none. */
export async function searchMessages(
  database: Database,
  actor: Actor,
  text: string,
  { conversationId, botId }: SearchIn,
  page: { cursor?: string | undefined; limit: number },
  seal: SealFace,
): Promise<{ items: Found[]; next: string | null }> {
  const bots = botsWith(actor, "messages.view");
  const words = text.trim().toLowerCase();
  if (words === "") return { items: [], next: null };
  const rows = await database.message.findMany({
    where: {
      isGone: false,
      // Prisma hands these on to LIKE as they are.
      searchText: { contains: words.replace(/[\\%_]/g, "\\$&") },
      ...(conversationId ? { conversationId } : {}),
      conversation: { AND: [bots === "all" ? {} : { botId: { in: bots } }, botId ? { botId } : {}] },
      ...(page.cursor === undefined ? {} : olderThan(readMessageCursor(page.cursor))),
    },
    orderBy: newestFirst,
    take: page.limit + 1,
  });
  const shown = rows.slice(0, page.limit);
  const ids = [...new Set(shown.map((row) => row.conversationId))];
  const conversations = new Map((await findRows(database, actor, ids, seal)).map((row) => [row.id, row]));
  const items = shown.flatMap((row) => {
    const conversation = conversations.get(row.conversationId);
    if (!conversation) return [];
    const { id, at, senderName, isOwn } = row;
    return [{ id, at, senderName, isOwn, text: excerptOf(toKept(row).pieces, words), conversation }];
  });
  const last = shown.at(-1);
  return { items, next: rows.length > page.limit && last ? toMessageCursor(last) : null };
}
