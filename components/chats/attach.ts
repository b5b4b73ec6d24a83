"use client";

import { useCallback, useSyncExternalStore } from "react";
import { maximumUpload } from "@/lib/file";

/** A file that goes out as a message of its own. */
export interface Attached {
  key: string;
  type: "image" | "file";
  file: File;
  /** Once it was brought to the desk, and the desk still has it. */
  uploadId: string | null;
}

export type Refused = "tooLarge" | "notPicture" | "empty";

const pictures = /^image\/(?:png|jpeg|gif|webp)$/;

/** A file chosen, pasted or dropped, as what can be sent: a picture where it is one, else a file. */
export function toAttached(
  file: File,
  can: { image: boolean; file: boolean },
): { attached: Attached } | { refused: Refused } {
  const isPicture = pictures.test(file.type) && can.image;
  if (!isPicture && !can.file) return { refused: "notPicture" };
  if (file.size === 0) return { refused: "empty" };
  if (file.size > maximumUpload) return { refused: "tooLarge" };
  return { attached: { key: crypto.randomUUID(), type: isPicture ? "image" : "file", file, uploadId: null } };
}

/** What is attached and not sent, by conversation. A file outlives no reload; looking elsewhere meanwhile loses none. */
const trays = new Map<string, readonly Attached[]>();
const nothing: readonly Attached[] = [];
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is attached in a conversation, and how to change it. */
export function useTray(
  id: string,
): [readonly Attached[], (change: (tray: readonly Attached[]) => Attached[]) => void] {
  const tray = useSyncExternalStore(
    subscribe,
    () => trays.get(id) ?? nothing,
    () => nothing,
  );
  const change = useCallback(
    (next: (tray: readonly Attached[]) => Attached[]) => {
      trays.set(id, next(trays.get(id) ?? nothing));
      for (const listener of listeners) listener();
    },
    [id],
  );
  return [tray, change];
}
