"use client";

import { chosenZoneCookie, type Locale, localeCookie, timeZoneCookie } from "@/lib/locale";

const year = 60 * 60 * 24 * 365;

function write(name: string, value: string) {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API does not exist on plain http, where many desks run.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
}

/** The value of a cookie that script may read, or null. */
export function readCookie(name: string): string | null {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : null;
}

/** Makes every later page come in this language, signed in or not. */
export function rememberLocale(locale: Locale) {
  write(localeCookie, locale);
}

/** Tells the server how this browser counts days. Returns whether that was news. */
export function rememberTimeZone(): boolean {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (readCookie(timeZoneCookie) === zone) return false;
  write(timeZoneCookie, zone);
  return true;
}

/** The zone the operator chose, for the server to draw in; null: the browser's. Returns whether that was news. */
export function rememberChosenZone(zone: string | null): boolean {
  if ((readCookie(chosenZoneCookie) ?? "") === (zone ?? "")) return false;
  write(chosenZoneCookie, zone ?? "");
  return true;
}
