"use client";

import { useEffect, useRef } from "react";
import { useShortcutsOn } from "./preferences";

type Keys = Record<string, (() => void) | undefined>;

/** Keys that stay on when single-key shortcuts are off: they are no characters. */
const always = new Set(["Escape", "ArrowDown", "ArrowUp"]);

/**
 * Single keys for the page, by `KeyboardEvent.key`. Silent while somebody types, while a dialogue or menu is open, and
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
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = current.current[name];
      if (!act || isBusy(event.target)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [isOn]);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true;
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}
