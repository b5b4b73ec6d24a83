import type { Adapter } from "@/server/platforms/adapter";
import type { Driver, Link } from "@/server/platforms/driver";
import type { Platform } from "@/server/platforms/row";
import type { Circuit, Gate } from "./circuit";
import type { Destination } from "./invoke";
import type { Pace } from "./pace";

/** A bot's identity, as events and calls carry it. */
export interface BotIdentity {
  id: string;
  name: string;
  platform: Platform;
}

/** A bot that is open in this instance, with all that its calls go through. */
export interface Live {
  bot: BotIdentity;
  /** Of the settings it was opened with. */
  version: number;
  driver: Driver;
  /** How it is reached, parsed by the driver. */
  connection: unknown;
  link: Link;
  pace: Pace;
  circuit: Circuit;
  extras: ReadonlySet<string>;
  abort: AbortController;
}

/** Where the door sends a bot's calls to. */
export function toDestination(live: Live, circuit: Gate = live.circuit): Destination {
  const { bot, driver, link, pace, extras, abort } = live;
  return {
    bot,
    catalogue: driver.catalogue,
    extras,
    send: link.isConnected() ? link.send : null,
    pace,
    circuit,
    signal: abort.signal,
  };
}

/** A bot's adapter, with what is switched on for it and what its connection carries. */
export function toAdapter(live: Live, call: (operation: string, input: unknown) => Promise<unknown>): Adapter {
  return live.driver.createAdapter(call, (operation) => live.extras.has(operation), live.connection);
}
