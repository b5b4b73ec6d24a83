import type { BatchSummary } from "../api";

export type BatchCounts = BatchSummary["counts"];
export type BatchCount = keyof BatchCounts;

/** In the order of a bar: what is proven, what is on its way, what went wrong, what will not happen. */
export const barOrder = [
  "confirmed",
  "sent",
  "sending",
  "held",
  "unknown",
  "failed",
  "refused",
  "elsewhere",
  "cancelled",
] as const satisfies readonly BatchCount[];

/** Something of it still waits for the desk or for the platform's answer. */
export function isRunning(counts: BatchCounts): boolean {
  return counts.queued + counts.held + counts.sending > 0;
}

/** Those somebody should look at. */
export function troubles(counts: BatchCounts): number {
  return counts.failed + counts.unknown + counts.refused;
}
