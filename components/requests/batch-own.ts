"use client";

import { useSyncExternalStore } from "react";
import type { Verb } from "@/lib/request";

/** A batch this tab has just started. */
export interface OwnBatch {
  id: string;
  verb: Verb;
  count: number;
}

const none: readonly OwnBatch[] = [];
let own: readonly OwnBatch[] = none;
const listeners = new Set<() => void>();

function change(next: readonly OwnBatch[]) {
  own = next;
  for (const listener of listeners) listener();
}

/** Called when the server has taken a batch of this tab. */
export function rememberBatch(batch: OwnBatch): void {
  change([batch, ...own.filter(({ id }) => id !== batch.id)]);
}

/** Taken back, or too late for it. */
export function forgetBatch(id: string): void {
  change(own.filter((batch) => batch.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** This tab's batches, newest first: what "undo" offers beside single decisions. */
export function useOwnBatches(): readonly OwnBatch[] {
  return useSyncExternalStore(
    subscribe,
    () => own,
    () => none,
  );
}
