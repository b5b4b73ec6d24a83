"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isLocale, localeCookie } from "@/lib/locale";
import { readCookie, rememberLocale, rememberTimeZone } from "./cookie";

/** On the first page in this browser: learn its time zone and, once signed in, the operator's language, and draw again. */
export function Settle({ locale }: { locale?: string | null | undefined }) {
  const router = useRouter();
  useEffect(() => {
    let isNews = rememberTimeZone();
    if (isLocale(locale) && readCookie(localeCookie) === null) {
      rememberLocale(locale);
      isNews = true;
    }
    if (isNews) router.refresh();
  }, [locale, router]);
  return null;
}
