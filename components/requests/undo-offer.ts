"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Verb } from "@/lib/request";
import { useTRPC } from "../trpc";
import { forgetBatch, type OwnBatch, useOwnBatches } from "./batch-own";
import { forgetDecision, type OwnDecision, useOwnDecisions } from "./own-decisions";

interface OfferTime {
  /** Stays the same while it is offered. */
  key: string;
  verb: Verb;
  /** When it was first offered and until when it is, by this browser's clock. */
  begun: number;
  until: number;
  seconds: number;
}

/** What can be taken back now. */
export type Offer = OfferTime &
  ({ kind: "decision"; decision: OwnDecision; name: string } | { kind: "batch"; batch: OwnBatch; count: number });

/** What was taken back last. */
export type Taken = { at: number } & ({ kind: "decision"; name: string } | { kind: "batch"; id: string });

/** How long "taken back" stays to be read, ms. */
const readingMs = 6_000;

/** When each was first seen here. The server's clock is another one, so its times are of no use for a countdown. */
const begun = new Map<string, number>();

function time(key: string, verb: Verb, seconds: number): OfferTime {
  const start = begun.get(key) ?? Date.now();
  begun.set(key, start);
  return { key, verb, begun: start, until: start + seconds * 1000, seconds };
}

/** The newest thing this tab did that can still be taken back, how many more there are, and taking it back. */
export function useUndo() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const seconds = useQuery(trpc.preferences.get.queryOptions()).data?.undoSeconds ?? 0;
  const decisions = useOwnDecisions();
  const batches = useOwnBatches();
  const [taken, setTaken] = useState<Taken | null>(null);
  const [, redraw] = useState(0);

  const offers: Offer[] = [
    ...decisions.map(
      (decision): Offer => ({
        ...time(decision.decisionId, decision.verb, seconds),
        kind: "decision",
        decision,
        name: decision.name,
      }),
    ),
    ...batches.map(
      (batch): Offer => ({ ...time(batch.id, batch.verb, seconds), kind: "batch", batch, count: batch.count }),
    ),
  ]
    .filter(({ until }) => until > Date.now())
    .toSorted((a, b) => b.begun - a.begun);
  const offer = offers[0] ?? null;
  const until = offer?.until ?? null;

  // The offer ends by itself; what was decided stands in the queue.
  useEffect(() => {
    if (until === null) return;
    const timer = setTimeout(() => redraw((count) => count + 1), Math.max(0, until - Date.now()) + 20);
    return () => clearTimeout(timer);
  }, [until]);
  useEffect(() => {
    if (taken === null) return;
    const timer = setTimeout(() => setTaken(null), readingMs);
    return () => clearTimeout(timer);
  }, [taken]);
  const settled = () => {
    queryClient.invalidateQueries(trpc.requests.pathFilter());
    queryClient.invalidateQueries(trpc.batches.pathFilter());
  };
  const undoOne = useMutation(trpc.requests.undo.mutationOptions({ onSettled: settled }));
  const undoBatch = useMutation(trpc.batches.cancel.mutationOptions({ onSettled: settled }));

  const drop = (one: Offer) => (one.kind === "batch" ? forgetBatch(one.key) : forgetDecision(one.key));
  const undo = () => {
    if (!offer) return;
    undoOne.reset();
    undoBatch.reset();
    // Late or not, it is not offered again: the desk has answered.
    if (offer.kind === "batch") {
      undoBatch.mutate(
        { id: offer.key },
        {
          onSuccess: () => setTaken({ kind: "batch", id: offer.key, at: Date.now() }),
          onSettled: () => drop(offer),
        },
      );
    } else {
      undoOne.mutate(
        { id: offer.decision.requestId, decisionId: offer.key },
        {
          onSuccess: () => setTaken({ kind: "decision", name: offer.name, at: Date.now() }),
          onSettled: () => drop(offer),
        },
      );
    }
  };
  return {
    offer,
    others: Math.max(0, offers.length - 1),
    undo,
    // A newer decision is of more interest than what was taken back before it.
    taken: taken !== null && (offer === null || offer.begun < taken.at) ? taken : null,
    isPending: undoOne.isPending || undoBatch.isPending,
    error: undoOne.error ?? undoBatch.error,
    /** Lets the newest offer go, or puts away what went wrong with it. */
    dismiss: () => {
      if (undoOne.isError) undoOne.reset();
      else if (undoBatch.isError) undoBatch.reset();
      else if (offer) drop(offer);
    },
  };
}
