import type { ItemKind } from "./item";

/** A place somebody chose, as the browser keeps it. */
export interface Recent {
  kind: ItemKind;
  label: string;
  hint: string;
  to: string;
}

const prefix = "gatehouse.recent.";
const most = 6;

/** What this operator chose in this browser, the latest first. What others left here is thrown away. */
export function readRecent(operatorId: string): Recent[] {
  try {
    for (const key of Object.keys(window.localStorage))
      if (key.startsWith(prefix) && key !== prefix + operatorId) window.localStorage.removeItem(key);
    const kept: unknown = JSON.parse(window.localStorage.getItem(prefix + operatorId) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, most) : [];
  } catch {
    // Switched off, or written by another version: nothing is recent then.
    return [];
  }
}

/** Puts a choice first. */
export function keepRecent(operatorId: string, chosen: Recent): void {
  const others = readRecent(operatorId).filter(({ to }) => to !== chosen.to);
  try {
    window.localStorage.setItem(prefix + operatorId, JSON.stringify([chosen, ...others].slice(0, most)));
  } catch {
    // As above.
  }
}

/** Whoever signs out leaves no names behind. */
export function forgetRecent(): void {
  try {
    for (const key of Object.keys(window.localStorage)) if (key.startsWith(prefix)) window.localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

const kinds: readonly string[] = [
  "pages",
  "views",
  "actions",
  "bots",
  "groups",
  "people",
  "requests",
  "chats",
  "events",
];

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const { kind, label, hint, to } = { kind: "", label: null, hint: null, to: null, ...value };
  const isText = typeof label === "string" && typeof hint === "string" && typeof to === "string";
  return isText && kinds.includes(kind) && /^\/(?![/\\])/.test(to);
}
