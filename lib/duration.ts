import type { Locale } from "./locale";

const units = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

/** A length of time in the two largest units that say something: "2 hr 5 min". */
export function formatDuration(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(seconds));
  const show = (unit: (typeof units)[number]["unit"], value: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  const at = units.findIndex((one) => whole >= one.seconds);
  const [first, second] = units.slice(at === -1 ? units.length - 1 : at);
  if (!first) return show("second", 0);
  const rest = second ? Math.floor((whole % first.seconds) / second.seconds) : 0;
  const parts = [show(first.unit, Math.floor(whole / first.seconds))];
  if (second && rest > 0) parts.push(show(second.unit, rest));
  return parts.join(" ");
}
