"use client";

import { useLocalStorage } from "@mantine/hooks";

/** Single-key shortcuts can be turned off: they get in the way of speech input and some keyboards (WCAG 2.1.4). */
export function useShortcutsOn() {
  return useLocalStorage({ key: "gatehouse.shortcuts", defaultValue: true, getInitialValueInEffect: true });
}

/** After a decision, open the next request that waits. */
export function useAdvances() {
  return useLocalStorage({ key: "gatehouse.advance", defaultValue: false, getInitialValueInEffect: true });
}
