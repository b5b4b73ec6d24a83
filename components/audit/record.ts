"use client";

import { skipToken, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { AuditFilter, AuditRow } from "../api";
import { useTRPC } from "../trpc";
import { auditPageSize } from "./query";

/** The server counts no further. */
export const mostNewer = 100;

/** The same refusal within this time is counted on the first event and makes no new one. */
const repeatMs = 60_000;

/** Up to which event the reader has been shown the record, under which filter. */
interface Mark {
  filter: string;
  id: string;
  /** Events after this one came while the page was open. */
  firstId: string;
}

/**
 * The record under a filter, newest first, up to what the reader has asked to see: what came later is counted and waits
 * until `show`, or is shown at once while `isTail`. Reading the list again therefore never moves a row.
 */
export function useRecord(filter: AuditFilter, isTail: boolean) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = trpc.audit.list.infiniteQueryOptions(
    { ...filter, limit: auditPageSize },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
  );
  const list = useInfiniteQuery(options);
  const all = list.data?.pages.flatMap((page) => page.items) ?? [];
  const top = list.isPlaceholderData ? undefined : all[0]?.id;

  const key = JSON.stringify(filter);
  const [mark, setMark] = useState<Mark | null>(null);
  const isMarked = mark?.filter === key;
  const shownTo = isTail || !isMarked ? top : mark.id;
  useEffect(() => {
    if (top === undefined || (isMarked && !isTail)) return;
    setMark((known) => ({ filter: key, id: top, firstId: known?.filter === key ? known.firstId : top }));
  }, [top, key, isMarked, isTail]);

  const newer = useQuery(trpc.audit.newer.queryOptions(shownTo ? { filter, after: shownTo } : skipToken));
  const count = newer.data?.count ?? 0;

  const { queryKey } = options;
  const show = useCallback(async () => {
    // Only the first page is read again: the rest is read when it is asked for.
    queryClient.setQueryData(queryKey, (known) =>
      known ? { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) } : known,
    );
    await queryClient.invalidateQueries({ queryKey, exact: true });
    const first = queryClient.getQueryData(queryKey)?.pages[0]?.items[0]?.id;
    if (first) setMark((known) => ({ filter: key, id: first, firstId: known?.firstId ?? first }));
  }, [queryClient, queryKey, key]);

  /** Reads the rows that may still change once more, from where the reader stands, and puts them in place. */
  const follow = useCallback(async () => {
    if (shownTo === undefined) return;
    const page = await queryClient
      .fetchQuery({
        ...trpc.audit.list.queryOptions({ ...filter, cursor: idAfter(shownTo), limit: auditPageSize }),
        staleTime: 0,
      })
      .catch(() => null);
    const now = new Map(page?.items.map((row) => [row.id, row]));
    queryClient.setQueryData(queryKey, (known) =>
      known
        ? {
            ...known,
            pages: known.pages.map((one) => ({ ...one, items: one.items.map((row) => now.get(row.id) ?? row) })),
          }
        : known,
    );
  }, [queryClient, queryKey, trpc, filter, shownTo]);

  const kept = shownTo === undefined ? all : all.filter((row) => row.id <= shownTo);
  // After a long gap all that was shown may have left the first page: then what there is now is the better answer.
  const rows = kept.length > 0 ? kept : all;
  const mayChange = rows.slice(0, auditPageSize).some(isGoingOn);
  const readAt = useRef(0);
  useEffect(() => {
    if (newer.dataUpdatedAt === readAt.current) return;
    readAt.current = newer.dataUpdatedAt;
    if (isTail && count > 0) void show();
    else if (mayChange) void follow();
  }, [newer.dataUpdatedAt, isTail, count, mayChange, show, follow]);

  return { list, rows, isFresh: (id: string) => isMarked && id > mark.firstId, newer: count, show: () => void show() };
}

/** Begun and not ended, or a refusal that may still be repeated: the line is not yet what it will be. */
function isGoingOn(row: AuditRow): boolean {
  return row.outcome === "STARTED" || (row.outcome === "DENIED" && Date.now() - row.at.getTime() < 2 * repeatMs);
}

/** The next id after this one: a page "before" it begins with the event itself. */
function idAfter(id: string): string {
  const next = (BigInt(`0x${id.replaceAll("-", "")}`) + 1n).toString(16).padStart(32, "0");
  return next.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
