"use client";

import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { mostChanged } from "@/lib/request";
import type { RequestFilterInput } from "@/lib/request-query";
import type { RequestRow } from "../api";
import { useHeard } from "../shell/live";
import { useTRPC, useTRPCClient } from "../trpc";
import { isDetailOf } from "./detail-key";
import { pageSize } from "./query";

type Pages = InfiniteData<{ items: RequestRow[]; next: string | null }, unknown>;

/** A list this old is read anew when the queue is opened again. */
const freshMs = 30_000;
/** Every list of the queue, whatever its filter. */
const lists = [["requests", "list"]];
const none: ReadonlySet<string> = new Set();

/** Puts rows where they stand in every list. Of those asked for, what is not among them is out of sight by now and leaves. */
function replaceRows(queryClient: QueryClient, asked: readonly string[], rows: readonly RequestRow[]): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const gone = new Set(asked.filter((id) => !byId.has(id)));
  queryClient.setQueriesData<Pages>({ queryKey: lists }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => {
      if (!page.items.some(({ id }) => byId.has(id) || gone.has(id))) return page;
      return { ...page, items: page.items.flatMap((row) => (gone.has(row.id) ? [] : (byId.get(row.id) ?? row))) };
    });
    return { ...data, pages };
  });
}

/** A row that an act of one's own has changed. */
export function putRow(queryClient: QueryClient, row: RequestRow): void {
  replaceRows(queryClient, [], [row]);
}

/**
 * The rows of the queue. Nothing of it moves by itself: a row that changes is replaced where it stands, new ones are
 * counted (`fresh`) and come with `refresh`. An empty list has nothing to move and fills by itself.
 */
export function useRows(filter: RequestFilterInput) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const options = trpc.requests.list.infiniteQueryOptions(
    { ...filter, limit: pageSize },
    {
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: (previous) => previous,
      staleTime: freshMs,
      refetchOnReconnect: false,
    },
  );
  const list = useInfiniteQuery(options);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const queryKey = options.queryKey;

  /** Ids, older than the newest shown, that belong to the list by now: woken, handed over, taken back. */
  const [entered, setEntered] = useState(none);
  const newest = rows[0]?.id;
  const isShown = newest !== undefined && !list.isPlaceholderData;
  const arrived = useQuery(
    trpc.requests.arrived.queryOptions(
      { ...filter, after: newest ?? "" },
      { enabled: isShown, staleTime: freshMs, gcTime: 0 },
    ),
  );
  const fresh = isShown ? (arrived.data?.count ?? 0) + entered.size : 0;

  const current = useRef({ rows, filter, queryKey, hasNextPage: list.hasNextPage });
  useEffect(() => {
    current.current = { rows, filter, queryKey, hasNextPage: list.hasNextPage };
  });

  /** The first page anew; what is shown stays until it is there. */
  const refresh = useCallback(async () => {
    setEntered(none);
    const { queryKey: key } = current.current;
    queryClient.setQueryData<Pages>(
      key,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    await queryClient.invalidateQueries({ queryKey: key, exact: true });
  }, [queryClient]);

  /** Rows to read again. One reading at a time: what changes meanwhile is the next one's. */
  const dirty = useRef(new Set<string>());
  const isReading = useRef(false);
  const reread = useCallback(
    async (ids: Iterable<string>) => {
      for (const id of ids) dirty.current.add(id);
      if (isReading.current) return;
      isReading.current = true;
      try {
        // A page on its way would overwrite what is put among the rows now; read once it is there.
        const isArriving = () => queryClient.isFetching({ queryKey: current.current.queryKey, exact: true }) > 0;
        while (dirty.current.size > 0 && !isArriving()) {
          const some = [...dirty.current].slice(0, mostChanged);
          for (const id of some) dirty.current.delete(id);
          const { items, near } = await client.requests.changed.query({ state: "all", set: "all", ids: some });
          replaceRows(queryClient, some, items);
          // A twin, or the same person's: what is shown of it depends on these.
          const around = new Set(near);
          if (around.size > 0) queryClient.invalidateQueries({ predicate: (query) => isDetailOf(query, around) });
        }
      } catch {
        // The connection is gone: the resync after it reads every row again.
        dirty.current.clear();
      } finally {
        isReading.current = false;
      }
    },
    [client, queryClient],
  );

  const { isFetching } = list;
  useEffect(() => {
    if (!isFetching) void reread([]);
  }, [isFetching, reread]);

  /** What belongs among the rows shown by now, of those that were heard of; of all after a gap, in which nothing was. */
  const findEntered = async (heard: ReadonlySet<string> | null) => {
    const { rows: shown, filter: narrowed, hasNextPage } = current.current;
    const known = new Set(shown.map(({ id }) => id));
    const [first, last] = [shown[0]?.id ?? "", shown.at(-1)?.id ?? ""];
    const isAmong = (id: string) => !known.has(id) && id < first && (!hasNextPage || id > last);
    const ids = [...(heard ?? [])].filter(isAmong).slice(0, mostChanged);
    if (heard !== null && ids.length === 0) return;
    try {
      const { items } =
        heard === null
          ? await client.requests.list.query({ ...narrowed, limit: pageSize })
          : await client.requests.changed.query({ ...narrowed, ids });
      const found = items.flatMap(({ id }) => (isAmong(id) && (heard === null || heard.has(id)) ? [id] : []));
      if (found.length > 0) setEntered((before) => new Set([...before, ...found]));
    } catch {
      // The connection is gone: the resync after it looks again.
    }
  };

  useHeard(async ({ isResync, facts }) => {
    const changed = new Set(facts.flatMap((fact) => (fact.topic === "request" ? fact.id : [])));
    if (!isResync && changed.size === 0) return;
    const { rows: shown } = current.current;
    if (shown.length === 0) return await refresh();
    void reread(isResync ? shown.map(({ id }) => id) : changed);
    await findEntered(isResync ? null : changed);
  });

  const narrowed = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter is what it depends on.
  useEffect(() => {
    // What entered one list says nothing of another, and a filter chosen again shows what fits now, not what did then.
    setEntered(none);
    queryClient.removeQueries({ queryKey: lists, type: "inactive" });
  }, [narrowed, queryClient]);

  return { list, rows, fresh, refresh };
}
