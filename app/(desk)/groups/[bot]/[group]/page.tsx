import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { GroupPage } from "@/components/groups/group-page";
import { readGroupTab } from "@/components/groups/query";
import { enter, hydratable, orNowhere } from "@/components/loopback";
import { firstMembers, readMembersQuery } from "@/components/members/query";
import { type SearchParams, toParameters } from "@/components/search-params";
import { href } from "@/lib/href";

interface Props {
  params: Promise<{ bot: string; group: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("groups"))("title") };
}

export default async function OneGroupPage({ params, searchParams }: Props) {
  const { bot, group } = await params;
  const [botId, groupId] = [decodeURIComponent(bot), decodeURIComponent(group)];
  const parameters = toParameters(await searchParams);
  const tab = readGroupTab(parameters);
  const members = readMembersQuery(parameters);
  const next = tab === "members" ? members.query : { tab, folder: parameters.get("folder") };
  const { queryClient, trpc } = await enter(href.group(botId, groupId, next));
  const of = { botId, groupId };
  await orNowhere(queryClient.fetchQuery(trpc.groups.get.queryOptions(of)));
  await Promise.all([
    queryClient.prefetchQuery(trpc.bots.supports.queryOptions({ id: botId })),
    ...(tab === "members"
      ? [
          queryClient.prefetchQuery(trpc.members.page.queryOptions(firstMembers(of, members))),
          queryClient.prefetchQuery(trpc.members.summary.queryOptions(of)),
          queryClient.prefetchQuery(trpc.tasks.list.queryOptions(of)),
        ]
      : []),
  ]);
  return (
    <HydrationBoundary state={hydratable(queryClient)}>
      <GroupPage botId={botId} groupId={groupId} />
    </HydrationBoundary>
  );
}
