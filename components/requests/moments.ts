import { atHourIn, weekdayIn } from "@/lib/local-time";

/** A time to set a request aside until; what it is called stands in the catalogues. */
export interface Moment {
  name: "hour" | "evening" | "tomorrow" | "monday";
  at: Date;
}

const hour = 3_600_000;
const evening = 18;
const morning = 9;

/** The times offered, soonest first, in the reader's own time zone. This evening only while it is some way off. */
export function momentsFrom(now: Date, zone: string): Moment[] {
  const toMonday = (8 - weekdayIn(zone, now)) % 7 || 7;
  const all: Moment[] = [
    { name: "hour", at: new Date(now.getTime() + hour) },
    { name: "evening", at: atHourIn(zone, now, 0, evening) },
    { name: "tomorrow", at: atHourIn(zone, now, 1, morning) },
    { name: "monday", at: atHourIn(zone, now, toMonday, morning) },
  ];
  return all.filter(({ name, at }) => name !== "evening" || at.getTime() - now.getTime() > hour);
}
