import type { FailureCode } from "./failure-shape";
import type { Toast } from "./toast";

/** Failures after which it may have happened all the same. The texts of these say so. */
const open: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "timeout",
  "aborted",
  "connection_lost",
  "result_unknown",
  "partly_done",
  "bad_answer",
  "answer_too_large",
  "offline",
]);

/** May it have happened although it failed? Then it is amber, not red, and nobody should simply try again. */
export function mayHaveHappened(code: FailureCode): boolean {
  return open.has(code);
}

/**
 * How far an act is known to have gone: as the platform's acts say it. What the desk does by itself (a note, a view) has
 * no such state, and is done when it answers.
 */
export function stateOf(result: unknown): "confirmed" | "sent" | null {
  const state = typeof result === "object" && result !== null && "state" in result ? result.state : null;
  return state === "confirmed" || state === "sent" ? state : null;
}

/** Green is for what was seen to have happened, and for nothing else. */
export function toneOf(state: "confirmed" | "sent" | null): Toast["tone"] {
  return state === "confirmed" ? "good" : state === "sent" ? "busy" : "calm";
}
