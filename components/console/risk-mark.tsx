"use client";

import { IconAlertTriangle, IconEye, IconKey, IconPencil } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Risk } from "@/lib/risk";
import { Tone, type ToneIcon, type ToneName } from "../tone";

const looks: Record<Risk, { tone: ToneName; icon: ToneIcon }> = {
  read: { tone: "calm", icon: IconEye },
  write: { tone: "busy", icon: IconPencil },
  destructive: { tone: "bad", icon: IconAlertTriangle },
  sensitive: { tone: "odd", icon: IconKey },
};

/** What an operation can do, in a word and a sign. */
export function RiskMark({ risk }: { risk: Risk }) {
  const label = useTranslations("vocabulary");
  const { tone, icon } = looks[risk];
  return (
    <Tone tone={tone} icon={icon} bare>
      {label(`risk.${risk}`)}
    </Tone>
  );
}
