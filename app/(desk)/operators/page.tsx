import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { OperatorsPage } from "@/components/operators/operators-page";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("operators"))("title") };
}

export default async function PeoplePage() {
  const { queryClient, trpc } = await enter(href.operators());
  await orNowhere(queryClient.fetchQuery(trpc.operators.list.queryOptions()));
  await queryClient.prefetchQuery(trpc.invites.list.queryOptions());
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <OperatorsPage />
    </HydrationBoundary>
  );
}
