"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ChatRow } from "../api";
import { useHeard } from "../shell/live";
import { useTRPC, useTRPCClient } from "../trpc";
import { type ChatFilter, listSize } from "./query";
import { arrangeRows, type ChatPages, findMoved, replaceRows } from "./rows";

const mostRows = 100;
const none: ReadonlyMap<string, ChatRow> = new Map();

/**
 * The conversations. A row that changes is replaced where it stands; where it belongs by now, it goes with `arrange`, at
 * once as long as `isFree` says that nobody is about to touch the list. `waiting` counts those that wait for that.
 */
export function useConversations(filter: ChatFilter, isFree: () => boolean) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const options = trpc.chats.list.infiniteQueryOptions(
    { ...filter, limit: listSize },
    {
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: (previous) => previous,
      staleTime: Number.POSITIVE_INFINITY,
      // Another filter is read anew when it is chosen again.
      gcTime: 0,
    },
  );
  const list = useInfiniteQuery(options);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { queryKey } = options;
  const [moved, setMoved] = useState(none);

  const current = useRef({ filter, queryKey, moved, isFree });
  useEffect(() => {
    current.current = { filter, queryKey, moved, isFree };
  });

  const arrange = useCallback(
    (more: Iterable<ChatRow> = []) => {
      const { queryKey: key, moved: waiting } = current.current;
      queryClient.setQueryData<ChatPages>(key, (data) => data && arrangeRows(data, [...waiting.values(), ...more]));
      setMoved(none);
    },
    [queryClient],
  );

  const take = useCallback(
    (found: readonly ChatRow[]) => {
      const { queryKey: key, filter: narrowed, moved: waiting, isFree: free } = current.current;
      const data = queryClient.getQueryData<ChatPages>(key);
      if (!data) return;
      const byId = new Map(found.map((row) => [row.id, row]));
      queryClient.setQueryData<ChatPages>(key, replaceRows(data, byId));
      const next = new Map([...waiting, ...findMoved(data, found, narrowed).map((row) => [row.id, row] as const)]);
      if (next.size === 0) return;
      if (free()) arrange(next.values());
      else {
        current.current.moved = next;
        setMoved(next);
      }
    },
    [arrange, queryClient],
  );

  /** What was heard and not read yet. One reading at a time: a name may become known while its row is on its way. */
  const heard = useRef({ isAll: false, isNamed: false, ids: new Set<string>() });
  const isReading = useRef(false);
  const read = useCallback(async () => {
    if (isReading.current) return;
    isReading.current = true;
    try {
      for (;;) {
        const { queryKey: key, filter: narrowed, moved: waiting } = current.current;
        const data = queryClient.getQueryData<ChatPages>(key);
        const { isAll, isNamed, ids } = heard.current;
        if (!data || !(isAll || isNamed || ids.size > 0)) return;
        // A page on its way would overwrite what is put among the rows now; read once it is there.
        if (queryClient.isFetching({ queryKey: key, exact: true }) > 0) return;
        heard.current = { isAll: false, isNamed: false, ids: new Set() };
        if (isNamed) {
          const rows = [...data.pages.flatMap(({ items }) => items), ...waiting.values()];
          for (const { id, peer } of rows) if (peer.name === "") ids.add(id);
        }
        // After a gap nobody knows what was missed: the first page tells the newest.
        if (isAll) {
          take((await client.chats.list.query({ ...narrowed, limit: listSize })).items);
          continue;
        }
        const some = [...ids];
        for (const id of some.splice(mostRows)) heard.current.ids.add(id);
        if (some.length > 0) take(await client.chats.rows.query({ ids: some }));
      }
    } catch {
      // The connection is gone: the resync after it looks again.
    } finally {
      isReading.current = false;
    }
  }, [client, queryClient, take]);

  useHeard(({ isResync, facts }) => {
    const { ids } = heard.current;
    for (const fact of facts) if (fact.topic === "conversation") ids.add(fact.id);
    heard.current.isAll ||= isResync;
    // A list of groups or friends tells the names of those that had none.
    heard.current.isNamed ||= facts.some(({ topic }) => topic === "roster");
    void read();
  });
  const { isFetching } = list;
  useEffect(() => {
    if (!isFetching) void read();
  }, [isFetching, read]);

  const narrowed = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits for one list says nothing of another.
  useEffect(() => setMoved(none), [narrowed]);

  return { list, rows, waiting: moved.size, arrange };
}
