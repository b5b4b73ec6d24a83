import { hashKey, partialMatchKey, type Query, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/** How long the server may take to draw a page, ms: what was heard before that is in it. */
const drawing = 15_000;

/**
 * A page that the server draws holds what was true when it was read. News may reach this tab while the page is on its
 * way; then it has nothing to make stale yet, and the page would show the past as fresh. So what was heard lately is
 * remembered, and data that comes with a page is read again if it is about that. So is a first reading of the tab's own
 * that was on its way: react-query neither cancels nor repeats one that is made stale before it has any data.
 * @returns takes note of news about all queries whose key begins so.
 */
export function useOvertaken(): (queryKey: QueryKey) => void {
  const queryClient = useQueryClient();
  const heard = useRef(new Map<string, { queryKey: QueryKey; at: number }>());
  const asked = useRef(new Set<string>());
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "success" && asked.current.delete(event.query.queryHash))
          queryClient.invalidateQueries({ queryKey: event.query.queryKey, exact: true });
        // Data that was asked for by the tab itself comes as "success"; only what is put in as it is came with a page.
        const isDrawn =
          event.type === "added"
            ? event.query.state.data !== undefined
            : event.type === "updated" && event.action.type === "setState";
        if (!isDrawn) return;
        const now = performance.now();
        const isOvertaken = [...heard.current.values()].some(
          ({ queryKey, at }) => now - at < drawing && partialMatchKey(event.query.queryKey, queryKey),
        );
        if (isOvertaken) queryClient.invalidateQueries({ queryKey: event.query.queryKey, exact: true });
      }),
    [queryClient],
  );
  return (queryKey) => {
    heard.current.set(hashKey(queryKey), { queryKey, at: performance.now() });
    const first = (query: Query) => query.state.fetchStatus !== "idle" && query.state.data === undefined;
    for (const query of queryClient.getQueryCache().findAll({ queryKey, predicate: first }))
      asked.current.add(query.queryHash);
  };
}
