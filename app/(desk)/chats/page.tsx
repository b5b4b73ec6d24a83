import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Chats } from "@/components/chats/chats";
import { listSize, pageSize, readChatFilter, readChatsQuery } from "@/components/chats/query";
import { enter, hydratable } from "@/components/loopback";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";

/** A conversation never read before waits for its platform; the page does not, ms. */
const patience = 400;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("chats"))("title") };
}

export default async function ChatsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readChatsQuery(toParameters(await searchParams));
  const { queryClient, trpc } = await enter(href.chats(query));
  const { open } = query;
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      trpc.chats.list.infiniteQueryOptions(
        { ...readChatFilter(query), limit: listSize },
        { getNextPageParam: (page) => page.next ?? undefined },
      ),
    ),
    queryClient.prefetchQuery(trpc.bots.list.queryOptions()),
    open ? queryClient.prefetchQuery(trpc.chats.get.queryOptions({ id: open })) : null,
    open
      ? Promise.race([
          queryClient.prefetchQuery(trpc.chats.page.queryOptions({ id: open, limit: pageSize })),
          new Promise((resolve) => setTimeout(resolve, patience)),
        ])
      : null,
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <Chats />
    </HydrationBoundary>
  );
}
