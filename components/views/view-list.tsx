"use client";

import {
  IconAddressBook,
  IconBell,
  IconHistory,
  IconInbox,
  IconMessages,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ViewPage, viewHref } from "@/lib/view";
import type { SavedView } from "../api";
import Link from "../link";
import { useNotifySetting } from "../notify/setting";
import { showCount } from "../requests/count";
import { useTRPC } from "../trpc";
import classes from "./view-list.module.css";
import { ViewMenu } from "./view-menu";
import { useIsHere, useViews } from "./views";

/** The saved views in the sidebar, each with how much is under it now. Nothing while there is none. */
export function ViewList() {
  const t = useTranslations("views");
  const trpc = useTRPC();
  const views = useViews();
  const isHere = useIsHere();
  const counts = useQuery(trpc.views.counts.queryOptions(undefined, { enabled: views.length > 0 })).data;
  if (views.length === 0) return null;
  return (
    <nav className={classes.views} aria-label={t("title")}>
      <h2 className={classes.title}>{t("title")}</h2>
      <ul className={classes.list}>
        {views.map((view) => (
          <li key={view.id} className={classes.item}>
            <One view={view} isHere={isHere(view)} count={counts?.[view.id] ?? null} />
            <ViewMenu view={view} views={views} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function One({ view, isHere, count }: { view: SavedView; isHere: boolean; count: number | null }) {
  const t = useTranslations("views");
  const notify = useTranslations("notify");
  const [setting] = useNotifySetting();
  const { name, page, query, isTeam, isOwn, ownerName } = view;
  const isTold = setting.isOn && setting.views.includes(view.id);
  const Icon = icons[page];
  return (
    <Link
      className={classes.link}
      href={viewHref(page, query)}
      aria-current={isHere ? "true" : undefined}
      data-here={isHere || undefined}
      title={isOwn ? name : `${name} · ${t("of", { name: ownerName })}`}
    >
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.name}>{name}</span>
      {isTold && (
        <>
          <IconBell className={classes.bell} size={13} stroke={1.8} aria-hidden="true" />
          <span className={classes.hidden}>{notify("isTold")}</span>
        </>
      )}
      {isTeam && (
        <>
          <IconUsers className={classes.team} size={13} stroke={1.8} aria-hidden="true" />
          <span className={classes.hidden}>{t("team")}</span>
        </>
      )}
      {count !== null && count > 0 && (
        <span className={classes.count}>
          <span aria-hidden="true">{showCount(count)}</span>
          <span className={classes.hidden}>{t("count", { count })}</span>
        </span>
      )}
    </Link>
  );
}

const icons = {
  requests: IconInbox,
  groups: IconUsersGroup,
  friends: IconAddressBook,
  chats: IconMessages,
  audit: IconHistory,
} as const satisfies Record<ViewPage, unknown>;
