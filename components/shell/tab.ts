"use client";

import { useSyncExternalStore } from "react";
import { v4 as uuid, validate } from "uuid";

const key = "gatehouse.tab";
let own: string | null = null;

/**
 * The id of this browser tab: the same after a reload, another one in every other tab.
 *
 * The browser copies sessionStorage when a tab is duplicated or opened by another, so an id that lay there would soon
 * belong to two. It lies there only between the end of a page and the start of the next one in the same tab; while the
 * page lives the id is in memory and a copy finds nothing. (Web Locks would tell too, but do not exist on plain http.)
 */
export function tabId(): string {
  if (own !== null) return own;
  // Nobody listens while the server draws; the browser's own call comes later.
  if (typeof window === "undefined") return "00000000-0000-4000-8000-000000000000";
  own = take() ?? uuid();
  window.addEventListener("pagehide", () => put(own));
  window.addEventListener("pageshow", (event) => event.persisted && take());
  return own;
}

/** The id of this tab for what is drawn: null in the first drawing, which is the server's. */
export function useTab(): string | null {
  return useSyncExternalStore(
    () => () => undefined,
    tabId,
    () => null,
  );
}

/** Reads the id left by the page before, and leaves none. */
function take(): string | null {
  try {
    const left = window.sessionStorage.getItem(key);
    window.sessionStorage.removeItem(key);
    return left !== null && validate(left) ? left : null;
  } catch {
    // Storage is switched off: a reload then counts as another tab, which the server forgets after seconds.
    return null;
  }
}

function put(id: string | null): void {
  try {
    if (id !== null) window.sessionStorage.setItem(key, id);
  } catch {
    // As above.
  }
}
