import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotPage } from "@/components/bots/bot-page";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { href } from "@/lib/href";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bots"))("title") };
}

export default async function OneBotPage({ params }: Props) {
  const { id } = await params;
  const { queryClient, trpc } = await enter(href.bot(id));
  await orNowhere(queryClient.fetchQuery(trpc.bots.get.queryOptions({ id })));
  await Promise.all([
    queryClient.prefetchQuery(trpc.bots.gaps.queryOptions({ id })),
    queryClient.prefetchInfiniteQuery(
      trpc.bots.log.infiniteQueryOptions({ id }, { getNextPageParam: (page) => page.next ?? undefined }),
    ),
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <BotPage id={id} />
    </HydrationBoundary>
  );
}
