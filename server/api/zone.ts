import { z } from "zod";

/** Intl takes offsets as well, whose sign PostgreSQL reads the other way round: names only. */
const named = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** An IANA name of a time zone. */
export const zone = z
  .string()
  .max(64)
  .refine((value) => named.test(value) && isKnown(value));
