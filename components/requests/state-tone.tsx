"use client";

import {
  IconArrowForwardUp,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleX,
  IconClockOff,
  IconExternalLink,
  IconEyeOff,
  IconHelpCircle,
  IconHourglass,
  IconSend,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { DecisionState, RequestState } from "@/lib/request";
import { Tone, type ToneIcon, type ToneName } from "../tone";

/** Green stands for `confirmed` alone: the platform showed that it happened. Everything short of that looks unfinished. */
const looks: Record<RequestState | DecisionState, { tone: ToneName; icon: ToneIcon }> = {
  waiting: { tone: "wait", icon: IconCircleDashed },
  held: { tone: "busy", icon: IconHourglass },
  sending: { tone: "busy", icon: IconSend },
  sent: { tone: "busy", icon: IconArrowForwardUp },
  confirmed: { tone: "good", icon: IconCircleCheckFilled },
  failed: { tone: "bad", icon: IconCircleX },
  unknown: { tone: "odd", icon: IconHelpCircle },
  elsewhere: { tone: "calm", icon: IconExternalLink },
  expired: { tone: "calm", icon: IconClockOff },
  ignored: { tone: "calm", icon: IconEyeOff },
  cancelled: { tone: "calm", icon: IconCircleX },
};

interface StateToneProps {
  state: RequestState | DecisionState;
  /** The verb decided on, when there is one: "Approval sent" says more than "sent". */
  verb?: string | null | undefined;
  bare?: boolean;
}

/** How a request or a decision stands: icon, words, and on hover what that does and does not mean. */
export function StateTone({ state, verb, bare = false }: StateToneProps) {
  const t = useTranslations("vocabulary");
  const { tone, icon } = looks[state];
  return (
    <Tone tone={tone} icon={icon} bare={bare} explanation={t(`state.${state}.explanation`)}>
      {t(`state.${state}.label`, { verb: verb ?? "other" })}
    </Tone>
  );
}
