import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { enter, hydratable } from "@/components/loopback";
import { Overview } from "@/components/overview/overview";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

export default async function OverviewPage() {
  const { queryClient, trpc } = await enter(href.home());
  const zone = await getTimeZone();
  await Promise.all([
    queryClient.prefetchQuery(trpc.overview.pressing.queryOptions()),
    queryClient.prefetchQuery(trpc.overview.bots.queryOptions()),
    queryClient.prefetchQuery(trpc.overview.decided.queryOptions({ zone })),
    queryClient.prefetchQuery(trpc.overview.arrivals.queryOptions({ zone, span: "day" })),
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <Overview />
    </HydrationBoundary>
  );
}
