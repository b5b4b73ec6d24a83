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

  const current = useRef({ filter, queryKey, moved, isFree, rows });
  useEffect(() => {
    current.current = { filter, queryKey, moved, isFree, rows };
  });

  const arrange = useCallback(
    (more: Iterable<ChatRow> = []) => {
      const { queryKey: key, moved: waiting } = current.current;
      queryClient.setQueryData<ChatPages>(key, (data) => data && arrangeRows(data, [...waiting.values(), ...more]));
      setMoved(none);
    },
    [queryClient],
  );

  const take = (found: readonly ChatRow[]) => {
    const { queryKey: key, filter: narrowed, moved: waiting, isFree: free } = current.current;
    const data = queryClient.getQueryData<ChatPages>(key);
    if (!data) return;
    const byId = new Map(found.map((row) => [row.id, row]));
    queryClient.setQueryData<ChatPages>(key, replaceRows(data, byId));
    const next = new Map([...waiting, ...findMoved(data, found, narrowed).map((row) => [row.id, row] as const)]);
    if (next.size === 0) return;
    if (free()) arrange(next.values());
    else setMoved(next);
  };

  useHeard(async ({ isResync, facts }) => {
    const ids = [...new Set(facts.flatMap((fact) => (fact.topic === "conversation" ? fact.id : [])))];
    // A list of groups or friends tells the names of those that had none.
    if (facts.some(({ topic }) => topic === "roster"))
      ids.push(...current.current.rows.flatMap(({ id, peer }) => (peer.name === "" && !ids.includes(id) ? id : [])));
    if (!isResync && ids.length === 0) return;
    const { filter: narrowed } = current.current;
    try {
      // After a gap nobody knows what was missed: the first page tells the newest.
      if (isResync) take((await client.chats.list.query({ ...narrowed, limit: listSize })).items);
      else take(await client.chats.rows.query({ ids: ids.slice(0, mostRows) }));
    } catch {
      // The connection is gone: the resync after it looks again.
    }
  });

  const narrowed = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits for one list says nothing of another.
  useEffect(() => setMoved(none), [narrowed]);

  return { list, rows, waiting: moved.size, arrange };
}
