/** What Next hands a page as its query. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** Reads a page's query like the browser's: one value a name, the first. */
export function toParameters(query: SearchParams): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) parameters.set(name, first);
  }
  return parameters;
}
