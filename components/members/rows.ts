"use client";

import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { MemberRow } from "../api";
import { useHeard } from "../shell/live";
import { type Steady, useKnownRows, useSteadyOrder } from "../steady-rows";
import { useTRPC } from "../trpc";
import type { useMembersAddress } from "./address";
import { firstMembers } from "./query";

type Address = ReturnType<typeof useMembersAddress>;

export type ShownMember = Steady<MemberRow>;

/**
 * The members in an order that stays: who changes is drawn anew where they stand, who leaves stays as gone, who is new
 * waits until `showFresh`. Rows are read in windows, as they come into sight.
 */
export function useMembers(
  group: { botId: string; groupId: string },
  { filter, order: by }: Pick<Address, "filter" | "order">,
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const asked = { ...group, filter, order: by };
  const key = JSON.stringify(asked);
  const page = useQuery(
    trpc.members.page.queryOptions(firstMembers(group, asked), { placeholderData: keepPreviousData }),
  );
  // Only what is told of this very list: of a desk with many groups most is not. Ten thousand ids are read again only
  // when others are among them: the first page tells.
  const rosterId = page.data?.roster.id;
  useHeard(({ facts }) => {
    if (!facts.some((fact) => fact.topic === "roster" && fact.id === rosterId)) return;
    for (const part of [trpc.members.page, trpc.members.rows, trpc.members.summary])
      void queryClient.invalidateQueries(part.pathFilter());
  });
  const latest = useQuery(trpc.members.ids.queryOptions(asked));
  const isSettled = [page, latest].every((query) => query.isSuccess && !query.isFetching && !query.isPlaceholderData);
  const isOther = isSettled && page.data?.mark !== latest.data?.mark;
  const { refetch: readOlder } = page.dataUpdatedAt > latest.dataUpdatedAt ? latest : page;
  useEffect(() => {
    if (isOther) void readOlder();
  }, [isOther, readOlder]);
  const first = page.data?.rows;
  const order = useSteadyOrder(
    key,
    latest.data?.ids,
    useMemo(() => first?.map(idOf), [first]),
  );
  const { ids, isTaken, windows, onRange, fresh, showFresh } = order;
  const read = useQueries({
    queries: windows.map((userIds) =>
      trpc.members.rows.queryOptions({ ...group, userIds: [...userIds] }, { placeholderData: keepPreviousData }),
    ),
  });
  const known = useKnownRows<MemberRow>(
    windows,
    { data: first, isPlaceholderData: page.isPlaceholderData },
    read,
    idOf,
    blank,
  );
  return {
    page,
    ids,
    /** How many there are, which may be more than can be listed. */
    total: latest.data?.total ?? page.data?.total ?? 0,
    count: isTaken ? ids.length : (page.data?.total ?? 0),
    isPending: page.isPending,
    known,
    rowAt: (index: number) => known.get(ids[index] ?? ""),
    onRange,
    fresh,
    showFresh,
  };
}

const idOf = (row: MemberRow) => row.userId;

function blank(userId: string): MemberRow {
  const untold = {
    card: null,
    title: null,
    level: null,
    isMuted: null,
    mutedUntil: null,
    joinedAt: null,
    avatar: null,
  };
  return { userId, name: "", role: "unknown", ...untold, lastSpokeAt: null, isOnline: null, lastSeenAt: null };
}
