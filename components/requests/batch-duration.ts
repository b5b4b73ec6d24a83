"use client";

import { useTranslations } from "next-intl";

/** How long something takes, as roughly as it is known: "about 40 seconds", "about 4 minutes". */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations("requests.batch");
  return (seconds) =>
    seconds < 90
      ? t("seconds", { count: Math.max(1, Math.ceil(seconds)) })
      : t("minutes", { count: Math.round(seconds / 60) });
}
