import type { z } from "zod";
import type { Schema } from "@/lib/schema";

/**
 * A schema with its description in both languages, for forms and documentation. zod's global registry holds them and
 * carries both into JSON Schema: `description` is the English one, `zh` the Chinese one. Answers a copy of `schema`.
 */
export function field<T extends z.ZodType>(schema: T, zh: string, en: string): T {
  return schema.meta({ description: en, zh });
}

/** Marks text that carries a file, so that a form offers to choose one. Answers a copy of `schema`. */
export function carriesFile<T extends z.ZodType>(schema: T, as: NonNullable<Schema["file"]>): T {
  return schema.meta({ file: as });
}
