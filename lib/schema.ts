/** What forms and documents need of a JSON Schema, as zod writes one of a catalogue row. */
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
  /** Text that carries a file: `source` as `base64://…` or an address instead, `base64` bare. */
  file?: "source" | "base64";
}

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
  if (raw.file === "source" || raw.file === "base64") schema.file = raw.file;
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

/** The fixed values by which a shape is told from the others, to name it. */
export function nameOf(schema: Schema): string | null {
  const fixed = Object.values(schema.properties ?? {}).flatMap((one) =>
    one.choices?.length === 1 ? [String(one.choices[0])] : [],
  );
  return fixed[0] ?? (schema.choices ? schema.choices.join(" / ") : (schema.type ?? null));
}

/** One field as a table shows it. */
export interface SchemaLine {
  /** Dotted; `[]` stands for every element of a list, `(name)` for one of several shapes. */
  path: string;
  schema: Schema;
  isRequired: boolean;
}

/** More shapes than this are told apart from the table. */
const maximumShapes = 4;

/** Every field below a schema, depth first. Of a union of many shapes only the field that holds it. */
export function linesOf(schema: Schema, path = ""): SchemaLine[] {
  if (schema.properties) {
    const required = new Set(schema.required);
    return Object.entries(schema.properties).flatMap(([name, inner]) => {
      const own = path === "" ? name : `${path}.${name}`;
      return [{ path: own, schema: inner, isRequired: required.has(name) }, ...linesOf(inner, own)];
    });
  }
  if (schema.type === "array") return linesOf(schema.items ?? {}, `${path}[]`);
  const shapes = shapesOf(schema);
  if (shapes.length > maximumShapes) return [];
  if (shapes.length === 1) return shapes.flatMap((one) => linesOf(one, path));
  return shapes.flatMap((one) => linesOf(one, `${path}(${nameOf(one) ?? ""})`));
}

/** Unions of too many shapes for a table, each once. */
export function unionsOf(schema: Schema): Schema[][] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.options ?? []),
  ].flatMap(unionsOf);
  const shapes = shapesOf(schema);
  const all = shapes.length > maximumShapes ? [shapes, ...inner] : inner;
  const known = new Map(all.map((one) => [one.map(nameOf).join(), one]));
  return [...known.values()];
}

function shapesOf(schema: Schema): Schema[] {
  return (schema.options ?? []).filter((one) => one.properties || one.type === "array");
}

/** The kind of a value in a few words that every language shares. */
export function kindOf(schema: Schema): string {
  if (schema.choices) return schema.choices.map((choice) => JSON.stringify(choice)).join(" / ");
  if (schema.options)
    return [...new Set(schema.options.map((one) => (one.properties ? nameOf(one) : kindOf(one))))].join(" / ");
  if (schema.type !== "array") return schema.type ?? "any";
  const items = kindOf(schema.items ?? {});
  return items.includes(" / ") ? `(${items})[]` : `${items}[]`;
}
