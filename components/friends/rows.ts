"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FriendBot, FriendRow } from "../api";
import { toRowIds, useRereadOf } from "../row-id";
import { type Steady, useKnownRows, useSteadyOrder } from "../steady-rows";
import { useTRPC } from "../trpc";
import { firstFriends, type readFriendFilter } from "./query";

export type ShownFriend = Steady<FriendRow>;

export const idOf = ({ bot, userId }: FriendRow) => `${bot.id}/${userId}`;

/** The friends under a filter, in an order that stays: see steady-rows.ts. */
export function useFriendRows(filter: ReturnType<typeof readFriendFilter>, bots: readonly FriendBot[]) {
  const trpc = useTRPC();
  const latest = useQuery(trpc.friends.ids.queryOptions(filter, { select: toRowIds, gcTime: 0 })).data;
  const list = useQuery(
    // The first rows, drawn until the whole order is known.
    trpc.friends.list.queryOptions(firstFriends(filter), { placeholderData: keepPreviousData, enabled: !latest }),
  );
  const first = list.data?.items;
  const order = useSteadyOrder(
    JSON.stringify(filter),
    latest?.ids,
    useMemo(() => first?.map(idOf), [first]),
  );
  const { windows } = order;
  const read = useQueries({
    queries: windows.map((ids) =>
      trpc.friends.rows.queryOptions({ ids: [...ids] }, { placeholderData: keepPreviousData }),
    ),
  });
  const known = useKnownRows(windows, { data: first, isPlaceholderData: list.isPlaceholderData }, read, idOf);
  const versions = bots.map(({ id, list: stored }) => `${id} ${stored?.version}`);
  useRereadOf(versions, [trpc.friends.ids.queryFilter(), trpc.friends.rows.queryFilter()]);
  return {
    ...order,
    list,
    isPending: list.isPending && !order.isTaken,
    count: order.isTaken ? order.ids.length : (list.data?.count ?? 0),
    rowAt: (index: number) => known.get(order.ids[index] ?? ""),
  };
}
