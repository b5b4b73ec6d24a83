import { isDeepStrictEqual } from "node:util";
import type { Json } from "@/server/platforms/json";

/** What tells a message that was sent from here, and of which nothing is known yet. */
interface Underway {
  handle: Json;
  state: string | null;
}

/**
 * Which of the messages on their way it is whose fate is told: found by its handle; or, where the platform was quicker
 * than the answer to sending it, because only one is being sent. Null: none, or nobody can say which.
 */
export function underwayBy<T extends Underway>(handle: Json, underway: readonly T[]): T | null {
  const named = underway.find((row) => row.handle !== null && isDeepStrictEqual(row.handle, handle));
  if (named) return named;
  const [only, ...others] = underway.filter((row) => row.state === "sending" && row.handle === null);
  return only && others.length === 0 ? only : null;
}
