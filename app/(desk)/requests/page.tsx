import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { enter, hydratable } from "@/components/loopback";
import { pageSize } from "@/components/requests/query";
import { Queue } from "@/components/requests/queue";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";
import { readRequestFilter, readRequestsQuery } from "@/lib/request-query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("title") };
}

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readRequestsQuery(toParameters(await searchParams));
  const { queryClient, trpc } = await enter(href.requests(query));
  const filter = readRequestFilter(query);
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.requests.list.infiniteQueryOptions(
        { ...filter, limit: pageSize },
        { getNextPageParam: (page) => page.next ?? undefined },
      ),
    ),
    queryClient.prefetchQuery(trpc.requests.counts.queryOptions(filter)),
    queryClient.prefetchQuery(trpc.preferences.get.queryOptions()),
    query.open ? queryClient.prefetchQuery(trpc.requests.get.queryOptions({ id: query.open })) : null,
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <Queue />
    </HydrationBoundary>
  );
}
