"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { href } from "@/lib/href";
import { beatNow, inTurn, loseLease, renewLease, useLooking } from "../requests/lease";
import { useTRPCClient } from "../trpc";
import { useCan } from "./access";
import { useHeard } from "./live";
import { tabId } from "./tab";

/** The server forgets a tab it has not heard of for a minute. */
const beatMs = 20_000;

/** Tells the desk that this tab is here and what it looks at: at once when that changes, else every 20 s. Draws nothing. */
export function Presence() {
  const client = useTRPCClient();
  const mayLook = useCan("requests.view");
  const { requestId, isSaid, lease, beat } = useLooking();
  // After a reload: to say "at nothing" before the queue has spoken would give back what this tab holds.
  const isQueueSilent = usePathname() === href.requests() && !isSaid;
  const isHere = mayLook && !isQueueSilent;
  const token = lease?.token;
  // A server that was away may have forgotten this tab.
  useHeard(({ isResync }) => isResync && beatNow());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `beat` is the wish to ask now.
  useEffect(() => {
    if (!isHere) return;
    const look = async () => {
      try {
        const seen = await inTurn(() =>
          client.presence.look.mutate({ tab: tabId(), requestId, ...(token === undefined ? {} : { token }) }),
        );
        if (token === undefined) return;
        if (seen.isLost) loseLease(token);
        else if (seen.expiresAt) renewLease(token, seen.expiresAt);
      } catch {
        // Asked again with the next beat; what the screen shows meanwhile says nothing that would be wrong.
      }
    };
    void look();
    const timer = setInterval(look, beatMs);
    return () => clearInterval(timer);
  }, [client, isHere, requestId, token, beat]);
  return null;
}
