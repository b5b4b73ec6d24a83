import { z } from "zod";

/** The JSON Schema of what goes in, with the descriptions of both languages. What none can say is left open. */
export function toJsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}
