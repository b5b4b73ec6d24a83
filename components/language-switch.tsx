"use client";

import { NativeSelect } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { isLocale, type Locale, locales } from "@/lib/locale";
import { rememberLocale } from "./cookie";

interface LanguageSwitchProps {
  /** Called with the choice as well, so a signed-in operator's account can keep it. */
  onChoose?: (locale: Locale) => void;
  withLabel?: boolean;
}

/** Changes the language at once, for this browser and for later pages. */
export function LanguageSwitch({ onChoose, withLabel = false }: LanguageSwitchProps) {
  const t = useTranslations("language");
  const router = useRouter();
  const locale = useLocale();
  const [isPending, startTransition] = useTransition();
  return (
    <NativeSelect
      size={withLabel ? "sm" : "xs"}
      {...(withLabel ? { label: t("label") } : { "aria-label": t("label") })}
      value={locale}
      disabled={isPending}
      data={locales.map((value) => ({ value, label: t(`names.${value}`) }))}
      onChange={({ currentTarget: { value } }) => {
        if (!isLocale(value)) return;
        rememberLocale(value);
        onChoose?.(value);
        startTransition(() => router.refresh());
      }}
    />
  );
}
