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
/** How many links are being followed. */
let followed = 0;
/** Who is told at once that the address was changed (present-address.ts). */
const followers = new Set<() => void>();

/**
 * The parameters of the address as it stands. What changes one of them keeps the others as they are by now: those the
 * screen was drawn with are older for a moment after every change, and would undo it. In the browser only.
 */
export function presentParameters(): URLSearchParams {
  return new URLSearchParams(next?.from === window.location.href ? next.search : window.location.search);
}

/** Changes the address in place, or as a step in the history, without asking the server for a page. */
export function changeAddress(address: string, isStep = false): void {
  change(address, isStep);
  settleAddress();
}

/**
 * The same, but the browser is told after the next picture, in the next quiet moment: that takes it longer than to draw
 * where one is now. Several changes until then are one. For what somebody opens; what must be marked at once goes by
 * `usePresentAddress`.
 */
export function changeAddressSoon(address: string, isStep = false): void {
  const isWaiting = change(address, isStep);
  if (document.hidden) settleAddress();
  else if (!isWaiting) requestAnimationFrame(() => inRest(settleAddress, patienceMs));
}

/** @returns whether another change waits to be told already. */
function change(address: string, isStep: boolean): boolean {
  const from = window.location.href;
  const before = next?.from === from ? next : null;
  next = { from, address, search: new URL(address, from).search, isStep: isStep || before?.isStep === true };
  for (const follower of followers) follower();
  return before !== null;
}

/** Is the page about to be left? Whoever changes its address now ends that: Next gives up going there. */
export function isLeaving(): boolean {
  return followed > 0;
}

/**
 * A link is followed.
 * @returns says that it no longer is: the page is there.
 */
export function followLink(): () => void {
  followed += 1;
  return () => {
    followed -= 1;
  };
}

/** Tells the browser now, unless the page has gone elsewhere since. */
export function settleAddress(): void {
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
