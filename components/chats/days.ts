"use client";

import { useLocale, useTimeZone } from "next-intl";
import { useMemo } from "react";
import { formatDay } from "@/lib/format";
import type { ChatMessage } from "../api";

/** Messages of one sender that follow each other so closely stand under one name, ms. */
const together = 5 * 60_000;

/** All zones are whole quarters of an hour from each other: within one the day is the same, ms. */
const quarter = 15 * 60_000;

interface OfDay {
  /** The day in words. */
  day: string;
  messages: { message: ChatMessage; isFirst: boolean }[];
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
  return useMemo(() => {
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
        last = { day, messages: [] };
        days.push(last);
        before = undefined;
      }
      last.messages.push({ message, isFirst: !isContinued(before, message) });
      before = message;
    }
    return days;
  }, [newestFirst, locale, timeZone]);
}
