"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { GroupRow } from "../api";
import { useTRPC } from "../trpc";
import { type GroupFilterInput, groupPageSize } from "./query";

/**
 * The groups under a filter: the first part at once, further ones when they come into sight. A part that is read again
 * replaces its rows where they stand.
 */
export function useGroupRows(filter: GroupFilterInput) {
  const trpc = useTRPC();
  const name = JSON.stringify(filter);
  const [wanted, setWanted] = useState<{ of: string; parts: readonly number[] }>({ of: name, parts: [] });
  const parts = wanted.of === name ? wanted.parts : none;
  const part = (at: number) =>
    trpc.groups.list.queryOptions({ ...filter, offset: at * groupPageSize, limit: groupPageSize });
  const first = useQuery({ ...part(0), placeholderData: keepPreviousData });
  const further = useQueries({ queries: parts.map((at) => part(at)) });
  const loaded = useMemo(() => {
    const rows = new Map<number, GroupRow[]>([[0, first.data?.items ?? []]]);
    for (const [index, { data }] of further.entries()) {
      const at = parts[index];
      if (data && at !== undefined) rows.set(at, data.items);
    }
    return rows;
  }, [first.data, further, parts]);
  const onRange = useCallback(
    (from: number, to: number) => {
      const inSight: number[] = [];
      for (let at = Math.max(1, Math.floor(from / groupPageSize)); at <= Math.floor(to / groupPageSize); at += 1)
        inSight.push(at);
      setWanted((before) => {
        const had = before.of === name ? before.parts : none;
        const added = inSight.filter((at) => !had.includes(at));
        return added.length === 0 && before.of === name ? before : { of: name, parts: [...had, ...added] };
      });
    },
    [name],
  );
  return {
    list: first,
    count: first.data?.total ?? 0,
    rowAt: (index: number) => loaded.get(Math.floor(index / groupPageSize))?.[index % groupPageSize],
    onRange,
  };
}

const none: readonly number[] = [];
