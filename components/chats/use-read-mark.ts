"use client";

import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { ChatDetail } from "../api";
import { useTRPC } from "../trpc";

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  window.addEventListener("focus", listener);
  window.addEventListener("blur", listener);
  return () => {
    document.removeEventListener("visibilitychange", listener);
    window.removeEventListener("focus", listener);
    window.removeEventListener("blur", listener);
  };
}

function isSeen(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Marks a conversation as read while its newest message is in sight of somebody. @returns the same, for a button. */
export function useReadMark({ id, unread }: ChatDetail, isInSight: boolean): () => void {
  const trpc = useTRPC();
  const { mutate, isPending } = useMutation(trpc.chats.read.mutationOptions());
  const isLooking = useSyncExternalStore(subscribe, isSeen, () => false);
  const mark = useCallback(() => mutate({ id }), [mutate, id]);
  const isDue = isInSight && isLooking && unread > 0 && !isPending;
  useEffect(() => {
    if (isDue) mark();
  }, [isDue, mark]);
  return mark;
}
