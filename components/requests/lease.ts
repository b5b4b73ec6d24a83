"use client";

import { useSyncExternalStore } from "react";

/** A lease this tab holds. The token proves it; it lives in memory only, so a copied tab has none. */
export interface Lease {
  requestId: string;
  token: string;
  expiresAt: Date;
}

/** What this tab looks at, and with which right. `beat` grows when the server has to be asked at once. */
export interface Looking {
  requestId: string | null;
  /** Has the queue said yet what is open? It may come to life later than the frame around it. */
  isSaid: boolean;
  lease: Lease | null;
  /** The request whose lease was lost and not taken again. */
  lost: string | null;
  beat: number;
}

let looking: Looking = { requestId: null, isSaid: false, lease: null, lost: null, beat: 0 };
const before: Looking = looking;
const listeners = new Set<() => void>();

function change(patch: Partial<Looking>) {
  looking = { ...looking, ...patch };
  for (const listener of listeners) listener();
}

/** This tab has opened a request, or none. The server gives back what the tab held before. */
export function lookAt(requestId: string | null): void {
  if (looking.isSaid && requestId === looking.requestId) return;
  change({ requestId, isSaid: true, lease: null, lost: null });
}

/** The server gave a lease. If the tab has moved on meanwhile it is given back by the next look, and not kept here. */
export function holdLease(lease: Lease): void {
  if (lease.requestId === looking.requestId) change({ lease, lost: null });
}

/** Given back, or used up by a decision. */
export function dropLease(requestId: string): void {
  if (looking.lease?.requestId === requestId) change({ lease: null });
}

/** The server says that this token opens nothing any more. */
export function loseLease(token: string): void {
  if (looking.lease?.token === token) change({ lease: null, lost: looking.lease.requestId });
}

/** The lease goes on. */
export function renewLease(token: string, expiresAt: Date): void {
  if (looking.lease?.token === token) change({ lease: { ...looking.lease, expiresAt } });
}

/** Asks the server now instead of at the next beat. */
export function beatNow(): void {
  change({ beat: looking.beat + 1 });
}

export function useLooking(): Looking {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => looking,
    () => before,
  );
}

/** The lease this tab holds on a request. */
export function readLease(requestId: string): Lease | null {
  return looking.lease?.requestId === requestId ? looking.lease : null;
}

let last: Promise<unknown> = Promise.resolve();

/** One after another: a look sent before a claim must not reach the server after it and give the claim back. */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const next = last.then(task, task);
  last = next.catch(() => undefined);
  return next;
}
