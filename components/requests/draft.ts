"use client";

import { useCallback, useSyncExternalStore } from "react";

export interface Draft {
  reason: string;
  note: string;
  /** What was typed for the placeholders of the reason that nothing else fills. */
  blanks: Readonly<Record<string, string>>;
}

const nothing: Draft = { reason: "", note: "", blanks: {} };

/** What was typed and not sent, by request. Lives with the tab: moving along the queue, or losing a race, loses no text. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The unsent text of one request, and how to change it. */
export function useDraft(requestId: string): [Draft, (patch: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(
    subscribe,
    () => drafts.get(requestId) ?? nothing,
    () => nothing,
  );
  const change = useCallback(
    (patch: Partial<Draft>) => {
      const next = { ...(drafts.get(requestId) ?? nothing), ...patch };
      if (next.reason === "" && next.note === "") drafts.delete(requestId);
      else drafts.set(requestId, next);
      for (const listener of listeners) listener();
    },
    [requestId],
  );
  return [draft, change];
}
