import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FriendsPage } from "@/components/friends/friends-page";
import { firstFriends, readFriendFilter, readFriendsQuery } from "@/components/friends/query";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("friends"))("title") };
}

export default async function FriendListPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readFriendsQuery(toParameters(await searchParams));
  const { queryClient, trpc } = await enter(href.friends(query));
  await orNowhere(queryClient.fetchQuery(trpc.friends.bots.queryOptions()));
  await Promise.all([
    queryClient.prefetchQuery(trpc.friends.list.queryOptions(firstFriends(readFriendFilter(query)))),
    queryClient.prefetchQuery(trpc.friends.facets.queryOptions(query.bot ? { botId: query.bot } : {})),
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <FriendsPage />
    </HydrationBoundary>
  );
}
