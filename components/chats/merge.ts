import { compareMessages, toMessageCursor } from "@/lib/message-place";
import type { ChatMessage, ChatPage } from "../api";

/** More than these are not kept on the screen: older ones are read again when somebody scrolls up to them. */
const most = 600;
const least = 200;

/** What the server says changed since a version. */
interface Changes {
  version: number;
  items: readonly ChatMessage[];
  gone: readonly string[];
}

function order(items: readonly ChatMessage[]): ChatMessage[] {
  // The newest first, as the server's pages are.
  return [...items].sort((a, b) => compareMessages(b, a));
}

/** Puts what changed where it belongs. What is older than all that is shown is left for when somebody scrolls there. */
export function mergeChanges(page: ChatPage, { version, items, gone }: Changes): ChatPage {
  const oldest = page.next === null ? undefined : page.items.at(-1);
  const byId = new Map(page.items.map((item) => [item.id, item]));
  for (const item of items) {
    // An answer that was overtaken by a newer one.
    if ((byId.get(item.id)?.version ?? -1) > item.version) continue;
    if (byId.has(item.id) || oldest === undefined || compareMessages(item, oldest) > 0) byId.set(item.id, item);
  }
  for (const id of gone) byId.delete(id);
  return { ...page, version: Math.max(page.version, version), items: order([...byId.values()]) };
}

/** Appends older messages. The version stays: what changed among the newer ones meanwhile is still to be asked for. */
export function appendOlder(page: ChatPage, older: ChatPage): ChatPage {
  const known = new Set(page.items.map(({ id }) => id));
  const items = order([...page.items, ...older.items.filter(({ id }) => !known.has(id))]);
  return { ...page, items, next: older.next, isCut: older.isCut, error: older.error };
}

/** Lets go of the oldest once there are too many, so that a tab open for days does not grow. */
export function trim(page: ChatPage): ChatPage {
  if (page.items.length <= most) return page;
  const items = page.items.slice(0, least);
  const last = items.at(-1);
  return { ...page, items, next: last ? toMessageCursor(last) : page.next, isCut: false };
}
