"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { isSameView, toViewQuery, type ViewPage, type ViewQuery, viewHref } from "@/lib/view";
import type { SavedView } from "../api";
import { useTRPC } from "../trpc";

const none: readonly SavedView[] = [];

/** The operator's own views and the team's. */
export function useViews(): readonly SavedView[] {
  const trpc = useTRPC();
  return useQuery(trpc.views.list.queryOptions()).data ?? none;
}

/** Is this view's page open with its filters? */
export function useIsHere(): (view: { page: ViewPage; query: ViewQuery }) => boolean {
  const path = usePathname();
  const parameters = useSearchParams();
  return ({ page, query }) =>
    path === viewHref(page, {}) && isSameView(page, toViewQuery(page, Object.fromEntries(parameters)), query);
}

/** What changes views. The list is read again after each. */
export function useViewActs() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = { onSettled: () => queryClient.invalidateQueries(trpc.views.pathFilter()) };
  return {
    share: useMutation(trpc.views.share.mutationOptions(done)),
    order: useMutation(trpc.views.order.mutationOptions(done)),
  };
}
