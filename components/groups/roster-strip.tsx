"use client";

import { IconAlertTriangle, IconPlugOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { GroupRoster } from "../api";
import { useFailureText } from "../failure";
import Link from "../link";
import { RelativeTime } from "../relative-time";
import { useSentenceGap } from "../sentence-gap";
import classes from "./groups.module.css";

/** The bots whose groups are not as they are now, each with how old what is shown is and why. Nothing when all is well. */
export function RosterStrip({ rosters }: { rosters: readonly GroupRoster[] }) {
  const t = useTranslations("groups.roster");
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const troubled = rosters.filter(
    ({ bot, error, isListed }) => isListed && (error !== null || !bot.isEnabled || !bot.isConnected),
  );
  if (troubled.length === 0) return null;
  return (
    <ul className={classes.strip} aria-label={t("label")}>
      {troubled.map(({ bot, readAt, error }) => {
        const isAway = !bot.isEnabled || !bot.isConnected;
        const why = !bot.isEnabled
          ? t("disabled")
          : isAway
            ? t("away")
            : error
              ? textOf({ code: error, detail: {} }).what
              : "";
        const Icon = isAway ? IconPlugOff : IconAlertTriangle;
        return (
          <li key={bot.id} className={classes.trouble}>
            <Icon size={15} stroke={1.8} aria-hidden="true" />
            <span>
              <Link href={href.bot(bot.id)}>{bot.name}</Link>
              {t("colon")}
              {why}
              {gap}
              {readAt ? t.rich("asOf", { time: () => <RelativeTime at={readAt} /> }) : t("never")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
