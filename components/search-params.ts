import { inRest } from "./hand";

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

/** So long a change may wait until the browser is told, ms: who goes on at once is drawn what they come to, not what they pass. */
const patienceMs = 100;

/** A change the browser has not been told yet. */
interface Change {
  /** The whole address it was made at. */
  from: string;
  address: string;
  search: string;
  isStep: boolean;
}

let next: Change | null = null;
/** Who is told at once that the address was changed (present-address.ts). */
const followers = new Set<() => void>();

/**
 * The parameters of the address as it stands. What changes one of them keeps the others as they are by now: those the
 * screen was drawn with are older for a moment after every change, and would undo it. In the browser only.
 */
export function presentParameters(): URLSearchParams {
  return new URLSearchParams(next?.from === window.location.href ? next.search : window.location.search);
}

/**
 * Changes the address in place, or as a step in the history, without asking the server for a page. The browser is told
 * after the next picture, in the next quiet moment: that takes it longer than to draw where one is now. Several changes
 * until then are one.
 */
export function changeAddress(address: string, isStep = false): void {
  const from = window.location.href;
  const { pathname, search } = new URL(address, from);
  const before = next?.from === from ? next : null;
  next = { from, address, search, isStep: isStep || before?.isStep === true };
  if (document.hidden || pathname !== window.location.pathname) tell();
  else if (!before) requestAnimationFrame(() => inRest(tell, patienceMs));
  for (const follower of followers) follower();
}

/** Unless the page has gone elsewhere since. */
function tell(): void {
  const change = next;
  next = null;
  if (change?.from !== window.location.href) return;
  if (change.isStep) window.history.pushState(null, "", change.address);
  else window.history.replaceState(null, "", change.address);
}

/** @returns ends it. */
export function followAddress(follower: () => void): () => void {
  followers.add(follower);
  return () => followers.delete(follower);
}
