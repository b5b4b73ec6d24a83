import { randomInt } from "node:crypto";
import { PlatformError } from "../error";

/** Takes an id for good: false when it was ever taken before. Kept where it survives a restart. */
export type Reserve = (value: string) => Promise<boolean>;

/** Draws a number from 0 up to, not including, `limit`. */
export type Draw = (limit: number) => number;

const tries = 20;

/** Eleven digits of which the first is not 0: the service drops a message whose id starts with one. */
export function drawMessageId(draw: Draw = randomInt): string {
  return String(10_000_000_000 + draw(90_000_000_000));
}

async function tryReserve(reserve: Reserve, value: string): Promise<boolean> {
  try {
    return await reserve(value);
  } catch (error) {
    throw new PlatformError("internal", { isSent: false, cause: error });
  }
}

/**
 * An id no message of this account ever had. `wanted` is used when it is given. Throws `invalid_input` when that one was
 * used before: the service takes a repeated id for the same message.
 */
export async function takeMessageId(reserve: Reserve, wanted: string | undefined, draw?: Draw): Promise<string> {
  if (wanted !== undefined) {
    if (await tryReserve(reserve, wanted)) return wanted;
    throw new PlatformError("invalid_input", {
      isSent: false,
      detail: { field: "custom_msg_id", fault: "this id was used before" },
    });
  }
  for (let left = tries; left > 0; left--) {
    const value = drawMessageId(draw);
    if (await tryReserve(reserve, value)) return value;
  }
  throw new PlatformError("internal", { isSent: false, detail: { reason: "no free message id" } });
}
