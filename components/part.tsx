"use client";

import { useMounted } from "@mantine/hooks";
import { type ReactNode, Suspense } from "react";

/**
 * A part of the page that wakes up by itself, after what stands outside of parts: React takes over what is not in one
 * first, in one piece, then each part in a piece of its own, sooner if somebody presses something in it. So the frame
 * does not hold up the list. The server draws it with the rest.
 */
export function Part({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      {children}
      <Asleep />
    </Suspense>
  );
}

/** Stands in the page until the part around it hears what is pressed in it (components/early-input.ts waits for that). */
function Asleep() {
  return useMounted() ? null : <i hidden data-asleep="" />;
}
