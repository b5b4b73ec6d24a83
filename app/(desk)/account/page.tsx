import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountPage } from "@/components/account/account-page";
import { enter, hydratable } from "@/components/loopback";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

export default async function OwnPage() {
  const { queryClient, trpc } = await enter(href.account());
  await queryClient.prefetchQuery(trpc.account.sessions.queryOptions());
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <AccountPage />
    </HydrationBoundary>
  );
}
