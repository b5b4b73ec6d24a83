"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { RequestDetail } from "../api";
import { tabId, useTab } from "../shell/tab";
import { useTRPC, useTRPCClient } from "../trpc";
import { beatNow, dropLease, holdLease, inTurn, useLooking } from "./lease";

/** Whoever only passes by claims nothing. */
const dwellMs = 1_200;

export type Hold = "nobody" | "mine" | "tab" | "other";

/** Who holds an open request, as seen from this tab: `tab` is another tab of the same operator. */
function holdOf({ holder }: Pick<RequestDetail, "holder">, tab: string | null): Hold {
  if (!holder) return "nobody";
  if (!holder.isMine) return "other";
  // Until this tab knows itself it is taken for the one that holds it, which it nearly always is.
  return tab === null || holder.tab === tab ? "mine" : "tab";
}

/** The lease on the open request: taken by itself after a moment where the desk wants that, else by hand. */
export function useClaim(request: RequestDetail) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const preferences = useQuery(trpc.preferences.get.queryOptions()).data;
  const { lease, lost } = useLooking();
  const { id } = request;
  const own = lease?.requestId === id ? lease : null;
  const tab = useTab();
  const hold = holdOf(request, tab);
  const reread = () => queryClient.invalidateQueries(trpc.requests.get.queryFilter({ id }));

  const claim = useMutation({
    mutationFn: ({ reason }: { reason?: string; isAuto?: boolean }) =>
      inTurn(() => client.requests.claim.mutate({ id, tab: tabId(), ...(reason ? { reason } : {}) })),
    onSuccess: ({ token, expiresAt }) => holdLease({ requestId: id, token, expiresAt }),
    onSettled: reread,
  });
  const release = useMutation({
    mutationFn: () => inTurn(async () => own && (await client.requests.release.mutate({ id, token: own.token }))),
    onSuccess: () => dropLease(id),
    onSettled: reread,
  });

  // Given back by hand it stays free: taking it again at once would mock the wish.
  const isGivenBack = useRef(false);
  const isWanted =
    tab !== null && request.canDecide && own === null && claim.isIdle && isClaimedOnOpen(preferences, hold);
  // After a reload the lease is still this tab's, and its token is gone with the page: it needs a new one at once.
  const wait = hold === "mine" ? 0 : dwellMs;
  const { mutate } = claim;
  useEffect(() => {
    if (!isWanted || isGivenBack.current) return;
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible") mutate({ isAuto: true });
    }, wait);
    return () => clearTimeout(timer);
  }, [isWanted, wait, mutate]);

  // The row says that somebody else has it while this tab still believes to hold it: the server knows.
  const isDoubtful = own !== null && (hold === "other" || hold === "tab");
  useEffect(() => {
    if (isDoubtful) beatNow();
  }, [isDoubtful]);

  return {
    hold,
    /** Taken over, or run out, while it was open here. */
    isLost: lost === id,
    /** A claim of its own accord that came too late says nothing: the row shows who was faster. */
    error: claim.variables?.isAuto ? null : (claim.error ?? release.error),
    isPending: claim.isPending || release.isPending,
    take: (reason?: string) => {
      isGivenBack.current = false;
      claim.mutate(reason ? { reason } : {});
    },
    giveBack: () => {
      isGivenBack.current = true;
      release.mutate();
    },
  };
}

function isClaimedOnOpen(preferences: { claimOnOpen: boolean } | undefined, hold: Hold): boolean {
  return hold === "mine" || (hold === "nobody" && preferences?.claimOnOpen === true);
}

export type Claiming = ReturnType<typeof useClaim>;
