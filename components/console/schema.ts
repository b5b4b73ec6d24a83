import type { Schema } from "@/lib/schema";

export type Json = unknown;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a form begins with: what must be there and has only one way to be. A switch is never set for anybody. */
export function beginning(schema: Schema): Json {
  if (schema.default !== undefined) return schema.default;
  if (schema.choices?.length === 1) return schema.choices[0];
  if (schema.options?.[0]) return beginning(schema.options[0]);
  if (schema.type === "array") return [];
  if (!schema.properties) return undefined;
  const required = new Set(schema.required);
  const entries = Object.entries(schema.properties)
    .filter(([name, one]) => required.has(name) || one.default !== undefined)
    .map(([name, one]) => [name, beginning(one)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Has the value this shape, as far as its kind and its fixed values tell? */
export function fits(schema: Schema, value: Json): boolean {
  if (schema.type === "array") return Array.isArray(value);
  if (schema.properties) {
    if (!isObject(value)) return false;
    return Object.entries(schema.properties).every(([name, inner]) => {
      const only = inner.choices;
      return !only || value[name] === undefined || only.some((choice) => choice === value[name]);
    });
  }
  if (schema.choices) return schema.choices.some((choice) => choice === value);
  return typeof value === (schema.type === "integer" ? "number" : schema.type);
}

/** Which of several shapes a value has; the first when it has none of them. */
export function shapeOf(options: readonly Schema[], value: Json): number {
  return Math.max(
    0,
    options.findIndex((one) => fits(one, value)),
  );
}

/** A copy of an object with one property set, or without it when the value is undefined. */
export function withProperty(value: Json, name: string, inner: Json): Json {
  const rest = Object.entries(isObject(value) ? value : {}).filter(([key]) => key !== name);
  return Object.fromEntries(inner === undefined ? rest : [...rest, [name, inner]]);
}

export function propertyOf(value: Json, name: string): Json {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The schema and the value at a dotted path, as far as they can be followed; of several shapes the one the value has. */
export function partAt(schema: Schema, value: Json, path: string): { schema: Schema; value: Json } {
  let part = { schema, value };
  for (const name of path === "" ? [] : path.split(".")) {
    const { options } = part.schema;
    const own = options ? (options[shapeOf(options, part.value)] ?? {}) : part.schema;
    const isList = own.type === "array" && Array.isArray(part.value);
    part = {
      schema: (isList ? own.items : own.properties?.[name]) ?? {},
      value: Array.isArray(part.value) ? part.value[Number(name)] : propertyOf(part.value, name),
    };
  }
  return part;
}
