import type { Actor } from "@/lib/actor";
import { botsWith } from "@/lib/actor";
import type { Database } from "@/server/db/client";
import { type ConversationRow, findConversation, findRows } from "./conversation";
import { type MessageRow, type SealAddress, toMessageRows } from "./message-row";

/** More changes than these are not told one by one: who is so far behind reads the page again. */
const mostChanges = 200;

/** What changed in a conversation since the version a screen shows. */
export interface Changes {
  version: number;
  /** New ones and changed ones, in no order that matters: their `at`, `rank` and `id` say where they stand. */
  items: MessageRow[];
  /** Turned out to be another row's message: to be taken off the screen. */
  gone: string[];
  /** Too much has changed: read the first page again. */
  isTooMuch: boolean;
}

/** Throws DeskError `not_found`. */
export async function listChanges(
  database: Database,
  actor: Actor,
  id: string,
  after: number,
  seal: (botId: string) => SealAddress,
): Promise<Changes> {
  const conversation = await findConversation(database, actor, id);
  const rows = await database.message.findMany({
    where: { conversationId: id, version: { gt: after } },
    orderBy: { version: "desc" },
    take: mostChanges + 1,
  });
  const { version } = conversation;
  if (rows.length > mostChanges) return { version, items: [], gone: [], isTooMuch: true };
  const shown = rows.filter((row) => !row.isGone);
  const items = await toMessageRows(database, actor, conversation, shown, seal(conversation.botId));
  return { version, items, gone: rows.flatMap((row) => (row.isGone ? [row.id] : [])), isTooMuch: false };
}

/** A message that was found, with where it was said. */
export interface Found {
  message: MessageRow;
  conversation: ConversationRow;
}

/** Kept messages with these words, the newest first: of one conversation, of one bot, or of all in sight. */
export async function searchMessages(
  database: Database,
  actor: Actor,
  { text, conversationId, botId }: { text: string; conversationId?: string | undefined; botId?: string | undefined },
  page: { cursor?: string | undefined; limit: number },
  seal: (botId: string) => SealAddress,
): Promise<{ items: Found[]; next: string | null }> {
  const bots = botsWith(actor, "messages.view");
  const words = text.trim().toLowerCase();
  if (words === "") return { items: [], next: null };
  const skip = page.cursor === undefined ? null : new Date(Number(page.cursor));
  const rows = await database.message.findMany({
    where: {
      isGone: false,
      searchText: { contains: words },
      ...(conversationId ? { conversationId } : {}),
      conversation: {
        AND: [bots === "all" ? {} : { botId: { in: bots } }, botId ? { botId } : {}],
      },
      ...(skip ? { at: { lt: skip } } : {}),
    },
    orderBy: [{ at: "desc" }, { rank: "desc" }, { id: "desc" }],
    take: page.limit + 1,
  });
  const shown = rows.slice(0, page.limit);
  const ids = [...new Set(shown.map((row) => row.conversationId))];
  const items: Found[] = [];
  const conversations = new Map((await findRows(database, actor, ids)).map((row) => [row.id, row]));
  for (const id of ids) {
    const conversation = conversations.get(id);
    if (!conversation) continue;
    const found = await findConversation(database, actor, id);
    const own = shown.filter((row) => row.conversationId === id);
    const messages = await toMessageRows(database, actor, found, own, seal(found.botId));
    items.push(...messages.map((message) => ({ message, conversation })));
  }
  items.sort((a, b) => b.message.at.getTime() - a.message.at.getTime() || b.message.rank - a.message.rank);
  const last = shown.at(-1);
  return { items, next: rows.length > page.limit && last ? String(last.at.getTime()) : null };
}
