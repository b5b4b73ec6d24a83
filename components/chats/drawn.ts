"use client";

import { startTransition, useEffect, useRef, useState } from "react";
import type { ChatPage } from "../api";
import type { Outgoing } from "./outbox";

/** So many new messages are drawn in one go. */
export const mostAtOnce = 6;

export interface Drawn {
  page: ChatPage | undefined;
  outgoing: readonly Outgoing[];
}

/**
 * What is drawn of a conversation: what was said is drawn when nothing more urgent is, and a few at a time, so that
 * whoever writes waits for none of it. React gives up waiting for a quiet moment after some seconds; all that was said
 * meanwhile, drawn at once, would take it long. Messages and what is on its way go together: what is there by now is drawn
 * once at any time.
 */
export function useDrawn(now: Drawn): Drawn {
  const [drawn, setDrawn] = useState(now);
  const isOnItsWay = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step before has been drawn.
  useEffect(() => {
    isOnItsWay.current = false;
  }, [drawn]);
  useEffect(() => {
    if (drawn === now || isOnItsWay.current) return;
    isOnItsWay.current = true;
    startTransition(() => setDrawn(nextStep(drawn, now)));
  }, [drawn, now]);
  return drawn;
}

/** @returns `now`, without its newest messages beyond the few that may come in one step. */
export function nextStep(drawn: Drawn, now: Drawn): Drawn {
  const newest = drawn.page?.items[0];
  if (!now.page || !newest) return now;
  // All that was drawn may be gone: it was read anew, or trimmed.
  const fresh = now.page.items.findIndex(({ id }) => id === newest.id);
  if (fresh <= mostAtOnce) return now;
  return { ...now, page: { ...now.page, items: now.page.items.slice(fresh - mostAtOnce) } };
}
