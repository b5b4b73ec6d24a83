"use client";

import { useLocale, useNow, useTimeZone } from "next-intl";
import { formatClock, formatExact, formatMinute, formatRelative } from "@/lib/format";

const tick = 30_000;

/**
 * How long ago, with the exact time on hover (tip-layer.tsx). The first drawing uses the server's clock and zone, handed down with the
 * page, so the browser's first drawing is the same; after that it follows the browser's clock.
 */
export function RelativeTime({ at }: { at: Date }) {
  const locale = useLocale();
  const now = useNow({ updateInterval: tick });
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <time dateTime={at.toISOString()} data-tip-time="">
      {formatRelative(at, now, locale, timeZone)}
    </time>
  );
}

/** The time of day (with the date when it is another day), the rest on hover: for the record and for "since". */
export function ClockTime({ at }: { at: Date }) {
  const locale = useLocale();
  const now = useNow({ updateInterval: tick });
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <time dateTime={at.toISOString()} data-tip-time="">
      {formatClock(at, now, locale, timeZone)}
    </time>
  );
}

/** A time to come, to the minute: until when somebody holds something, or it is set aside. */
export function MinuteTime({ at }: { at: Date }) {
  const locale = useLocale();
  const now = useNow({ updateInterval: tick });
  const timeZone = useTimeZone() ?? "UTC";
  return <time dateTime={at.toISOString()}>{formatMinute(at, now, locale, timeZone)}</time>;
}

/** The exact time, for the record. */
export function ExactTime({ at }: { at: Date }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return <time dateTime={at.toISOString()}>{formatExact(at, locale, timeZone)}</time>;
}
