"use client";

import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { type ComponentProps, type ReactNode, useMemo } from "react";

interface WordsProps extends Pick<ComponentProps<typeof NextIntlClientProvider>, "locale" | "timeZone" | "now"> {
  /** A catalogue as JSON. */
  catalogue: string;
  children: ReactNode;
}

/**
 * The texts of a language for everything below. The catalogue comes as one string: as an object React would look at each
 * of its thousands of values while the page wakes up.
 */
export function Words({ catalogue, children, ...setting }: WordsProps) {
  const messages = useMemo<AbstractIntlMessages>(() => JSON.parse(catalogue), [catalogue]);
  return (
    <NextIntlClientProvider {...setting} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
