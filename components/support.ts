"use client";

import { useQuery } from "@tanstack/react-query";
import type { BotSupport } from "./api";
import { useTRPC } from "./trpc";

/** A capability's name, as `members.kick`. */
export type CapabilityName = keyof BotSupport;
/** `unknown`: not read yet; nothing is drawn then that might have to be taken back. */
export type SupportState = BotSupport[CapabilityName] | "unknown";

/** Asks of one bot what can be done with it. A button for what is not `on` is not drawn. */
export function useSupport(botId: string): (capability: CapabilityName) => SupportState {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.bots.supports.queryOptions({ id: botId }));
  return (capability) => data?.[capability] ?? "unknown";
}
