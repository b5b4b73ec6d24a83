import { type Capability, supports } from "./adapter";
import { capabilityNames } from "./capability";
import { catalogues } from "./catalogues";
import { createAdapter as chat68 } from "./chat68/adapter";
import type { Driver } from "./driver";
import { createAdapter as im } from "./im/adapter";
import { createAdapter as napcat } from "./napcat/adapter";
import { isBeyond, type Platform } from "./row";
import { createAdapter as yunhu } from "./yunhu/adapter";

const adapters: Readonly<Record<Platform, Driver["createAdapter"]>> = { napcat, chat68, im, yunhu };

/** Makes the adapter of a platform: to look at what it has, without a bot. */
export function createAdapterOf(platform: Platform): Driver["createAdapter"] {
  return adapters[platform];
}

export interface Support {
  capability: Capability;
  /**
   * `off`: possible once an operation beyond the vendor's document is switched on for the bot. `unreached`: possible, but
   * not the way the account is reached.
   */
  is: "on" | "off" | "unreached" | "none";
  /** The operations whose switching on it waits for. */
  waitsFor: string[];
}

/**
 * What a platform can do with the operations beyond its document that `isOn` says are switched on: read off the adapter,
 * by the keys it has. Every capability there is, in the order of their table.
 * @param connection how a certain bot is reached; left out, whichever way carries most.
 */
export function supportOf(platform: Platform, isOn: (operation: string) => boolean, connection?: unknown): Support[] {
  const uncalled = () => Promise.reject(new Error("only its keys are looked at"));
  const createAdapter = adapters[platform];
  const now = new Set(supports(createAdapter(uncalled, isOn, connection)));
  const most = new Set(supports(createAdapter(uncalled, () => true, connection)));
  const anyhow = new Set(supports(createAdapter(uncalled, () => true)));
  const beyond = Object.values(catalogues[platform]).filter((row) => isBeyond(row) && !isOn(row.operation));
  return capabilityNames.map((capability) => {
    if (now.has(capability)) return { capability, is: "on", waitsFor: [] };
    if (!anyhow.has(capability)) return { capability, is: "none", waitsFor: [] };
    if (!most.has(capability)) return { capability, is: "unreached", waitsFor: [] };
    const waitsFor = beyond.filter((row) => row.capabilities.includes(capability)).map((row) => row.operation);
    return { capability, is: "off", waitsFor };
  });
}
