import { type Actor, systemActor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter, Capability } from "@/server/platforms/adapter";
import { PlatformError } from "@/server/platforms/error";

/** One use of what a bot can do: who uses it, on which bot, about whom. */
export interface Doing<C extends Capability = Capability> {
  actor: Actor;
  /** One per click; every event it causes carries it. */
  correlationId: string;
  botId: string;
  capability: C;
  groupId?: string | null;
  personId?: string | null;
  requestId?: string;
  target?: string | null;
  signal?: AbortSignal;
  /** Asked right before each call that changes something: false stops it, with nothing sent or recorded. */
  guard?: () => Promise<boolean>;
}

/** An adapter of which it is known that it has `C`. */
export type Able<C extends Capability> = Adapter & Required<Pick<Adapter, C>>;

/** `confirmed`: it was seen to have happened. `sent`: the platform said yes, and it has not been seen yet, or cannot be. */
export type Done = "confirmed" | "sent";

interface Parts {
  connections: Connections;
}

/**
 * The adapter of a bot with a capability, in the name of who uses it: its calls are checked and recorded by the door.
 * @throws DeskError `not_connected`, `held_elsewhere` when the bot is not open here, `not_possible` when its platform
 *   cannot do it, or not as it is switched on and reached.
 */
export async function able<C extends Capability>({ connections }: Parts, doing: Doing<C>): Promise<Able<C>> {
  const { botId, capability, ...context } = doing;
  const adapter = connections.adapter(botId, { ...context, capability });
  if (adapter === null) return await connections.refuseClosed(botId);
  if (!has(adapter, capability)) throw new DeskError("not_possible", { capability });
  return adapter;
}

/**
 * Carries an act out, then looks whether it happened: a platform's "ok" alone is never painted as done.
 * @param run the act.
 * @param look reads back, with no events left: true means that it is seen; false and null, that it is not (yet), or that
 *   it cannot be told. A look that fails proves nothing.
 * @throws what `able` does; PlatformError of the act. One that is not certain may have happened all the same.
 */
export async function perform<C extends Capability, T>(
  parts: Parts,
  doing: Doing<C>,
  run: (able: Able<C>) => Promise<T>,
  look?: (adapter: Adapter) => Promise<boolean | null>,
): Promise<{ state: Done; value: T }> {
  const value = await run(await able(parts, doing));
  return { state: look && (await isSeen(parts, doing, look)) ? "confirmed" : "sent", value };
}

/** Reading back is the desk's own look: what the operator may not list must not keep it from knowing. */
async function isSeen(
  { connections }: Parts,
  { botId, correlationId }: Doing,
  look: (adapter: Adapter) => Promise<boolean | null>,
): Promise<boolean> {
  const reader = connections.adapter(botId, { actor: systemActor, correlationId });
  if (reader === null) return false;
  try {
    return (await look(reader)) === true;
  } catch (cause) {
    if (cause instanceof PlatformError || cause instanceof DeskError) return false;
    throw cause;
  }
}

function has<C extends Capability>(adapter: Adapter, capability: C): adapter is Able<C> {
  return adapter[capability] !== undefined;
}
