interface Row {
  id: string;
}

interface Pages<R extends Row> {
  pages: { items: R[]; next: string | null }[];
  pageParams: unknown[];
}

/**
 * The pages of a list (newest first) with `rows` in their places. `asked` that are not among `rows` are no longer in the
 * list. A row below the last one shown is left to the page it will come with.
 */
export function mergeRows<R extends Row>(data: Pages<R>, asked: readonly string[], rows: readonly R[]): Pages<R> {
  const left = new Map(rows.map((row) => [row.id, row]));
  const gone = new Set(asked.filter((id) => !left.has(id)));
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((old) => {
      if (gone.has(old.id)) return [];
      const row = left.get(old.id);
      left.delete(old.id);
      return [row ?? old];
    }),
  }));
  // What is on no page is new, or has come back.
  for (const row of left.values()) {
    const page = pages.find(({ next }) => next === null || next <= row.id);
    if (!page) continue;
    const place = page.items.findIndex(({ id }) => id < row.id);
    page.items.splice(place === -1 ? page.items.length : place, 0, row);
  }
  return { ...data, pages };
}
