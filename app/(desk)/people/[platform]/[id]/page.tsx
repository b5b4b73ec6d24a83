import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { PersonPage } from "@/components/people/person-page";
import { href } from "@/lib/href";
import { platforms } from "@/lib/platform";

interface Props {
  params: Promise<{ platform: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function OnePersonPage({ params }: Props) {
  const { platform: named, id } = await params;
  const platform = platforms.find((name) => name === named);
  const personId = decodeURIComponent(id);
  const { queryClient, trpc, session } = await enter(href.person(named, personId));
  if (!platform) notFound();
  const who = { platform, personId };
  await orNowhere(queryClient.fetchQuery(trpc.people.get.queryOptions(who)));
  const names = new Set([
    ...(session?.permissions.desk ?? []),
    ...Object.values(session?.permissions.bots ?? {}).flat(),
  ]);
  await Promise.all([
    names.has("messages.view")
      ? queryClient.prefetchInfiniteQuery(
          trpc.people.messages.infiniteQueryOptions(who, { getNextPageParam: (page) => page.next ?? undefined }),
        )
      : null,
    names.has("audit.view")
      ? queryClient.prefetchInfiniteQuery(
          trpc.people.events.infiniteQueryOptions(who, { getNextPageParam: (page) => page.next ?? undefined }),
        )
      : null,
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <PersonPage platform={platform} personId={personId} />
    </HydrationBoundary>
  );
}
