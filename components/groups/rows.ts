"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { GroupRoster, GroupRow } from "../api";
import { toRowIds, useRereadOf } from "../row-id";
import { type Steady, useKnownRows, useSteadyOrder } from "../steady-rows";
import { useTRPC } from "../trpc";
import { firstGroups, type GroupFilterInput } from "./query";

export type ShownGroup = Steady<GroupRow>;

export const idOf = ({ bot, groupId }: GroupRow) => `${bot.id}/${groupId}`;

/** The groups under a filter, in an order that stays: see steady-rows.ts. */
export function useGroupRows(filter: GroupFilterInput, rosters: readonly GroupRoster[]) {
  const trpc = useTRPC();
  const latest = useQuery(trpc.groups.ids.queryOptions(filter, { select: toRowIds, gcTime: 0 })).data;
  const list = useQuery(
    // The first rows, drawn until the whole order is known.
    trpc.groups.list.queryOptions(firstGroups(filter), { placeholderData: keepPreviousData, enabled: !latest }),
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
      trpc.groups.rows.queryOptions({ ids: [...ids] }, { placeholderData: keepPreviousData }),
    ),
  });
  const known = useKnownRows(windows, { data: first, isPlaceholderData: list.isPlaceholderData }, read, idOf);
  const versions = rosters.map(({ bot, version }) => `${bot.id} ${version}`);
  useRereadOf(versions, [trpc.groups.ids.queryFilter(), trpc.groups.rows.queryFilter()]);
  const total = list.data?.total ?? 0;
  return {
    ...order,
    list,
    isPending: list.isPending && !order.isTaken,
    /** How many there are, which may be more than can be listed. */
    total: latest?.total ?? total,
    count: order.isTaken ? order.ids.length : total,
    rowAt: (index: number) => known.get(order.ids[index] ?? ""),
  };
}
