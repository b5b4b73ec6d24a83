/** A date from a count of seconds since 1970; null for none, 0 and what is no plausible time. */
export function fromSeconds(value: number | string | null | undefined): Date | null {
  const seconds = Number(value ?? 0);
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1000) : null;
}

/** A date from a count of milliseconds since 1970; null for none, 0 and what is no plausible time. */
export function fromMillis(value: number | string | null | undefined): Date | null {
  const millis = Number(value ?? 0);
  return millis > 1e11 && millis < 1e14 ? new Date(millis) : null;
}
