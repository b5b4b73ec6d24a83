"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { BotDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./profile.module.css";

/** Who liked the account's card, newest first; asked for when somebody wants to see it. */
export function ProfileLikes({ bot }: { bot: BotDetail }) {
  const t = useTranslations("bots.profile.likes");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [isWanted, setWanted] = useState(false);
  const likes = useQuery(trpc.profile.likes.queryOptions({ botId: bot.id }, { enabled: isWanted, retry: false }));
  return (
    <section className={classes.likes} aria-label={t("title")}>
      <div className={classes.row}>
        <p className={`${classes.field} ${classes.label}`}>{t("title")}</p>
        <Button aria-expanded={isWanted} onClick={() => setWanted(!isWanted)}>
          {isWanted ? t("hide") : t("show")}
        </Button>
      </div>
      {isWanted && likes.isPending && <Skeleton height={64} />}
      {isWanted && likes.isError && (
        <FailurePanel error={likes.error}>
          <Button onClick={() => likes.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {isWanted && likes.data?.length === 0 && <p className={classes.hint}>{t("none")}</p>}
      {isWanted && likes.data && likes.data.length > 0 && (
        <ul className={classes.people}>
          {likes.data.map(({ userId, name, times, at }) => (
            <li key={userId}>
              <Link href={href.person(bot.platform, userId)}>{name || userId}</Link>
              <span className={classes.hint}>
                {t("times", { count: times })}
                {at && (
                  <>
                    {" · "}
                    <RelativeTime at={at} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
