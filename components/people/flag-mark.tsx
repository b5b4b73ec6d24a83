"use client";

import { IconEye, IconHandStop, IconNote, IconShieldCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { PersonFlagName } from "@/lib/person";
import { Tone, type ToneIcon, type ToneName } from "../tone";
import classes from "./flag-mark.module.css";

export const flagLook = {
  trusted: { icon: IconShieldCheck, tone: "calm" },
  watched: { icon: IconEye, tone: "wait" },
  unwanted: { icon: IconHandStop, tone: "bad" },
} as const satisfies Record<PersonFlagName, { icon: ToneIcon; tone: ToneName }>;

/** A mark that a team put on a person: icon and word. */
export function FlagMark({ flag, bare = false }: { flag: PersonFlagName; bare?: boolean }) {
  const t = useTranslations("people");
  const { icon, tone } = flagLook[flag];
  return (
    <Tone tone={tone} icon={icon} explanation={t(`flagMeans.${flag}`)} bare={bare}>
      {t(`flag.${flag}`)}
    </Tone>
  );
}

/** All that is noted of somebody, in one line: the marks, and how many notes there are. */
export function Noted({ noted }: { noted: { flags: readonly PersonFlagName[]; notes: number } }) {
  const t = useTranslations("people");
  if (noted.flags.length === 0 && noted.notes === 0) return null;
  return (
    <span className={classes.noted}>
      {noted.flags.map((flag) => (
        <FlagMark key={flag} flag={flag} bare />
      ))}
      {noted.notes > 0 && (
        <span className={classes.notes} title={t("noteCount", { count: noted.notes })}>
          <IconNote size={14} stroke={1.8} aria-hidden="true" />
          <span aria-hidden="true">{noted.notes}</span>
          <span className={classes.hidden}>{t("noteCount", { count: noted.notes })}</span>
        </span>
      )}
    </span>
  );
}
