import type { InfiniteData } from "@tanstack/react-query";
import type { ChatRow } from "../api";
import type { ChatFilter } from "./query";

export type ChatPages = InfiniteData<{ items: ChatRow[]; next: string | null; unread: number }, unknown>;

/** Newest first, as the server sorts them. */
export function compareRows(a: ChatRow, b: ChatRow): number {
  return (b.lastAt?.getTime() ?? 0) - (a.lastAt?.getTime() ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Puts rows where they stand; the order does not change, and nothing is added. */
export function replaceRows(data: ChatPages, rows: ReadonlyMap<string, ChatRow>): ChatPages {
  const pages = data.pages.map((page) =>
    page.items.some(({ id }) => rows.has(id))
      ? { ...page, items: page.items.map((row) => rows.get(row.id) ?? row) }
      : page,
  );
  return { ...data, pages };
}

/**
 * Which of these would stand elsewhere than they do, or are not there yet. With words to search by only those that are
 * there: the server knows what the words fit.
 */
export function findMoved(data: ChatPages, rows: Iterable<ChatRow>, filter: ChatFilter): ChatRow[] {
  const shown = data.pages.flatMap(({ items }) => items);
  const places = new Map(shown.map((row, at) => [row.id, at]));
  const oldest = data.pages.at(-1)?.next ? shown.at(-1) : undefined;
  return [...rows].filter((row) => {
    if (row.lastAt === null) return false;
    const at = places.get(row.id);
    if (at === undefined) {
      if (filter.text || (filter.botId && filter.botId !== row.bot.id) || (filter.unread && row.unread === 0))
        return false;
      return oldest === undefined || compareRows(row, oldest) < 0;
    }
    const above = shown[at - 1];
    return above !== undefined && compareRows(row, above) < 0;
  });
}

/** The whole list in order, with `rows` among it, as one page. */
export function arrangeRows(data: ChatPages, rows: Iterable<ChatRow>): ChatPages {
  const byId = new Map(data.pages.flatMap(({ items }) => items).map((row) => [row.id, row]));
  for (const row of rows) byId.set(row.id, row);
  const items = [...byId.values()].sort(compareRows);
  const last = data.pages.at(-1);
  return { pages: [{ items, next: last?.next ?? null, unread: last?.unread ?? 0 }], pageParams: [null] };
}
