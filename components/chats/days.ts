"use client";

import { useLocale, useTimeZone } from "next-intl";
import { useMemo } from "react";
import { formatDay } from "@/lib/format";
import type { Locale } from "@/lib/locale";
import type { ChatMessage } from "../api";

/** Messages of one sender that follow each other so closely stand under one name, ms. */
const together = 5 * 60_000;

/** All zones are whole quarters of an hour from each other: within one the day is the same, ms. */
const quarter = 15 * 60_000;

/** Of 16 messages one begins a new run, whatever comes or goes around it: by the last digit of its random id. */
const begins = "0";

export interface PlacedMessage {
  message: ChatMessage;
  isFirst: boolean;
}

interface OfDay {
  /** The day in words. */
  day: string;
  /** Its messages in short runs: only that one is drawn again in which something changed. */
  runs: PlacedMessage[][];
}

function isContinued(before: ChatMessage | undefined, next: ChatMessage): boolean {
  return (
    before !== undefined &&
    before.sender.id === next.sender.id &&
    before.isOwn === next.isOwn &&
    before.sent?.operatorName === next.sent?.operatorName &&
    before.pieces[0]?.type !== "poke" &&
    next.at.getTime() - before.at.getTime() < together
  );
}

/** Messages, given the newest first, by the days of the operator's zone, the oldest first. */
export function useDays(newestFirst: readonly ChatMessage[]): OfDay[] {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  return useMemo(() => toDays(newestFirst, locale, timeZone), [newestFirst, locale, timeZone]);
}

/** The same, for a language and a time zone by its IANA name. */
export function toDays(newestFirst: readonly ChatMessage[], locale: Locale, timeZone: string): OfDay[] {
  const days: OfDay[] = [];
  // Putting a date in words takes long, and hundreds of messages are of a few days.
  const named = new Map<number, string>();
  const dayOf = (at: Date) => {
    const key = Math.floor(at.getTime() / quarter);
    const day = named.get(key) ?? formatDay(at, locale, timeZone);
    named.set(key, day);
    return day;
  };
  let before: ChatMessage | undefined;
  for (const message of newestFirst.toReversed()) {
    const day = dayOf(message.at);
    let last = days.at(-1);
    if (last?.day !== day) {
      last = { day, runs: [] };
      days.push(last);
      before = undefined;
    }
    const placed = { message, isFirst: !isContinued(before, message) };
    const run = last.runs.at(-1);
    if (run === undefined || message.id.endsWith(begins)) last.runs.push([placed]);
    else run.push(placed);
    before = message;
  }
  return days;
}
