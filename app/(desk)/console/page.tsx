import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConsolePage } from "@/components/console/console-page";
import { enter, hydratable } from "@/components/loopback";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console"))("title") };
}

export default async function ApiConsolePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = toParameters(await searchParams);
  const { queryClient, trpc } = await enter(
    href.console({ bot: query.get("bot"), platform: query.get("platform"), op: query.get("op") }),
  );
  await queryClient.prefetchQuery(trpc.bots.list.queryOptions());
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <ConsolePage />
    </HydrationBoundary>
  );
}
