const waiting = new Set<() => void>();
let isHere = false;

const signs = ["pointermove", "pointerdown", "keydown"] as const;

function come() {
  isHere = true;
  for (const sign of signs) window.removeEventListener(sign, come, true);
  for (const load of waiting) inRest(load);
  waiting.clear();
}

// Safari has no such callback.
function inRest(load: () => void) {
  if (typeof requestIdleCallback === "undefined") setTimeout(load, 1);
  else requestIdleCallback(load, { timeout: 500 });
}

/**
 * Fetches what opens only when pressed as soon as somebody is there: the pointer moves, or a key is pressed. It weighs
 * nothing on the first paint, and is there before it is asked for.
 */
export function atFirstHand(load: () => unknown): void {
  if (typeof window === "undefined") return;
  if (isHere) {
    inRest(load);
    return;
  }
  if (waiting.size === 0)
    for (const sign of signs) window.addEventListener(sign, come, { capture: true, passive: true });
  waiting.add(load);
}
