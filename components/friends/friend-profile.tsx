"use client";

import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FriendDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { Json } from "../json";
import raw from "../requests/raw.module.css";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import classes from "./friend-drawer.module.css";

/** What the platform itself tells of them, asked when the fold is opened and not before. */
export function Profile({ friend }: { friend: FriendDetail }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const { bot, userId } = friend;
  const [isOpen, setOpen] = useState(false);
  const isOffered = useSupport(bot.id)("people.get") === "on";
  const profile = useQuery(
    trpc.friends.profile.queryOptions({ botId: bot.id, userId }, { enabled: isOpen && isOffered, retry: false }),
  );
  if (!isOffered) return null;
  const { data } = profile;
  return (
    <details className={raw.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={raw.summary}>
        <IconChevronRight className={raw.chevron} size={15} aria-hidden="true" />
        {t("profile")}
      </summary>
      {isOpen && profile.isPending && <Skeleton height={120} />}
      {profile.isError && <FailurePanel error={profile.error} />}
      {data && (
        <>
          <dl className={classes.facts}>
            {data.name && (
              <div className={classes.fact}>
                <dt>{t("ownName")}</dt>
                <dd>{data.name}</dd>
              </div>
            )}
            {data.signature && (
              <div className={classes.fact}>
                <dt>{t("signature")}</dt>
                <dd>{data.signature}</dd>
              </div>
            )}
            {data.sex && (
              <div className={classes.fact}>
                <dt>{t("sexTitle")}</dt>
                <dd>{t("sex", { sex: data.sex })}</dd>
              </div>
            )}
          </dl>
          <Json label={t("profile")} value={data.raw} />
        </>
      )}
    </details>
  );
}
