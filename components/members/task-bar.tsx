"use client";

import { useTranslations } from "next-intl";
import type { TaskSummary } from "../api";
import classes from "../requests/batch-progress.module.css";
import { barOrder } from "./task-state";

/** How a task is doing as a bar of its parts. Green is what was seen to have happened, nothing else. */
export function TaskBar({ counts, total }: Pick<TaskSummary, "counts" | "total">) {
  const t = useTranslations("members.task");
  const left = counts.queued + counts.sending;
  return (
    <span
      className={classes.bar}
      role="progressbar"
      aria-label={t("progress")}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={total - left}
    >
      {barOrder.map(
        (name) =>
          counts[name] > 0 && (
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
export function TaskLegend({ counts }: Pick<TaskSummary, "counts">) {
  const t = useTranslations("members.task");
  return (
    <ul className={classes.legend}>
      {(["queued", ...barOrder] as const).map(
        (name) =>
          counts[name] > 0 && (
            <li key={name} className={classes.item}>
              <span className={classes.dot} data-part={name} aria-hidden="true" />
              {t(`count.${name}`, { count: counts[name] })}
            </li>
          ),
      )}
    </ul>
  );
}
