"use client";

import { useCallback, useSyncExternalStore } from "react";

/** What stands for something else in the text being written: a member's name, a face. */
export type Token = { type: "mention"; userId: string } | { type: "mention_all" } | { type: "face"; id: string };

export interface Draft {
  text: string;
  /** By how each is written in the text. */
  tokens: Readonly<Record<string, Token>>;
  /** The message that is answered. */
  reply: { id: string; messageId: string; name: string; text: string } | null;
}

const nothing: Draft = { text: "", tokens: {}, reply: null };
const prefix = "gatehouse.chat.";

/** Drafts as they were last read or written; what is kept of them outlives a reload of the tab. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(id: string): Draft {
  const known = drafts.get(id);
  if (known) return known;
  const kept = load(id);
  drafts.set(id, kept);
  return kept;
}

function load(id: string): Draft {
  try {
    const text = sessionStorage.getItem(prefix + id);
    // Written below by this very tab, whole.
    return text === null ? nothing : ({ ...nothing, ...JSON.parse(text) } as Draft);
  } catch {
    return nothing;
  }
}

function write(id: string, draft: Draft): void {
  drafts.set(id, draft);
  try {
    if (draft.text === "" && draft.reply === null) sessionStorage.removeItem(prefix + id);
    else sessionStorage.setItem(prefix + id, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing: the draft lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** What was written in a conversation and not sent, and how to change it. */
export function useDraft(id: string): [Draft, (patch: Partial<Draft>) => void, () => void] {
  const draft = useSyncExternalStore(
    subscribe,
    () => read(id),
    () => nothing,
  );
  const change = useCallback((patch: Partial<Draft>) => write(id, { ...read(id), ...patch }), [id]);
  const clear = useCallback(() => write(id, nothing), [id]);
  return [draft, change, clear];
}

/** The message that is answered, and how to choose it: whoever asks for no more is not drawn with every letter. */
export function useAnswered(id: string): [Draft["reply"], (reply: NonNullable<Draft["reply"]>) => void] {
  const reply = useSyncExternalStore(
    subscribe,
    () => read(id).reply,
    () => null,
  );
  return [reply, useCallback((next) => write(id, { ...read(id), reply: next }), [id])];
}
