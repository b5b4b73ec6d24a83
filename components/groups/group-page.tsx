"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { GroupTab } from "@/lib/group";
import { href } from "@/lib/href";
import type { GroupDetail, GroupRow } from "../api";
import { AsOf } from "../as-of";
import { once, useDrawnPart } from "../drawn-part";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { EmptyState, Page } from "../page";
import { type CapabilityName, type SupportState, useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useGroupTab } from "./address";
import classes from "./groups.module.css";

const loading = () => <Skeleton height={220} radius={10} mt="lg" />;
const loadMembers = once(
  () => import("../members/members").then((module) => module.Members),
  (address) => address.get("tab") === "members",
);
const LateMembers = dynamic(loadMembers, { loading });
const loadSummary = once(
  () => import("./summary").then((module) => module.Summary),
  (address) => !address.has("tab"),
);
const LateSummary = dynamic(loadSummary, { loading });
const GroupRequests = dynamic(() => import("./group-requests").then((module) => module.GroupRequests), { loading });
const GroupEssence = dynamic(() => import("./group-essence").then((module) => module.GroupEssence), { loading });
const FileShelf = dynamic(() => import("../files/file-shelf").then((module) => module.FileShelf), { loading });
const NoticeBoard = dynamic(() => import("../notices/notice-board").then((module) => module.NoticeBoard), { loading });
const GroupHonours = dynamic(() => import("./group-honours").then((module) => module.GroupHonours), { loading });
const GroupMuted = dynamic(() => import("./group-muted").then((module) => module.GroupMuted), { loading });

/** What each part shown beside the summary needs: a capability of the bot, and a permission of the operator. */
const parts: readonly {
  tab: GroupTab;
  needs: CapabilityName | null;
  may: keyof GroupDetail["may"] | null;
  draw: (group: GroupRow, may: GroupDetail["may"], Members: typeof LateMembers) => React.ReactNode;
}[] = [
  {
    ...{ tab: "members", needs: "members.list", may: "seeMembers" },
    draw: ({ bot, groupId }, _, Members) => <Members botId={bot.id} groupId={groupId} platform={bot.platform} />,
  },
  { tab: "requests", needs: null, may: "seeRequests", draw: (group) => <GroupRequests group={group} /> },
  {
    ...{ tab: "notices", needs: "notices.list", may: null },
    draw: ({ bot, groupId }) => <NoticeBoard botId={bot.id} groupId={groupId} />,
  },
  {
    ...{ tab: "essence", needs: "essence.list", may: "seeMessages" },
    draw: (group, may) => <GroupEssence group={group} mayRemove={may.highlight} />,
  },
  {
    ...{ tab: "files", needs: "files.list", may: "seeFiles" },
    draw: ({ bot, groupId }) => <FileShelf key={groupId} botId={bot.id} groupId={groupId} />,
  },
  { tab: "honours", needs: "groups.honors", may: null, draw: (group) => <GroupHonours group={group} /> },
  {
    ...{ tab: "muted", needs: "groups.muted", may: "seeMembers" },
    draw: (group, may) => <GroupMuted group={group} mayLift={may.mute} />,
  },
];

/** One group: what is known of it, its settings and its parts. */
export function GroupPage({ botId, groupId }: { botId: string; groupId: string }) {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const found = useQuery(trpc.groups.get.queryOptions({ botId, groupId }));
  const up = { href: href.groups(), name: t("title") };
  if (found.isPending) {
    return (
      <Page title={groupId} up={up}>
        <div role="status" aria-label={common("loading")}>
          <Skeleton height={140} radius={10} />
          <Skeleton height={260} radius={10} mt="md" />
        </div>
      </Page>
    );
  }
  if (found.isError) {
    return (
      <Page title={groupId} up={up}>
        <FailurePanel error={found.error}>
          <Button onClick={() => found.refetch()}>{common("again")}</Button>
        </FailurePanel>
      </Page>
    );
  }
  return <Loaded detail={found.data} groupId={groupId} />;
}

function Loaded({ detail, groupId }: { detail: GroupDetail; groupId: string }) {
  const t = useTranslations("groups");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { bot, group, may } = detail;
  const support = useSupport(bot.id);
  const { tab } = useGroupTab(bot.id, groupId);
  const Members = useDrawnPart(tab === "members", loadMembers, LateMembers);
  const Summary = useDrawnPart(tab === null, loadSummary, LateSummary);
  const again = async () => {
    await queryClient
      .fetchQuery({ ...trpc.groups.read.queryOptions({ botId: bot.id }), staleTime: 0 })
      .catch(() => null);
    await queryClient.invalidateQueries(trpc.groups.get.queryFilter({ botId: bot.id, groupId }));
  };
  const asOf = (
    <AsOf readAt={detail.readAt} isReading={detail.isReading} error={detail.error} onAgain={() => void again()} />
  );
  const title = group?.name || groupId;
  const shown = parts.filter(({ needs, may: rule }) => isOn(support, needs) && (rule === null || may[rule]));
  const part = shown.find((each) => each.tab === tab);
  return (
    <Page
      title={title}
      up={{ href: href.groups(), name: t("title") }}
      description={[bot.name, label(`platform.${bot.platform}`), groupId].join(" · ")}
      // The members have their own list, and tell its age themselves.
      actions={part?.tab === "members" ? undefined : asOf}
      wide
    >
      {group === null ? (
        <EmptyState
          icon={<IconUsersGroup size={22} stroke={1.6} />}
          title={detail.isReading && detail.readAt === null ? t("gone.reading") : t("gone.title")}
          action={
            <Button component={Link} href={href.groups({ bot: bot.id })}>
              {t("gone.back")}
            </Button>
          }
        >
          {detail.isReading && detail.readAt === null ? undefined : t("gone.text", { bot: bot.name })}
        </EmptyState>
      ) : (
        <>
          <Tabs group={group} tabs={shown.map((each) => each.tab)} />
          {part ? part.draw(group, may, Members) : <Summary group={group} detail={detail} support={support} />}
        </>
      )}
    </Page>
  );
}

function isOn(support: (capability: CapabilityName) => SupportState, needs: CapabilityName | null): boolean {
  return needs === null || support(needs) === "on";
}

/** The parts as addresses: each can be linked to, and back goes back. */
function Tabs({ group, tabs }: { group: GroupRow; tabs: readonly GroupTab[] }) {
  const t = useTranslations("groups");
  const { tab, addressOf, go } = useGroupTab(group.bot.id, group.groupId);
  const here = tabs.find((each) => each === tab) ?? null;
  const strip = useRef<HTMLElement>(null);
  // On a phone they are more than fit: the one that is open is among those in sight.
  useEffect(() => {
    const open = here !== null && strip.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (open) strip.current?.scrollTo({ left: open.offsetLeft - (strip.current.clientWidth - open.offsetWidth) / 2 });
  }, [here]);
  return (
    <nav ref={strip} className={classes.tabs} aria-label={t("tabs")}>
      {[null, ...tabs].map((each) => (
        <a
          key={each ?? "summary"}
          className={classes.tab}
          href={addressOf(each)}
          aria-current={each === here ? "page" : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            if (each !== here) go(each);
          }}
        >
          {t(`tab.${each ?? "summary"}`)}
          {each === "requests" && group.waiting !== null && group.waiting > 0 && (
            <span className={classes.tabCount}>{group.waiting}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
