"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Verb } from "@/lib/request";
import type { RequestDetail } from "../api";
import { useCalled } from "../applicant";
import { toFailure } from "../failure-shape";
import { tabId } from "../shell/tab";
import { useTRPC } from "../trpc";
import { dropLease, readLease } from "./lease";
import { rememberDecision } from "./own-decisions";
import { putRow } from "./rows";

/** Decides the open request: with the lease this tab holds, else claiming and deciding in one. */
export function useDecide(request: RequestDetail, onDecided: (verb: Verb) => void) {
  const trpc = useTRPC();
  const called = useCalled();
  const queryClient = useQueryClient();
  const decide = useMutation(
    trpc.requests.decide.mutationOptions({
      onSuccess: (row, { verb }) => {
        queryClient.setQueryData(trpc.requests.get.queryKey({ id: row.id }), (known) => known && { ...known, ...row });
        putRow(queryClient, row);
        dropLease(row.id);
        if (row.decision) {
          const { id: decisionId, at } = row.decision;
          rememberDecision({ requestId: row.id, decisionId, verb, name: called(row), at });
        }
        onDecided(verb);
      },
      onError: (error) => {
        // A token that opened nothing would be shown again and again.
        if (toFailure(error).code === "claim_lost") dropLease(request.id);
      },
      // Right or wrong, what is shown is now old.
      onSettled: () => {
        queryClient.invalidateQueries(trpc.requests.get.queryFilter({ id: request.id }));
        queryClient.invalidateQueries(trpc.requests.counts.pathFilter());
      },
    }),
  );
  return {
    failure: decide.isError ? toFailure(decide.error) : null,
    error: decide.error,
    isPending: decide.isPending,
    decide: (verb: Verb, input: { reason: string; isPersonSure: boolean; isAgain: boolean }) => {
      const lease = readLease(request.id);
      decide.mutate({
        id: request.id,
        version: request.version,
        verb,
        reason: input.reason,
        tab: tabId(),
        ...(lease ? { token: lease.token } : {}),
        ...(input.isPersonSure ? { acknowledgeTwin: true } : {}),
        ...(input.isAgain ? { again: true } : {}),
      });
    },
  };
}
