import fc from "fast-check";
import { z } from "zod";
import type { Row } from "@/server/platforms/row";

type Schema = z.core.JSONSchema.BaseSchema;

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === "uri") return fc.constant("https://example.com/a");
  if (schema.format === "email") return fc.constant("ann@desk.example");
  if (typeof schema.pattern === "string") return fc.stringMatching(new RegExp(schema.pattern, "u"));
  return fc.stringMatching(/^[a-z0-9]+$/, { maxLength: schema.maxLength ?? 12 }).map((text) => text.slice(0, 12));
}

/** Values of a schema, its optional fields now there and now not. */
function valuesOf(schema: Schema, root: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const found: unknown = schema.$ref === "#" ? root : root.$defs?.[schema.$ref.split("/").at(-1) ?? ""];
    return isSchema(found) && depth < 6 ? valuesOf(found, root, depth + 1) : fc.constant(null);
  }
  const choices = [schema.anyOf, schema.oneOf].flatMap((each) => (Array.isArray(each) ? each.filter(isSchema) : []));
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => valuesOf(choice, root, depth + 1)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...schema.enum);
  if (schema.type === "object" || schema.properties !== undefined) {
    const fields = Object.entries(schema.properties ?? {}).map(([name, inner]): [string, fc.Arbitrary<unknown>] => [
      name,
      isSchema(inner) ? valuesOf(inner, root, depth + 1) : fc.constant(null),
    ]);
    return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
  }
  if (schema.type === "array") {
    const items = isSchema(schema.items) ? valuesOf(schema.items, root, depth + 1) : fc.constant("1");
    return fc.array(items, { minLength: schema.minItems ?? 1, maxLength: Math.max(schema.minItems ?? 1, 2) });
  }
  if (schema.type === "number" || schema.type === "integer") {
    const min = schema.minimum ?? (typeof schema.exclusiveMinimum === "number" ? schema.exclusiveMinimum + 1 : 0);
    return fc.integer({ min, max: Math.max(min, Math.min(schema.maximum ?? min + 100, min + 100)) });
  }
  if (schema.type === "boolean") return fc.boolean();
  return schema.type === "null" ? fc.constant(null) : textOf(schema);
}

/** An input that a row takes, made from its schema and always the same. Throws, naming the row, when none is found. */
export function inputFor(row: Row): unknown {
  const root = z.toJSONSchema(row.input, { io: "input", unrepresentable: "any" });
  const values = valuesOf(root, root);
  const isTaken = (value: unknown) => row.input.safeParse(value).success;
  const first = (numRuns: number) => fc.sample(values, { numRuns, seed: 1 }).find(isTaken);
  // Most rows take one of the first; only rules that a schema does not tell need more looking.
  const found = first(4) ?? first(100);
  if (found === undefined) throw new Error(`no input was found for ${row.id}: give it one by hand`);
  return found;
}
