"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type GroupQuery, href } from "@/lib/href";
import { changeAddress, presentParameters } from "../search-params";
import { readMembersQuery } from "./query";

/** The address of a group's members: what they are narrowed to, their order, who is open. */
export function useMembersAddress(botId: string, groupId: string) {
  const parameters = useSearchParams();
  return useMemo(() => {
    const change = (patch: GroupQuery, isStep?: boolean) =>
      changeAddress(href.group(botId, groupId, { ...readMembersQuery(presentParameters()).query, ...patch }), isStep);
    return {
      ...readMembersQuery(parameters),
      narrow: (patch: GroupQuery) => change(patch),
      show: (id: string | null) => change({ open: id }, !readMembersQuery(presentParameters()).open || id === null),
    };
  }, [parameters, botId, groupId]);
}
