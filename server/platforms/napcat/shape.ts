import { z } from "zod";
import { PlatformError } from "../error";

/** A point of time in an event, which is only looked at where it is needed. */
export const Stamp = z.union([z.number(), z.string()]).nullish();

/** Reads a part of an event. Throws PlatformError `bad_answer`, naming the field, for a wrong shape. */
export function parse<T extends z.ZodType>(schema: T, raw: unknown): z.output<T> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.map(String).join(".") ?? "";
  throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
}

/** A date from a count of seconds; null for what is no plausible time. */
export function fromSeconds(seconds: unknown): Date | null {
  const value = typeof seconds === "string" ? Number(seconds) : seconds;
  if (typeof value !== "number" || !(value > 1e9 && value < 1e11)) return null;
  return new Date(value * 1000);
}
