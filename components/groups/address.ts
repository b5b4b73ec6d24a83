"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import type { GroupTab } from "@/lib/group";
import { type GroupsQuery, href } from "@/lib/href";
import { changeAddress, presentParameters } from "../search-params";
import { readGroupFilter, readGroupsQuery, readGroupTab } from "./query";

/** The filters of the list of groups, kept in the address. */
export function useGroupsQuery() {
  const parameters = useSearchParams();
  const query = useMemo(() => readGroupsQuery(parameters), [parameters]);
  const filter = useMemo(() => readGroupFilter(query), [query]);
  return {
    query,
    filter,
    narrow: (patch: GroupsQuery) => changeAddress(href.groups({ ...readGroupsQuery(presentParameters()), ...patch })),
  };
}

/** The part of a group's page that is shown, kept in the address. */
export function useGroupTab(botId: string, groupId: string) {
  const tab = readGroupTab(useSearchParams());
  return {
    tab,
    addressOf: (next: GroupTab | null) => href.group(botId, groupId, { tab: next }),
    go: (next: GroupTab | null) => changeAddress(href.group(botId, groupId, { tab: next }), true),
  };
}
