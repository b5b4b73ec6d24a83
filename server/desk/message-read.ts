import type { Actor } from "@/lib/actor";
import type { Database } from "@/server/db/client";
import { findConversation } from "./conversation";
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
