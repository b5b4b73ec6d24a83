"use client";

import { useSyncExternalStore } from "react";

/** What a list knows of a row that can be chosen. */
export interface Selectable {
  id: string;
  version: number;
  canDecide: boolean;
}

export interface Selection {
  /** Chosen requests, in the order of the list, with the version that was on the screen when they were chosen. */
  ids: ReadonlyMap<string, number>;
  /** How many rows of the list could be chosen at all. */
  total: number;
}

/** The most that one batch takes. */
export const maximumSelection = 1_000;

const nothing: Selection = { ids: new Map(), total: 0 };
let rows: readonly Selectable[] = [];
let chosen = new Map<string, number>();
/** Where a range begins: the last row chosen by itself. */
let anchor: string | null = null;
let shown: Selection = nothing;
const listeners = new Set<() => void>();

function tell() {
  // In the order of the list, whatever the order of choosing: a batch works in the order it was seen.
  const ids = new Map(
    rows.flatMap(({ id }): [string, number][] => {
      const version = chosen.get(id);
      return version === undefined ? [] : [[id, version]];
    }),
  );
  shown = { ids, total: rows.reduce((sum, row) => sum + (row.canDecide ? 1 : 0), 0) };
  for (const listener of listeners) listener();
}

/** What is on the screen now, in order. A row that can no longer be decided leaves the selection, as does one that is gone. */
export function setSelectable(next: readonly Selectable[]): void {
  const before = rows;
  rows = next;
  const open = new Set(next.flatMap((row) => (row.canDecide ? [row.id] : [])));
  const kept = new Map([...chosen].filter(([id]) => open.has(id)));
  const isSame = kept.size === chosen.size && before.length === next.length && shown.total === open.size;
  chosen = kept;
  if (anchor !== null && !next.some((row) => row.id === anchor)) anchor = null;
  if (!isSame) tell();
}

/** Chooses a row, or lets it go. */
export function toggle(id: string): void {
  const row = rows.find((one) => one.id === id);
  if (!row) return;
  anchor = id;
  if (chosen.has(id)) chosen.delete(id);
  else if (row.canDecide && chosen.size < maximumSelection) chosen.set(id, row.version);
  tell();
}

/** Chooses everything from the last chosen row (else `from`) to this one. */
export function extend(to: string, from: string | null = null): void {
  anchor ??= from ?? to;
  const ends = [rows.findIndex((row) => row.id === anchor), rows.findIndex((row) => row.id === to)];
  const [first = -1, last = -1] = ends.sort((a, b) => a - b);
  if (first === -1) return;
  for (const row of rows.slice(first, last + 1)) {
    if (row.canDecide && chosen.size < maximumSelection) chosen.set(row.id, row.version);
  }
  tell();
}

/** Chooses every row that is loaded, up to what one batch takes. */
export function all(): void {
  for (const row of rows) if (row.canDecide && chosen.size < maximumSelection) chosen.set(row.id, row.version);
  tell();
}

export function clear(): void {
  if (chosen.size === 0) return;
  chosen = new Map();
  anchor = null;
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The requests chosen for one decision, and how to change that. Lives with the tab; changing the filter clears it. */
export function useSelection(): Selection & {
  toggle: typeof toggle;
  extend: typeof extend;
  clear: typeof clear;
  all: typeof all;
} {
  const selection = useSyncExternalStore(
    subscribe,
    () => shown,
    () => nothing,
  );
  return { ...selection, toggle, extend, clear, all };
}
