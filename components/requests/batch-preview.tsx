"use client";

import { Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconClock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Verb } from "@/lib/request";
import type { BatchForecast } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { useNames } from "../names";
import { useSentenceGap } from "../sentence-gap";
import classes from "./batch-dialog.module.css";
import { useDuration } from "./batch-duration";

/** So many names are said; of the rest how many they are. */
const mostNames = 8;

interface BatchPreviewProps {
  preview: { data: BatchForecast | undefined; isError: boolean; error: unknown; isFetching: boolean };
  verb: Verb;
  total: number;
}

/** What will happen and what cannot, why, and how long it takes at each bot's pace. */
export function BatchPreview({ preview, verb, total }: BatchPreviewProps) {
  const t = useTranslations("requests.batch");
  const label = useTranslations("vocabulary");
  const duration = useDuration();
  if (preview.isError) return <FailurePanel error={preview.error} />;
  const forecast = preview.data;
  if (!forecast) return <Skeleton height={96} radius={7} role="status" aria-label={t("forecasting")} />;
  // Ignoring sends nothing, so no bot's pace is in its way.
  const isPaced = verb !== "ignore" && forecast.able > 0;
  return (
    <div className={classes.forecast} data-old={preview.isFetching || undefined} aria-live="polite">
      <p className={classes.line}>
        <IconCheck className={classes.can} size={16} stroke={2} aria-hidden="true" />
        <span>
          {t.rich("able", {
            count: forecast.able,
            total,
            verb: label(`verbDone.${verb}`),
            strong: (chunks) => <strong>{chunks}</strong>,
          })}
        </span>
      </p>
      {isPaced && (
        <div className={classes.line}>
          <IconClock className={classes.calm} size={16} stroke={1.8} aria-hidden="true" />
          <div>
            <p>{t("takes", { duration: duration(forecast.seconds), count: forecast.perBot.length })}</p>
            {forecast.perBot.length > 1 && (
              <ul className={classes.bots}>
                {forecast.perBot.map((bot) => (
                  <li key={bot.botId}>
                    {t("perBot", { name: bot.name, count: bot.count, duration: duration(bot.seconds) })}
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
      {forecast.unable.length > 0 && <Unable unable={forecast.unable} />}
    </div>
  );
}

/** Who is left out, gathered by why. */
function Unable({ unable }: { unable: BatchForecast["unable"] }) {
  const t = useTranslations("requests.batch");
  const unnamed = useTranslations("vocabulary");
  const list = useNames();
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const groups = new Map<string, string[]>();
  for (const { code, detail, applicantName } of unable) {
    const { what } = textOf({ code, detail });
    groups.set(what, [...(groups.get(what) ?? []), applicantName || unnamed("unnamed")]);
  }
  return (
    <div className={classes.line}>
      <IconAlertTriangle className={classes.cannot} size={16} stroke={1.8} aria-hidden="true" />
      <div>
        <p>{t("unable", { count: unable.length })}</p>
        <ul className={classes.bots}>
          {[...groups].map(([why, names]) => (
            <li key={why}>
              {why}
              {gap}
              <span className={classes.names}>
                {names.length > mostNames
                  ? t("namesMore", {
                      names: list(names.slice(0, mostNames)),
                      count: names.length - mostNames,
                    })
                  : list(names)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
