"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FriendRow } from "../api";
import { useTRPC } from "../trpc";
import { friendPageSize, type readFriendFilter } from "./query";

/** The pages in sight of a list of any length: rows that are not read yet are undefined. */
export function useFriendRows(filter: ReturnType<typeof readFriendFilter>) {
  const trpc = useTRPC();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const pageAt = (index: number) => Math.floor(index / friendPageSize);
  const page = (at: number) =>
    trpc.friends.list.queryOptions({ ...filter, offset: at * friendPageSize, limit: friendPageSize });
  // The first page also tells how many there are; another filter keeps the old rows in sight until its own are there.
  const first = useQuery({ ...page(0), placeholderData: keepPreviousData });
  const count = first.data?.count ?? 0;
  const [from, to] = [pageAt(range.first), Math.min(pageAt(range.last), pageAt(Math.max(0, count - 1)))];
  const wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at).filter((at) => at > 0);
  const pages = useQueries({ queries: wanted.map(page) });
  const rowAt = (index: number): FriendRow | undefined => {
    const at = pageAt(index);
    const data = at === 0 ? first.data : pages[wanted.indexOf(at)]?.data;
    return data?.items[index % friendPageSize];
  };
  return {
    first,
    count,
    rowAt,
    onRange: (start: number, last: number) =>
      setRange((before) => (before.first === start && before.last === last ? before : { first: start, last })),
  };
}
