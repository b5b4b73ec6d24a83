"use client";

import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useSessionInfo } from "../shell/access";
import type { Item } from "./item";
import { keepRecent, readRecent } from "./recent";

/** What was chosen lately in this browser, as lines of the palette, and how a choice is kept. */
export function useRecent(own: readonly Item[]): { items: Item[]; keep: (item: Item) => void } {
  const operatorId = useSessionInfo()?.operator.id ?? "";
  // Read once an opening: what is chosen now is for the next one.
  const [recent] = useState(() => (operatorId === "" ? [] : readRecent(operatorId)));
  return {
    items: recent.map(
      ({ kind, label, hint, to }): Item => ({
        ...{ key: `recent ${to}`, kind: "recent", label, hint, to },
        icon: own.find((item) => item.to === to && item.kind === kind)?.icon ?? IconClock,
      }),
    ),
    keep: ({ kind, label, hint = "", to }) => {
      // Places stand in the list anyway.
      const own = kind === "pages" || kind === "actions";
      if (operatorId === "" || to === undefined || own) return;
      const before = recent.find((one) => one.to === to);
      keepRecent(operatorId, { kind: kind === "recent" ? (before?.kind ?? "people") : kind, label, hint, to });
    },
  };
}
