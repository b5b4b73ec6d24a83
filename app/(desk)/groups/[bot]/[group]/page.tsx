import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { GroupPage } from "@/components/groups/group-page";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { href } from "@/lib/href";

interface Props {
  params: Promise<{ bot: string; group: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("groups"))("title") };
}

export default async function OneGroupPage({ params }: Props) {
  const { bot, group } = await params;
  const [botId, groupId] = [decodeURIComponent(bot), decodeURIComponent(group)];
  const { queryClient, trpc } = await enter(href.group(botId, groupId));
  await orNowhere(queryClient.fetchQuery(trpc.groups.get.queryOptions({ botId, groupId })));
  await queryClient.prefetchQuery(trpc.bots.supports.queryOptions({ id: botId }));
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <GroupPage botId={botId} groupId={groupId} />
    </HydrationBoundary>
  );
}
