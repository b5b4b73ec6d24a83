"use client";

import { Button } from "@mantine/core";
import { IconAlarmSnooze, IconPlayerSkipForward, IconUserShare } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RequestDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { MinuteTime, RelativeTime } from "../relative-time";
import type { ToneIcon } from "../tone";
import classes from "./aside.module.css";
import type { SettingAside } from "./set-aside";

/** Whose hands it is in, until when it sleeps, whether one passed over it: each with its way back. */
export function Aside({ request, acts }: { request: RequestDetail; acts: SettingAside }) {
  const t = useTranslations("requests.aside");
  const { id, assignee, snoozedUntil, snoozedBy, isSkipped, canDecide } = request;
  const error = acts.skip.error ?? acts.snooze.error ?? acts.handOver.error;
  if (!assignee && !snoozedUntil && !isSkipped && !error) return null;
  const time = () => assignee?.at && <RelativeTime at={assignee.at} />;
  const strong = (chunks: ReactNode) => <strong>{chunks}</strong>;
  return (
    <div className={classes.aside}>
      {assignee && (
        <Line
          icon={IconUserShare}
          act={canDecide ? { label: t("takeBack"), do: () => acts.handOver.mutate({ id, operatorId: null }) } : null}
        >
          {assignee.isMine
            ? t.rich("forYou", { by: assignee.by, strong, time })
            : t.rich("forOther", { name: assignee.name, by: assignee.by, strong, time })}
          {assignee.why && <q className={classes.words}>{assignee.why}</q>}
        </Line>
      )}
      {snoozedUntil && (
        <Line
          icon={IconAlarmSnooze}
          act={canDecide ? { label: t("wake"), do: () => acts.snooze.mutate({ id, until: null }) } : null}
        >
          {t.rich("asleep", { by: snoozedBy ?? "", time: () => <MinuteTime at={snoozedUntil} />, strong })}
        </Line>
      )}
      {isSkipped && (
        <Line
          icon={IconPlayerSkipForward}
          act={{ label: t("unskip"), do: () => acts.skip.mutate({ id, isSkipped: false }) }}
        >
          {t("skipped")}
        </Line>
      )}
      {error && <FailurePanel error={error} />}
    </div>
  );
}

interface LineProps {
  icon: ToneIcon;
  children: ReactNode;
  act: { label: string; do: () => void } | null;
}

function Line({ icon: Icon, children, act }: LineProps) {
  return (
    <div className={classes.line}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.text}>{children}</span>
      {act && (
        <Button variant="subtle" color="gray" onClick={act.do}>
          {act.label}
        </Button>
      )}
    </div>
  );
}
