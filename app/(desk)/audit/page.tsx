import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { AuditPage } from "@/components/audit/audit-page";
import { auditPageSize, readAuditFilter, readAuditQuery } from "@/components/audit/query";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function RecordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readAuditQuery(toParameters(await searchParams));
  const { queryClient, trpc } = await enter(href.audit(query));
  const filter = readAuditFilter(query, await getTimeZone());
  await orNowhere(queryClient.fetchQuery(trpc.audit.actors.queryOptions()));
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.audit.list.infiniteQueryOptions(
        { ...filter, limit: auditPageSize },
        { getNextPageParam: (page) => page.next ?? undefined },
      ),
    ),
    queryClient.prefetchQuery(trpc.audit.actions.queryOptions()),
    query.open ? queryClient.prefetchQuery(trpc.audit.get.queryOptions({ id: query.open })) : null,
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <AuditPage />
    </HydrationBoundary>
  );
}
