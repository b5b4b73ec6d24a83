"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Present } from "../api";
import { useTRPC } from "../trpc";
import { useCan } from "./access";

const nobody: readonly Present[] = [];

/** Who is at the desk now, oneself included. */
export function usePresent(): readonly Present[] {
  const trpc = useTRPC();
  const isAllowed = useCan("requests.view");
  return useQuery(trpc.presence.list.queryOptions(undefined, { enabled: isAllowed })).data?.here ?? nobody;
}

/** Who else looks at which request. */
export function useLookers(): ReadonlyMap<string, readonly Present[]> {
  const here = usePresent();
  return useMemo(() => {
    const lookers = new Map<string, Present[]>();
    for (const one of here) {
      if (one.isSelf) continue;
      for (const id of one.requestIds) lookers.set(id, [...(lookers.get(id) ?? []), one]);
    }
    return lookers;
  }, [here]);
}
