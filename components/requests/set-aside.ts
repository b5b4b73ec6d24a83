"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RequestRow } from "../api";
import { useTRPC } from "../trpc";
import { putRow } from "./rows";

/** Not now: passed over by oneself, out of the queue until a time, or in a colleague's hands. */
export function useSetAside() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = {
    onSuccess: (row: RequestRow) => {
      queryClient.setQueryData(trpc.requests.get.queryKey({ id: row.id }), (known) => known && { ...known, ...row });
      putRow(queryClient, row);
    },
    onSettled: (_row: unknown, _error: unknown, { id }: { id: string }) => {
      queryClient.invalidateQueries(trpc.requests.get.queryFilter({ id }));
      queryClient.invalidateQueries(trpc.requests.counts.pathFilter());
    },
  };
  return {
    skip: useMutation(trpc.requests.skip.mutationOptions(after)),
    snooze: useMutation(trpc.requests.snooze.mutationOptions(after)),
    handOver: useMutation(trpc.requests.handOver.mutationOptions(after)),
  };
}

export type SettingAside = ReturnType<typeof useSetAside>;
