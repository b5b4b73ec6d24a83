import type { ToneName } from "./tone";

export interface Toast {
  /** `good` is for what is confirmed, and for nothing else. */
  tone: Extract<ToneName, "good" | "busy" | "bad" | "odd" | "calm">;
  title: string;
  lines?: readonly string[];
}

/** Its own element: what takes part in the first paint only waits for it (late-toasts.tsx). */
const wanted = new EventTarget();
let isWanted = false;

/** Calls `show` when the first toast is due, at once if it is already. Returns the way to stop. */
export function onFirstToast(show: () => void): () => void {
  if (isWanted) show();
  wanted.addEventListener("first", show);
  return () => wanted.removeEventListener("first", show);
}

/** Tells the operator how an act went, at the edge of the screen. Failures stay until they are closed. */
export function toast(message: Toast): void {
  if (!isWanted) {
    isWanted = true;
    wanted.dispatchEvent(new Event("first"));
  }
  void import("./toasts").then(({ showToast }) => showToast(message));
}
