"use client";

import { NativeSelect, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useTranslations } from "next-intl";

const schemes = ["auto", "light", "dark"] as const;

/** Light, dark, or like the system. Kept by the browser. */
export function ThemeSwitch({ withLabel = false }: { withLabel?: boolean }) {
  const t = useTranslations("theme");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isHydrated = useMounted();
  return (
    <NativeSelect
      size={withLabel ? "sm" : "xs"}
      {...(withLabel ? { label: t("label") } : { "aria-label": t("label") })}
      // The server does not know the browser's choice; "auto" until the browser has said.
      value={isHydrated ? colorScheme : "auto"}
      data={schemes.map((value) => ({ value, label: t(`names.${value}`) }))}
      onChange={({ currentTarget: { value } }) => {
        const scheme = schemes.find((name) => name === value);
        if (scheme) setColorScheme(scheme);
      }}
    />
  );
}
