"use client";

import { type ReactNode, useDeferredValue, useState } from "react";

let isAwake = false;

/** From now on what is drawn is drawn here, and not taken over from the server. */
export function markAwake(): void {
  isAwake = true;
}

/**
 * What has come, drawn in small steps when nothing more urgent is to be drawn: undefined until then. What the server drew
 * with the page is taken over as it is.
 */
export function useLater<T>(value: T | undefined): T | undefined {
  const [first] = useState(() => (isAwake ? undefined : value));
  return useDeferredValue(value, first);
}

/**
 * What stands below the part that matters. Opened on a page that is there already it is drawn a moment after that part,
 * so that whoever opened it sees it sooner; the server draws it with the rest.
 */
export function Later({ children }: { children: ReactNode }) {
  return useLater(true) ? children : null;
}
