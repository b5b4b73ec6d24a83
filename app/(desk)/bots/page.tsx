import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotList } from "@/components/bots/bot-list";
import { enter, hydratable } from "@/components/loopback";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bots"))("title") };
}

export default async function BotsPage() {
  const { queryClient, trpc } = await enter(href.bots());
  await queryClient.prefetchQuery(trpc.bots.list.queryOptions());
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <BotList />
    </HydrationBoundary>
  );
}
