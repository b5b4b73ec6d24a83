import type { Arrivals } from "../api";

const hourMs = 3_600_000;

/** An hour with its day, as it is shown. */
export const hourFormat = {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;

/** Each hour with its beginning, the oldest first. */
export function toHours({ from, hours }: Arrivals): { at: Date; count: number }[] {
  return hours.map((count, index) => ({ at: new Date(from.getTime() + index * hourMs), count }));
}
