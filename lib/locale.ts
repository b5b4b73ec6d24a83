/** The languages of the desk. Both catalogues are complete; a test compares them. */
export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** Set by the language switch and, after sign-in, from the operator's saved choice. Not a secret, readable by script. */
export const localeCookie = "gatehouse.locale";
/** The browser's time zone, told by the first page so that the server formats dates like the browser does. */
export const timeZoneCookie = "gatehouse.zone";

/** The zone the operator chose instead of the browser's; none: they follow it. */
export const chosenZoneCookie = "gatehouse.zone.chosen";

/** Narrows any text to a language of the desk. */
export function isLocale(value: string | null | undefined): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * Picks a language from an `Accept-Language` header: the first one, by weight, that we speak. Every Chinese falls to
 * zh-CN, because it is nearer than English.
 */
export function negotiateLocale(header: string | null | undefined): Locale {
  const wanted = (header ?? "")
    .split(",")
    .map((part, position) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { tag, position, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight || a.position - b.position);
  for (const { tag } of wanted) {
    if (tag === "zh" || tag.startsWith("zh-")) return "zh-CN";
    if (tag === "en" || tag.startsWith("en-")) return "en";
  }
  return defaultLocale;
}

/** Is it a zone that the runtime's Intl accepts? */
export function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** A name the runtime's Intl accepts, else UTC: the cookie comes from outside. */
export function readTimeZone(value: string | null | undefined): string {
  if (!value) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
