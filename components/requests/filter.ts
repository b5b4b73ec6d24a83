"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { href, type RequestsQuery } from "@/lib/href";
import { readRequestFilter, readRequestsQuery } from "@/lib/request-query";
import { changeAddress, presentParameters } from "../search-params";

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
    narrow: (patch: RequestsQuery) =>
      changeAddress(href.requests({ ...readRequestsQuery(presentParameters()), ...patch })),
    /** Opens a request (a step in the history, so that "back" closes it), or closes with null. */
    open: (id: string | null) => {
      const now = readRequestsQuery(presentParameters());
      changeAddress(href.requests({ ...now, open: id }), !now.open || id === null);
    },
  };
}
