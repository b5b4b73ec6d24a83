"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type GroupQuery, href } from "@/lib/href";
import { readMembersQuery } from "./query";

/** The address of a group's members: what they are narrowed to, their order, who is open. */
export function useMembersAddress(botId: string, groupId: string) {
  const parameters = useSearchParams();
  return useMemo(() => {
    const read = readMembersQuery(parameters);
    const { query, open } = read;
    const addressOf = (patch: GroupQuery) => href.group(botId, groupId, { ...query, ...patch });
    return {
      ...read,
      addressOf,
      narrow: (patch: GroupQuery) => window.history.replaceState(null, "", addressOf(patch)),
      show: (id: string | null) => {
        const to = addressOf({ open: id });
        if (open && id) window.history.replaceState(null, "", to);
        else window.history.pushState(null, "", to);
      },
    };
  }, [parameters, botId, groupId]);
}
