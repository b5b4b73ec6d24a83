"use client";

import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { isLeaving } from "./search-params";

const pause = 220;

/**
 * A text field that runs ahead of the address: shows what is typed at once, tells `settle` when typing pauses, and
 * follows `value` when it changes elsewhere (back button, a chip removed).
 */
export function useTypedAhead(value: string, settle: (value: string) => void): [string, (value: string) => void] {
  const [text, setText] = useState(value);
  // Who has left for another page since the last letter is not held here.
  const later = useDebouncedCallback((typed: string) => isLeaving() || settle(typed.trim()), pause);
  useEffect(() => setText((current) => (current.trim() === value ? current : value)), [value]);
  return [
    text,
    (typed) => {
      setText(typed);
      later(typed);
    },
  ];
}
