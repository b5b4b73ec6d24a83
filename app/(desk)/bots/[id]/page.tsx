import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BotPage } from "@/components/bots/bot-page";
import { toFailure } from "@/components/failure-shape";
import { enter, hydratable } from "@/components/loopback";
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
  const failure = await queryClient
    .fetchQuery(trpc.bots.get.queryOptions({ id }))
    .then(() => null)
    .catch((error: unknown) => toFailure(error));
  // An id that is none is refused as input; to the reader both are an address where nothing is.
  if (failure?.code === "not_found" || failure?.code === "invalid_input") notFound();
  await queryClient.prefetchInfiniteQuery(
    trpc.bots.log.infiniteQueryOptions({ id }, { getNextPageParam: (page) => page.next ?? undefined }),
  );
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <BotPage id={id} />
    </HydrationBoundary>
  );
}
