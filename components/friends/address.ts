"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type FriendsQuery, href } from "@/lib/href";
import { readFriendFilter, readFriendsQuery } from "./query";

/** The filters of the list of friends and who is open beside it, kept in the address. */
export function useFriendsQuery() {
  const parameters = useSearchParams();
  const query = useMemo(() => readFriendsQuery(parameters), [parameters]);
  const filter = useMemo(() => readFriendFilter(query), [query]);
  return {
    query,
    filter,
    narrow: (patch: FriendsQuery) => window.history.replaceState(null, "", href.friends({ ...query, ...patch })),
    /** A step in the history, so that "back" closes it; null closes. */
    open: (open: string | null) => {
      const address = href.friends({ ...query, open });
      if (query.open && open) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    },
  };
}
