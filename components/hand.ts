const waiting = new Set<() => void>();
let isHere = false;

const signs = ["pointermove", "pointerdown", "keydown"] as const;

function come() {
  isHere = true;
  for (const sign of signs) window.removeEventListener(sign, come, true);
  for (const load of waiting) inRest(load, patienceMs);
  waiting.clear();
}

/** What is asked for in advance is begun after so long at the latest, ms. */
const patienceMs = 500;

/** Does it when nothing else is to be done, and after `timeout` ms at the latest. */
export function inRest(act: () => void, timeout: number): void {
  // Safari has no such callback.
  if (typeof requestIdleCallback === "undefined") setTimeout(act, 1);
  else requestIdleCallback(act, { timeout });
}

/**
 * Fetches what opens only when pressed as soon as somebody is there: the pointer moves, or a key is pressed. It weighs
 * nothing on the first paint, and is there before it is asked for.
 */
export function atFirstHand(load: () => unknown): void {
  if (typeof window === "undefined") return;
  if (isHere) {
    inRest(load, patienceMs);
    return;
  }
  if (waiting.size === 0)
    for (const sign of signs) window.addEventListener(sign, come, { capture: true, passive: true });
  waiting.add(load);
}
