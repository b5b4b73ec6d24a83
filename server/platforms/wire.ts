import { z } from "zod";

/** An id in an answer: number or text on the wire (beyond 2^53 always text, see parseJson), text inside. */
export const WireId = z
  .union([
    // First, because most are: a branch that fails costs more than one that fits.
    z.int().nonnegative(),
    // Bounded, and of characters any database stores: ids become keys and indexes, and one that cannot be written would
    // be tried again and again, with everything that arrives after it waiting.
    z
      .string()
      .min(1)
      .max(128)
      .refine((text) => !/\p{C}/u.test(text), "an id has no control characters"),
  ])
  .transform(String);

/** Text that may be missing or null; "" then. */
export const WireText = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A number that may come as text, be null or missing; null when it says nothing. */
export const WireCount = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === "" ? null : Number(value)))
  .pipe(z.number().nullable().catch(null));

/** A point of time as the platform writes it (number or text, milliseconds or a date), kept as text; "" when it is missing. */
export const WireTime = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value)));

/** A switch in an answer: a boolean, 0 or 1; missing is off, because protobuf leaves out what is false. */
export const WireFlag = z
  .union([z.boolean(), z.literal([0, 1])])
  .nullish()
  .transform((value) => value === true || value === 1);

/** A list in an answer; missing or null is empty, because protobuf and Go write an empty list so. */
export function wireList<T extends z.ZodType>(of: T) {
  return z
    .array(of)
    .nullish()
    .transform((list) => list ?? []);
}

/** A switch in a request: a real boolean here, 1 or 0 on the wire. */
export const WireSwitch = z.boolean().transform((isOn): 0 | 1 => (isOn ? 1 : 0));
