"use client";

import { useTranslations } from "next-intl";
import { Tip } from "../tip";
import { useLive } from "./live";
import classes from "./live-indicator.module.css";

/** Says whether the screen is being kept true. Announced politely when it changes. */
export function LiveIndicator({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("live");
  const state = useLive();
  return (
    <Tip label={t(`${state}.explanation`)}>
      <span className={classes.live} data-state={state} data-compact={compact || undefined} role="status">
        <span className={classes.dot} aria-hidden="true" />
        <span className={classes.label}>{t(`${state}.label`)}</span>
      </span>
    </Tip>
  );
}
