"use client";

import { IconAlarmSnooze, IconPlayerSkipForward, IconUserShare } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { RequestRow } from "../api";
import { Initials } from "../initials";
import { MinuteTime } from "../relative-time";
import { Tone } from "../tone";
import classes from "./row.module.css";
import { StateTone } from "./state-tone";

/** How a row stands. While it waits, whose hands it is in says more than that it waits. */
export function RowState({ row }: { row: RequestRow }) {
  const t = useTranslations("requests.mark");
  const { holder, assignee, snoozedUntil, isSkipped } = row;
  const state = <StateTone state={row.state} verb={row.decision?.verb} bare />;
  if (!row.canDecide && row.state !== "waiting") return state;
  if (holder) {
    const face = <Initials id={holder.operatorId} name={holder.name} size={16} />;
    return (
      <>
        <span className={classes.holder} data-mine={holder.isMine || undefined}>
          {face}
          <span className={classes.holderName}>
            {holder.isMine
              ? t("mine")
              : t.rich("holder", { name: holder.name, time: () => <MinuteTime at={holder.until} /> })}
          </span>
        </span>
        {row.state !== "waiting" && state}
      </>
    );
  }
  if (row.state !== "waiting") return state;
  if (snoozedUntil) {
    return (
      <Tone tone="calm" icon={IconAlarmSnooze} bare>
        {t.rich("asleep", { time: () => <MinuteTime at={snoozedUntil} /> })}
      </Tone>
    );
  }
  if (assignee) {
    return (
      <Tone tone={assignee.isMine ? "wait" : "calm"} icon={IconUserShare} bare>
        {assignee.isMine ? t("forYou") : t("for", { name: assignee.name })}
      </Tone>
    );
  }
  if (isSkipped) {
    return (
      <Tone tone="calm" icon={IconPlayerSkipForward} bare>
        {t("skipped")}
      </Tone>
    );
  }
  return state;
}
