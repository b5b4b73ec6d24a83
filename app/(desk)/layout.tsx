import { HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { hydratable, loopback, readLivePosition, readSession } from "@/components/loopback";
import { Shell } from "@/components/shell/shell";

/** Signed-in pages. Each page turns visitors away itself (`enter`), because only a page knows its own address. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const { queryClient, trpc } = await loopback();
  if (await readSession()) {
    await Promise.all([
      queryClient.prefetchQuery(trpc.requests.counts.queryOptions({})),
      queryClient.prefetchQuery(trpc.presence.list.queryOptions()),
      queryClient.prefetchQuery(trpc.views.list.queryOptions()),
      queryClient.prefetchQuery(trpc.views.counts.queryOptions()),
    ]);
  }
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <Shell since={await readLivePosition()}>{children}</Shell>
    </HydrationBoundary>
  );
}
