"use client";

import { useQuery } from "@tanstack/react-query";
import type { Permission } from "@/lib/permissions";
import type { SessionInfo } from "../api";
import { useTRPC } from "../trpc";

/** The operator, as last told by the server; `null` once signed out. */
export function useSessionInfo(): SessionInfo | null | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.session.get.queryOptions()).data;
}

/** Does the operator hold `permission` on the desk or on any bot? A courtesy for drawing: the server decides again. */
export function hasSomewhere(session: SessionInfo | null | undefined, permission: Permission): boolean {
  if (!session) return false;
  return (
    session.permissions.desk.includes(permission) ||
    Object.values(session.permissions.bots).some((names) => names.includes(permission))
  );
}

export function useCan(permission: Permission): boolean {
  return hasSomewhere(useSessionInfo(), permission);
}

/** Does the operator hold a permission on this bot? As above: for drawing only. */
export function useCanOn(botId: string): (permission: Permission) => boolean {
  const session = useSessionInfo();
  return (permission) =>
    session?.permissions.desk.includes(permission) || session?.permissions.bots[botId]?.includes(permission) || false;
}
