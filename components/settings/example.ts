"use client";

import { useNow, useTimeZone, useTranslations } from "next-intl";
import type { PlaceholderValues } from "@/lib/placeholder";
import { useSessionInfo } from "../shell/access";

/** A made-up request, for showing how a text reads once its placeholders are filled. Nobody of it exists. */
export function useExample(language: "zh" | "en"): Required<PlaceholderValues> {
  const t = useTranslations("settings.texts.example");
  const timeZone = useTimeZone() ?? "UTC";
  const now = useNow();
  const session = useSessionInfo();
  return {
    name: t(`${language}.name`),
    id: "80000000105",
    group: t(`${language}.group`),
    groupId: "81000000001",
    bot: t(`${language}.bot`),
    operator: session?.operator.name ?? "",
    // As the server writes it: Sweden's dates are ISO's.
    date: now.toLocaleDateString("sv-SE", { timeZone }),
  };
}
