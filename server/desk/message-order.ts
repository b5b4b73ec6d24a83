/**
 * The order of messages of one moment, of which some are stored and some stand on a page of the platform's history, each
 * list the older first. The page is right about those on it; those it does not have keep their place beside their
 * neighbours. Where the two have nothing in common, what the page has goes `before` or `after` what is stored.
 */
export function mergeOrder(stored: readonly string[], page: readonly string[], where: "before" | "after"): string[] {
  const onPage = new Set(page);
  const known = new Set(stored.filter((id) => onPage.has(id)));
  if (known.size === 0) return where === "before" ? [...page, ...stored] : [...stored, ...page];
  // What only the desk knows follows the one of the page that it follows here.
  const following = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const id of stored) {
    if (known.has(id)) anchor = id;
    else following.set(anchor, [...(following.get(anchor) ?? []), id]);
  }
  return [...(following.get(null) ?? []), ...page.flatMap((id) => [id, ...(following.get(id) ?? [])])];
}
