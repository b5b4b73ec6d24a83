"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Fact } from "@/lib/live";
import { Gather } from "../shell/gather";
import { useHeard } from "../shell/live";

/** Sums over many rows are read at most this often while things happen, ms. */
const pause = 2_000;
const topics: ReadonlySet<Fact["topic"]> = new Set<Fact["topic"]>(["request", "decision", "bot"]);

/** Keeps the numbers true: read again when something happened that they count. */
export function useFreshOverview(): void {
  const queryClient = useQueryClient();
  const [gather] = useState(
    () => new Gather<Fact>(pause, () => void queryClient.invalidateQueries({ queryKey: [["overview"]] })),
  );
  useEffect(() => () => gather.stop(), [gather]);
  // After a gap everything is read again anyway (shell/live.tsx).
  useHeard(({ facts }) => {
    for (const fact of facts) if (topics.has(fact.topic)) gather.put(fact);
  });
}
