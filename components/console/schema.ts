/** What a form needs of a JSON Schema, as zod writes one. Anything else is filled in as JSON. */
export interface Schema {
  type?: string;
  description?: string;
  zh?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  options?: Schema[];
  choices?: (string | number | boolean)[];
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

export type Json = unknown;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Reads what the server sent; parts of an unknown kind are left out. */
export function toSchema(raw: unknown): Schema {
  if (!isObject(raw)) return {};
  const schema: Schema = {};
  for (const name of ["type", "description", "zh", "pattern"] as const) {
    const value = raw[name];
    if (typeof value === "string") schema[name] = value;
  }
  for (const name of ["minLength", "maxLength", "minimum", "maximum"] as const) {
    const value = raw[name];
    if (typeof value === "number") schema[name] = value;
  }
  if ("default" in raw) schema.default = raw.default;
  if (isObject(raw.properties))
    schema.properties = Object.fromEntries(Object.entries(raw.properties).map(([name, one]) => [name, toSchema(one)]));
  if (Array.isArray(raw.required)) schema.required = raw.required.map(String);
  if (isObject(raw.items)) schema.items = toSchema(raw.items);
  if (isPlain(raw.const)) schema.choices = [raw.const];
  if (Array.isArray(raw.enum)) schema.choices = raw.enum.filter(isPlain);
  const union = Array.isArray(raw.anyOf) ? raw.anyOf : raw.oneOf;
  if (Array.isArray(union)) {
    const options = union.map(toSchema);
    // A union of nothing but fixed values is a choice among them.
    if (options.every((one) => one.choices)) schema.choices = options.flatMap((one) => one.choices ?? []);
    else schema.options = options;
  }
  return schema;
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

/** The fixed values by which a shape is told from the others, to name it. */
export function nameOf(schema: Schema): string | null {
  const fixed = Object.values(schema.properties ?? {}).flatMap((one) =>
    one.choices?.length === 1 ? [String(one.choices[0])] : [],
  );
  return fixed[0] ?? (schema.choices ? schema.choices.join(" / ") : (schema.type ?? null));
}

/** A copy of an object with one property set, or without it when the value is undefined. */
export function withProperty(value: Json, name: string, inner: Json): Json {
  const rest = Object.entries(isObject(value) ? value : {}).filter(([key]) => key !== name);
  return Object.fromEntries(inner === undefined ? rest : [...rest, [name, inner]]);
}

export function propertyOf(value: Json, name: string): Json {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
