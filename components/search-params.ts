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

/**
 * The parameters of the address as it stands. What changes one of them keeps the others as they are by now: those the
 * screen was drawn with are older for a moment after every change, and would undo it. In the browser only.
 */
export function presentParameters(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}

/** Changes the address in place, or as a step in the history, without asking the server for a page. */
export function changeAddress(address: string, isStep = false): void {
  if (isStep) window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}
