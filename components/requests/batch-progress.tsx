"use client";

import { useTranslations } from "next-intl";
import classes from "./batch-progress.module.css";
import { type BatchCounts, barOrder } from "./batch-state";

/** How a batch is doing as a bar of its parts. Green is what the platform has shown to have happened, nothing else. */
export function BatchProgress({ counts, total }: { counts: BatchCounts; total: number }) {
  const t = useTranslations("requests.batch");
  const left = counts.queued + counts.held + counts.sending;
  return (
    <span
      className={classes.bar}
      role="progressbar"
      aria-label={t("progress")}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={total - left}
    >
      {barOrder.map((name) =>
        counts[name] === 0 ? null : (
          <span
            key={name}
            className={classes.part}
            data-part={name}
            style={{ width: `${(100 * counts[name]) / Math.max(1, total)}%` }}
          />
        ),
      )}
    </span>
  );
}

/** The same in words: each part that is not empty. */
export function BatchLegend({ counts }: { counts: BatchCounts }) {
  const t = useTranslations("requests.batch");
  return (
    <ul className={classes.legend}>
      {(["queued", ...barOrder] as const).map((name) =>
        counts[name] === 0 ? null : (
          <li key={name} className={classes.item}>
            <span className={classes.dot} data-part={name} aria-hidden="true" />
            {t(`count.${name}`, { count: counts[name] })}
          </li>
        ),
      )}
    </ul>
  );
}
