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

export interface Support {
  capability: Capability;
  /** `off`: possible once an operation beyond the vendor's document is switched on for the bot. */
  is: "on" | "off" | "none";
  /** The operations whose switching on it waits for. */
  waitsFor: string[];
}

/**
 * What a platform can do with the operations beyond its document that `isOn` says are switched on: read off the adapter,
 * by the keys it has. Every capability there is, in the order of their table.
 */
export function supportOf(platform: Platform, isOn: (operation: string) => boolean): Support[] {
  const uncalled = () => Promise.reject(new Error("only its keys are looked at"));
  const now = new Set(supports(adapters[platform](uncalled, isOn)));
  const most = new Set(supports(adapters[platform](uncalled, () => true)));
  const beyond = Object.values(catalogues[platform]).filter((row) => isBeyond(row) && !isOn(row.operation));
  return capabilityNames.map((capability) => {
    if (now.has(capability)) return { capability, is: "on", waitsFor: [] };
    if (!most.has(capability)) return { capability, is: "none", waitsFor: [] };
    const waitsFor = beyond.filter((row) => row.capabilities.includes(capability)).map((row) => row.operation);
    return { capability, is: "off", waitsFor };
  });
}
