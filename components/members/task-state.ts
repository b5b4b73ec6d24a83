import type { TaskItemState } from "@/lib/task";
import type { TaskSummary } from "../api";

type Counts = TaskSummary["counts"];

/** In the order of a bar: what is proven, what is on its way, what went wrong, what will not happen. */
export const barOrder = [
  "confirmed",
  "sent",
  "sending",
  "unknown",
  "failed",
  "refused",
  "cancelled",
] as const satisfies readonly TaskItemState[];

/** Something of it still waits for its turn or for the platform's answer. */
export function isRunning({ counts }: Pick<TaskSummary, "counts">): boolean {
  return counts.queued + counts.sending > 0;
}

/** Those somebody should look at. */
export function troubles(counts: Counts): number {
  return counts.failed + counts.unknown + counts.refused;
}
