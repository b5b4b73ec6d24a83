import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { enter, hydratable } from "@/components/loopback";
import { SettingsPage } from "@/components/settings/settings-page";
import { href } from "@/lib/href";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function DeskSettingsPage() {
  const { queryClient, trpc, session } = await enter(href.settings());
  if (session && !session.permissions.desk.includes("desk.manage")) notFound();
  await Promise.all([
    queryClient.prefetchQuery(trpc.preferences.get.queryOptions()),
    queryClient.prefetchQuery(trpc.texts.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <SettingsPage />
    </HydrationBoundary>
  );
}
