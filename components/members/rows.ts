"use client";

import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { memberPage } from "@/lib/member";
import type { MemberRow } from "../api";
import { useHeard } from "../shell/live";
import { useTRPC } from "../trpc";
import type { useMembersAddress } from "./address";
import { firstMembers } from "./query";

type Address = ReturnType<typeof useMembersAddress>;

/** A row as it is drawn; `isGone`: it was here when the order was taken, and is not any more. */
export interface ShownMember extends MemberRow {
  isGone: boolean;
}

const none: readonly string[] = [];

/**
 * The members in an order that stays: who changes is drawn anew where they stand, who leaves stays as gone, who is new
 * waits until `showFresh`. Rows are read in windows, as they come into sight.
 */
export function useMembers(
  group: { botId: string; groupId: string },
  { filter, order }: Pick<Address, "filter" | "order">,
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const asked = { ...group, filter, order };
  const key = JSON.stringify(asked);
  const page = useQuery(
    trpc.members.page.queryOptions(firstMembers(group, asked), { placeholderData: keepPreviousData }),
  );
  // Only what is told of this very list: of a desk with many groups most is not.
  const rosterId = page.data?.roster.id;
  useHeard(({ facts }) => {
    if (facts.some((fact) => fact.topic === "roster" && fact.id === rosterId))
      void queryClient.invalidateQueries(trpc.members.pathFilter());
  });
  const latest = useQuery(trpc.members.ids.queryOptions(asked));
  const [shown, setShown] = useState<{ key: string; ids: readonly string[] } | null>(null);
  const isOther = shown === null || shown.key !== key || shown.ids.length === 0;
  if (latest.data && isOther && (shown?.key !== key || latest.data.ids.length > 0))
    setShown({ key, ids: latest.data.ids });
  const ids = shown?.key === key ? shown.ids : (page.data?.rows.map((row) => row.userId) ?? none);

  const [range, setRange] = useState({ first: 0, last: memberPage - 1 });
  const windows = useMemo(() => {
    const [from, to] = [Math.floor(range.first / memberPage), Math.floor(range.last / memberPage)];
    return Array.from({ length: to - from + 1 }, (_, at) =>
      ids.slice((from + at) * memberPage, (from + at + 1) * memberPage),
    ).filter((some) => some.length > 0);
  }, [ids, range]);
  const read = useQueries({
    queries: windows.map((userIds) =>
      trpc.members.rows.queryOptions({ ...group, userIds: [...userIds] }, { placeholderData: keepPreviousData }),
    ),
  });
  // Beside the state: what was read of somebody stays known while they are out of sight.
  const [known] = useState(() => new Map<string, ShownMember>());
  const [source] = useState(() => new Map<string, MemberRow>());
  const learn = (row: MemberRow) => {
    if (source.get(row.userId) === row && known.get(row.userId)?.isGone === false) return;
    source.set(row.userId, row);
    known.set(row.userId, { ...row, isGone: false });
  };
  if (!page.isPlaceholderData) page.data?.rows.forEach(learn);
  for (const [at, window] of windows.entries()) {
    const result = read[at];
    if (!result?.data || result.isPlaceholderData) continue;
    result.data.forEach(learn);
    const found = new Set(result.data.map((row) => row.userId));
    for (const userId of window) {
      const before = known.get(userId);
      if (!found.has(userId) && before?.isGone !== true)
        known.set(userId, { ...(before ?? blank(userId)), isGone: true });
    }
  }
  const fresh = useMemo(() => {
    if (!latest.data || shown?.key !== key) return 0;
    const old = new Set(shown.ids);
    return latest.data.ids.filter((id) => !old.has(id)).length;
  }, [latest.data, shown, key]);
  const onRange = useCallback((first: number, last: number) => {
    setRange((now) => {
      const same = (a: number, b: number) => Math.floor(a / memberPage) === Math.floor(b / memberPage);
      return same(now.first, first) && same(now.last, last) ? now : { first, last };
    });
  }, []);
  return {
    page,
    ids,
    /** How many there are, which may be more than can be listed. */
    total: latest.data?.total ?? page.data?.total ?? 0,
    count: shown?.key === key ? ids.length : (page.data?.total ?? 0),
    isPending: page.isPending,
    known,
    rowAt: (index: number) => known.get(ids[index] ?? ""),
    onRange,
    fresh,
    showFresh: () => {
      if (latest.data) setShown({ key, ids: latest.data.ids });
    },
  };
}

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
