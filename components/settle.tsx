"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isLocale, localeCookie } from "@/lib/locale";
import { readCookie, rememberChosenZone, rememberLocale, rememberTimeZone } from "./cookie";

interface SettleProps {
  locale?: string | null | undefined;
  /** Undefined: nobody is signed in, or it is not known. */
  timeZone?: string | null | undefined;
}

/** On the first page in this browser: learn its time zone and, once signed in, the operator's language and zone, and draw again. */
export function Settle({ locale, timeZone }: SettleProps) {
  const router = useRouter();
  useEffect(() => {
    let isNews = rememberTimeZone();
    if (isLocale(locale) && readCookie(localeCookie) === null) {
      rememberLocale(locale);
      isNews = true;
    }
    // Whoever signed in here before may have chosen another.
    if (timeZone !== undefined && rememberChosenZone(timeZone)) isNews = true;
    if (isNews) router.refresh();
  }, [locale, timeZone, router]);
  return null;
}
