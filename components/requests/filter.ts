"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { href, type RequestsQuery } from "@/lib/href";
import { readRequestFilter, readRequestsQuery } from "@/lib/request-query";

/**
 * The queue's filters and the open request, kept in the address: a link shows the same queue to somebody else. Changes
 * go through the History API, which Next follows without asking the server for the page again.
 */
export function useRequestsQuery() {
  const parameters = useSearchParams();
  const query = useMemo(() => readRequestsQuery(parameters), [parameters]);
  const filter = useMemo(() => readRequestFilter(query), [query]);
  return {
    query,
    filter,
    /** Changes filters in place; the open request stays. */
    narrow: (patch: RequestsQuery) => window.history.replaceState(null, "", href.requests({ ...query, ...patch })),
    /** Opens a request (a step in the history, so that "back" closes it), or closes with null. */
    open: (id: string | null) => {
      const address = href.requests({ ...query, open: id });
      if (query.open && id) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    },
  };
}
