"use client";

import { IconBan, IconCheck, IconCircleX, IconHelpCircle, IconLoader } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Tone, type ToneIcon, type ToneName } from "../tone";
import type { Outcome } from "./query";

const looks: Record<Outcome, { tone: ToneName; icon: ToneIcon }> = {
  STARTED: { tone: "busy", icon: IconLoader },
  // Calm, not green: that the act was carried out is not yet that its effect was seen.
  OK: { tone: "calm", icon: IconCheck },
  FAILED: { tone: "bad", icon: IconCircleX },
  UNKNOWN: { tone: "odd", icon: IconHelpCircle },
  DENIED: { tone: "wait", icon: IconBan },
};

/** How an event ended. */
export function OutcomeTone({ outcome, bare = false }: { outcome: Outcome; bare?: boolean }) {
  const t = useTranslations("vocabulary");
  const { tone, icon } = looks[outcome];
  return (
    <Tone tone={tone} icon={icon} bare={bare} explanation={t(`outcome.${outcome}.explanation`)}>
      {t(`outcome.${outcome}.label`)}
    </Tone>
  );
}
