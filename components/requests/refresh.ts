import type { InfiniteData, Query, QueryCache, QueryClient } from "@tanstack/react-query";
import type { TRPCClient } from "@trpc/client";
import { mostChanged } from "@/lib/request";
import type { AppRouter } from "@/server/api/router";
import type { RequestFilter, RequestPage } from "../api";
import { mergeRows } from "./merge";

/** Others may write to the list while its rows are on their way; so often it is tried before its pages are read again. */
const attempts = 3;

/**
 * Makes every list of requests and every open request on the screen true about `ids`, by asking for these rows alone: at
 * a busy desk reading all loaded pages for each of them costs too much. What cannot take single rows is read again.
 */
export async function refreshRequests(
  queryClient: QueryClient,
  client: TRPCClient<AppRouter>,
  ids: readonly string[],
): Promise<void> {
  const again = (query: Query) => queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
  const details = () => queryClient.getQueryCache().findAll({ queryKey: [["requests", "get"]] });
  const named = new Set(ids);
  for (const query of details()) if (named.has(idOf(query))) void again(query);
  await Promise.all(
    queryClient
      .getQueryCache()
      .findAll({ queryKey: [["requests", "list"]] })
      .map(async (query) => {
        const isPossible = query.isActive() && ids.length <= mostChanged;
        const near = isPossible ? await takeRows(queryClient, query, client, ids) : null;
        if (near === null) await again(query);
        // Of whom nothing is known the open request may show the history, too.
        for (const detail of details()) if (near?.includes(idOf(detail)) ?? query.isActive()) void again(detail);
      }),
  );
}

/** Answers the ids that have to do with `ids`, or null when the list has to be read again. */
async function takeRows(
  queryClient: QueryClient,
  query: Query,
  client: TRPCClient<AppRouter>,
  ids: readonly string[],
): Promise<string[] | null> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // A page that is being read may have left the database before the change.
    await untilIdle(queryClient.getQueryCache(), query);
    const { data, dataUpdateCount } = query.state;
    if (!isPages(data)) return null;
    try {
      const { items, near } = await client.requests.changed.query({ ...filterOf(query), ids: [...ids] });
      // What was written meanwhile may be newer than these rows.
      if (query.state.fetchStatus !== "idle" || query.state.dataUpdateCount !== dataUpdateCount) continue;
      queryClient.setQueryData(query.queryKey, mergeRows(data, ids, items));
      return near;
    } catch {
      // Reading the pages shows the failure where failures are shown.
      return null;
    }
  }
  return null;
}

function untilIdle(cache: QueryCache, query: Query): Promise<void> {
  return new Promise((resolve) => {
    if (query.state.fetchStatus !== "fetching") return resolve();
    const unsubscribe = cache.subscribe(() => {
      if (query.state.fetchStatus === "fetching" && cache.get(query.queryHash) === query) return;
      unsubscribe();
      resolve();
    });
  });
}

function isPages(data: unknown): data is InfiniteData<RequestPage> {
  return typeof data === "object" && data !== null && "pages" in data;
}

/** What a query was asked with, from its key: tRPC writes `[path, {input, type}]`. */
function inputOf({ queryKey: [, parameters] }: Query): unknown {
  return typeof parameters === "object" && parameters !== null && "input" in parameters ? parameters.input : null;
}

function filterOf(query: Query): RequestFilter {
  // Only requests.list is asked here, whose input is the filter (and the size of its pages, which does not matter).
  return (inputOf(query) ?? {}) as RequestFilter;
}

function idOf(query: Query): string {
  const input = inputOf(query);
  return typeof input === "object" && input !== null && "id" in input ? String(input.id) : "";
}
