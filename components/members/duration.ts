"use client";

import { useTranslations } from "next-intl";

/** A length of time in its largest whole unit: "10 minutes", "7 days". */
export function useLength(): (seconds: number) => string {
  const t = useTranslations("members.length");
  return (seconds) => {
    if (seconds % 86_400 === 0) return t("days", { count: seconds / 86_400 });
    if (seconds % 3_600 === 0) return t("hours", { count: seconds / 3_600 });
    if (seconds % 60 === 0) return t("minutes", { count: seconds / 60 });
    return t("seconds", { count: seconds });
  };
}
