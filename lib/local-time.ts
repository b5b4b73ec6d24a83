/**
 * Times as a `datetime-local` field and an address hold them, `2026-01-31T09:00`: without a zone, for it is the reader's,
 * which may be another than the browser's.
 */

const minute = 60_000;
const day = 24 * 60 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = "2-digit";
  // Sweden writes dates as ISO does.
  const made = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone: zone, hourCycle: "h23" },
    ...{ year: "numeric", month: two, day: two, hour: two, minute: two, second: two },
  });
  formats.set(zone, made);
  return made;
}

/** What calendar and clock show in a zone at a time, to the minute. `zone` is an IANA name. */
export function toLocalTime(at: Date, zone: string): string {
  return formatIn(zone).format(at).slice(0, 16).replace(" ", "T");
}

/** By how much the clocks of a zone are before those of UTC at a time, ms. */
function ahead(at: number, zone: string): number {
  const shown = Date.parse(`${formatIn(zone).format(at).replace(" ", "T")}Z`);
  return shown - Math.floor(at / 1_000) * 1_000;
}

/**
 * The time that a zone's calendar and clock mean; a date alone is its midnight. Of an hour that comes twice, when summer
 * ends, it is the first; of one that is left out, when summer begins, as much after it as it says. Null: it is no time.
 */
export function fromLocalTime(text: string, zone: string): Date | null {
  const whole = text.length === 10 ? `${text}T00:00` : text;
  const shown = Date.parse(`${whole}Z`);
  // A day that its month does not have would be one of the next.
  if (Number.isNaN(shown) || new Date(shown).toISOString().slice(0, 16) !== whole) return null;
  const before = new Date(shown - ahead(shown - day, zone));
  const after = new Date(shown - ahead(shown + day, zone));
  const meant = [before, after].filter((at) => toLocalTime(at, zone) === whole);
  return meant.length === 0 ? before : new Date(Math.min(...meant.map(Number)));
}

/** The day in a zone, `days` from that of `now`, at an hour by its clock. */
export function atHourIn(zone: string, now: Date, days: number, hour: number): Date {
  const date = new Date(`${toLocalTime(now, zone).slice(0, 10)}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  date.setUTCHours(hour);
  return fromLocalTime(date.toISOString().slice(0, 16), zone) ?? now;
}

/** The day of the week in a zone: 0 is Sunday. */
export function weekdayIn(zone: string, now: Date): number {
  return new Date(`${toLocalTime(now, zone).slice(0, 10)}T00:00Z`).getUTCDay();
}
