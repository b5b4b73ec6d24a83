import type { CallTrace } from "../api";

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The API puts a whole trace there or none (server/api/trpc.ts). */
function isTrace(value: unknown): value is CallTrace {
  return isObject(value) && typeof value.eventId === "string" && "outcome" in value && "request" in value;
}

/** What had gone out of a call that failed, from the error that its mutation threw; null when the error says nothing of it. */
export function traceOf(error: unknown): CallTrace | null {
  const data = isObject(error) ? error.data : undefined;
  const desk = isObject(data) ? data.desk : undefined;
  const trace = isObject(desk) ? desk.trace : undefined;
  return isTrace(trace) ? trace : null;
}
