import type { Locale } from "./locale";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Intl objects are dear to make and every row of a list needs one. */
const relative = new Map<string, Intl.RelativeTimeFormat>();
const exact = new Map<string, Intl.DateTimeFormat>();

function relativeFor(locale: Locale): Intl.RelativeTimeFormat {
  const known = relative.get(locale);
  if (known) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  relative.set(locale, made);
  return made;
}

function dateFor(
  locale: Locale,
  timeZone: string,
  shape: "day" | "dayYear" | "weekday" | "minute" | "clock" | "exact",
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${shape}`;
  const known = exact.get(key);
  if (known) return known;
  const options: Intl.DateTimeFormatOptions =
    shape === "exact"
      ? { dateStyle: "medium", timeStyle: "long" }
      : shape === "clock"
        ? { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }
        : shape === "minute"
          ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
          : shape === "weekday"
            ? { weekday: "long", year: "numeric", month: "long", day: "numeric" }
            : { month: "short", day: "numeric", ...(shape === "dayYear" ? { year: "numeric" } : {}) };
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...options });
  exact.set(key, made);
  return made;
}

/** "now", "3 min. ago", "yesterday", then a date. `now` comes from outside so that server and browser agree. */
export function formatRelative(at: Date, now: Date, locale: Locale, timeZone: string): string {
  const distance = at.getTime() - now.getTime();
  const size = Math.abs(distance);
  const format = relativeFor(locale);
  if (size < minute) return format.format(0, "second");
  if (size < hour) return format.format(Math.trunc(distance / minute), "minute");
  if (size < day) return format.format(Math.trunc(distance / hour), "hour");
  if (size < 7 * day) return format.format(Math.trunc(distance / day), "day");
  return dateFor(locale, timeZone, size < 300 * day ? "day" : "dayYear").format(at);
}

/** The time of day, after the date when that is not today. */
export function formatClock(at: Date, now: Date, locale: Locale, timeZone: string): string {
  const day = dateFor(locale, timeZone, "dayYear");
  const clock = dateFor(locale, timeZone, "clock").format(at);
  return day.format(at) === day.format(now) ? clock : `${dateFor(locale, timeZone, "day").format(at)} ${clock}`;
}

/** A time to come, to the minute, after the date when that is not today. */
export function formatMinute(at: Date, now: Date, locale: Locale, timeZone: string): string {
  const day = dateFor(locale, timeZone, "dayYear");
  const minutes = dateFor(locale, timeZone, "minute").format(at);
  return day.format(at) === day.format(now) ? minutes : `${dateFor(locale, timeZone, "day").format(at)} ${minutes}`;
}

/** The time of day to the minute, where the day stands above already. */
export function formatTime(at: Date, locale: Locale, timeZone: string): string {
  return dateFor(locale, timeZone, "minute").format(at);
}

/** The day with its name and year. The same for all times of one day. */
export function formatDay(at: Date, locale: Locale, timeZone: string): string {
  return dateFor(locale, timeZone, "weekday").format(at);
}

/** The full date and time with its zone, for a hover and for the record. */
export function formatExact(at: Date, locale: Locale, timeZone: string): string {
  return dateFor(locale, timeZone, "exact").format(at);
}

/** 0 to 360: a hue that belongs to an id and never changes. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return (Math.imul(hash, 2654435761) >>> 0) % 360;
}

/** One or two characters to stand for a name: the first two words' initials, or the last two signs of a Chinese name. */
export function initialsOf(name: string): string {
  const clean = name.trim();
  if (clean === "") return "?";
  const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const characters = [...clean];
  if (cjk.test(clean))
    return characters
      .filter((c) => cjk.test(c))
      .slice(-1)
      .join("");
  const words = clean.split(/[\s._\-@]+/).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0] ?? "") : characters.slice(0, 2);
  return letters.join("").toUpperCase();
}
