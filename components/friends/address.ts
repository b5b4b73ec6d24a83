"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type FriendsQuery, href } from "@/lib/href";
import { changeAddress, presentParameters } from "../search-params";
import { readFriendFilter, readFriendsQuery } from "./query";

/** The filters of the list of friends and who is open beside it, kept in the address. */
export function useFriendsQuery() {
  const parameters = useSearchParams();
  const query = useMemo(() => readFriendsQuery(parameters), [parameters]);
  const filter = useMemo(() => readFriendFilter(query), [query]);
  return {
    query,
    filter,
    narrow: (patch: FriendsQuery) =>
      changeAddress(href.friends({ ...readFriendsQuery(presentParameters()), ...patch })),
    /** A step in the history, so that "back" closes it; null closes. */
    open: (open: string | null) => {
      const now = readFriendsQuery(presentParameters());
      changeAddress(href.friends({ ...now, open }), !now.open || open === null);
    },
  };
}
