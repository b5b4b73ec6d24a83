"use client";

import { IconMicrophoneOff } from "@tabler/icons-react";
import { useNow, useTranslations } from "next-intl";
import { Tone } from "../tone";
import classes from "./members.module.css";

/** How long a mute still lasts, counting down by itself: nothing around it is drawn anew. */
export function MuteLeft({ until }: { until: Date | null }) {
  const t = useTranslations("members");
  return (
    <span className={classes.mute}>
      {until === null ? (
        <Tone tone="wait" icon={IconMicrophoneOff} bare>
          {t("muted")}
        </Tone>
      ) : (
        <Left until={until} />
      )}
    </span>
  );
}

function Left({ until }: { until: Date }) {
  const t = useTranslations("members");
  const now = useNow({ updateInterval: 1_000 });
  const left = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  if (left === 0) return null;
  const two = (value: number) => String(value).padStart(2, "0");
  const [days, hours, minutes] = [
    Math.floor(left / 86_400),
    Math.floor((left % 86_400) / 3_600),
    Math.floor((left % 3_600) / 60),
  ];
  const text = days > 0 ? t("daysLeft", { days, hours }) : `${two(hours)}:${two(minutes)}:${two(left % 60)}`;
  return (
    <Tone tone="wait" icon={IconMicrophoneOff} bare>
      <time dateTime={until.toISOString()}>{text}</time>
    </Tone>
  );
}
