import type { z } from "zod";

/**
 * A schema with its description in both languages, for forms and documentation. zod's global registry holds them and
 * carries both into JSON Schema: `description` is the English one, `zh` the Chinese one. Answers a copy of `schema`.
 */
export function field<T extends z.ZodType>(schema: T, zh: string, en: string): T {
  return schema.meta({ description: en, zh });
}
