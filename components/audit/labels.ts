"use client";

import { useTranslations } from "next-intl";

/** An action in words. Names the catalogues do not know (a platform's own operations) are shown as they are. */
export function useActionLabel(): (action: string) => string {
  const t = useTranslations("actions");
  return (action) => {
    // The name comes from the record, where later versions may write names this one has no words for.
    const key = action as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : action;
  };
}
