import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { GroupList } from "@/components/groups/group-list";
import { firstGroups, readGroupFilter, readGroupsQuery } from "@/components/groups/query";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("groups"))("title") };
}

export default async function GroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readGroupsQuery(toParameters(await searchParams));
  const { queryClient, trpc } = await enter(href.groups(query));
  await orNowhere(queryClient.fetchQuery(trpc.groups.rosters.queryOptions()));
  await queryClient.prefetchQuery(trpc.groups.list.queryOptions(firstGroups(readGroupFilter(query))));
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <GroupList />
    </HydrationBoundary>
  );
}
