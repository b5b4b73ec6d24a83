"use client";

import { type ReactNode, useDeferredValue, useState } from "react";

let isAwake = false;

/** From now on what is drawn is drawn here, and not taken over from the server. */
export function markAwake(): void {
  isAwake = true;
}

/**
 * What stands below the part that matters. Opened on a page that is there already it is drawn a moment after that part,
 * so that whoever opened it sees it sooner; the server draws it with the rest.
 */
export function Later({ children }: { children: ReactNode }) {
  const [isDrawn] = useState(() => !isAwake);
  return useDeferredValue(true, isDrawn) ? children : null;
}
