"use client";

import { useSyncExternalStore } from "react";
import type { Verb } from "@/lib/request";

/** A decision this tab has just taken. */
export interface OwnDecision {
  requestId: string;
  decisionId: string;
  verb: Verb;
  /** Whom it is about, to show. */
  name: string;
  at: Date;
}

/** More are never offered to be taken back. */
const most = 20;
const none: readonly OwnDecision[] = [];
let own: readonly OwnDecision[] = none;
const listeners = new Set<() => void>();

function change(next: readonly OwnDecision[]) {
  own = next;
  for (const listener of listeners) listener();
}

/** Called when the server has taken a decision of this tab. */
export function rememberDecision(decision: OwnDecision): void {
  change([decision, ...own.filter(({ decisionId }) => decisionId !== decision.decisionId)].slice(0, most));
}

/** Taken back, or too late for it. */
export function forgetDecision(decisionId: string): void {
  change(own.filter((one) => one.decisionId !== decisionId));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** This tab's decisions, newest first: what "undo" offers. The server alone knows whether it is still in time. */
export function useOwnDecisions(): readonly OwnDecision[] {
  return useSyncExternalStore(
    subscribe,
    () => own,
    () => none,
  );
}
