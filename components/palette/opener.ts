"use client";

import { useSyncExternalStore } from "react";

let turn = 0;
const listeners = new Set<() => void>();

/** Opens the palette: from a button, or by its keys. */
export function openPalette(): void {
  turn += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How often it was asked for; 0 until then. */
export function usePaletteTurn(): number {
  return useSyncExternalStore(
    subscribe,
    () => turn,
    () => 0,
  );
}
