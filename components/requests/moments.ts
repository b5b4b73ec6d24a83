/** A time to set a request aside until; what it is called stands in the catalogues. */
export interface Moment {
  name: "hour" | "evening" | "tomorrow" | "monday";
  at: Date;
}

const hour = 3_600_000;
const evening = 18;
const morning = 9;

/** The times offered, soonest first, in the reader's own time zone. This evening only while it is some way off. */
export function momentsFrom(now: Date): Moment[] {
  const monday = atHour(now, (8 - now.getDay()) % 7 || 7, morning);
  const all: Moment[] = [
    { name: "hour", at: new Date(now.getTime() + hour) },
    { name: "evening", at: atHour(now, 0, evening) },
    { name: "tomorrow", at: atHour(now, 1, morning) },
    { name: "monday", at: monday },
  ];
  return all.filter(({ name, at }) => name !== "evening" || at.getTime() - now.getTime() > hour);
}

function atHour(now: Date, days: number, hours: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hours);
}

/** The value of a `datetime-local` field for a time, and back; null when it is none. */
export function toField(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function fromField(value: string): Date | null {
  const at = new Date(value);
  return value === "" || Number.isNaN(at.getTime()) ? null : at;
}
