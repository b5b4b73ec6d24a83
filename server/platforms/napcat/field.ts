import { z } from "zod";
import type { Permission } from "@/lib/permissions";
import type { Risk, Row } from "../row";

/** An id in a request: digits as text, because some tables say number, some string, and text is accepted everywhere. */
export const IdInput = z.string().regex(/^\d{1,20}$/, "an id is digits");

/** An id in an answer: number or text on the wire (beyond 2^53 always text, see parseJson), text inside. */
export const Id = z
  .union([
    // Bounded, and of characters any database stores: ids become keys and indexes, and one that cannot be written would
    // be tried again and again, with everything that arrives after it waiting.
    z
      .string()
      .min(1)
      .max(128)
      .refine((text) => !/\p{C}/u.test(text), "an id has no control characters"),
    z.int().nonnegative(),
  ])
  .transform(String)
  .describe("id; number or text on the wire");

/** Text that may be missing or null. */
export const Text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A number that some versions send as text; null when it is neither. */
export const Count = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === "" ? null : Number(value)))
  .pipe(z.number().nullable().catch(null));

/** Some tables mark `no_cache` required although the code has a default; it is always sent. */
export const NoCache = z.boolean().default(false).describe("read from the server instead of NapCat's cache");

interface Said<I extends z.ZodType, O extends z.ZodType> {
  zh: string;
  en: string;
  /** Line of NapCat's API document. */
  line: number;
  permission: Permission;
  risk: Risk;
  input: I;
  output: O;
  secretOutput?: readonly string[];
  traps?: readonly string[];
}

/** One row of NapCat's catalogue; what all of them share (route, transports, origin) is said here. */
export function row<I extends z.ZodType, O extends z.ZodType>(operation: string, said: Said<I, O>): Row<I, O> {
  return {
    id: `napcat.${operation}`,
    platform: "napcat",
    operation,
    route: { method: "POST", path: `/${operation}` },
    transports: ["http", "ws"],
    title: { zh: said.zh, en: said.en },
    source: `napcat:${said.line}`,
    seeds: [`napcat.${operation}`],
    permission: said.permission,
    risk: said.risk,
    input: said.input,
    output: said.output,
    secrets: { input: [], output: said.secretOutput ?? [] },
    traps: said.traps ?? [],
  };
}
