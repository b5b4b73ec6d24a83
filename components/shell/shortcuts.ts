"use client";

import { useEffect, useRef } from "react";
import { useShortcutsOn } from "./preferences";

type Keys = Record<string, (() => void) | undefined>;

/** Keys that stay on when single-key shortcuts are off: they are no characters. */
const always = new Set(["Escape", "ArrowDown", "ArrowUp"]);

/**
 * Single keys for the page, by `KeyboardEvent.key`; a letter with Shift is a key of its own, "Shift+J". Silent while somebody types, while a dialogue or menu is open, and
 * with any modifier, so that nothing is decided by a slip.
 */
export function useShortcuts(keys: Keys) {
  const current = useRef(keys);
  const [isOn] = useShortcutsOn();
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (!isOn && !always.has(event.key)) return;
      const act = current.current[nameOf(event)];
      if (!act || isBusy(event.target, event.key)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [isOn]);
}

/** Caps lock is no wish for another act; Shift is. */
function nameOf({ key, shiftKey }: KeyboardEvent): string {
  if (!/^\p{L}$/u.test(key)) return key;
  return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
}

function isBusy(target: EventTarget | null, key: string): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true;
  if (!(target instanceof Element)) return false;
  // A box to tick takes no letters; arrows move between the dots of a choice.
  if (target.matches("input[type=checkbox]") || (target.matches("input[type=radio]") && !always.has(key))) return false;
  return target.closest("input, textarea, select, [contenteditable=true]") !== null;
}
