import fc from "fast-check";
import { z } from "zod";
import type { Row } from "@/server/platforms/row";

type Schema = z.core.JSONSchema.BaseSchema;
type Side = "input" | "output";

/** The JSON Schema of what goes into a row, or of what a platform answers to it. */
export function wireSchema(row: Row, side: Side): Schema {
  return z.toJSONSchema(row[side], { io: "input", unrepresentable: "any" });
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listed(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

/** The schema that `node` refers to, or itself. */
function resolved(node: Schema, root: Schema): Schema {
  if (node.$ref === undefined) return node;
  if (node.$ref === "#") return root;
  const found: unknown = root.$defs?.[node.$ref.split("/").at(-1) ?? ""];
  return isSchema(found) ? found : {};
}

/** The dotted path of every named field, `*` standing for the entries of a list. What holds itself is walked once. */
export function pathsOf(root: Schema): string[] {
  const walk = (node: Schema, path: string, seen: readonly Schema[]): string[] => {
    const schema = resolved(node, root);
    if (seen.includes(schema)) return [];
    const inside = [...seen, schema];
    const under = (name: string) => (path === "" ? name : `${path}.${name}`);
    return [
      ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap(listed).flatMap((each) => walk(each, path, inside)),
      ...(isSchema(schema.items) ? walk(schema.items, under("*"), inside) : []),
      ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
        under(name),
        ...(isSchema(inner) ? walk(inner, under(name), inside) : []),
      ]),
    ];
  };
  return [...new Set(walk(root, "", []))];
}

/**
 * Values of the shape of `root`, every field and at least one entry of every list present. Only the shape: bounds and
 * patterns of texts are not kept, and `text` is what every text is.
 */
export function shaped(root: Schema, text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const make = (node: Schema, depth: number): fc.Arbitrary<unknown> => {
    const schema = resolved(node, root);
    const choices = [schema.anyOf, schema.oneOf].flatMap(listed);
    if (choices.length > 0) {
      // What is not null says more.
      const full = choices.filter((choice) => choice.type !== "null");
      return fc.oneof(...(full.length > 0 ? full : choices).map((choice) => make(choice, depth)));
    }
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...schema.enum);
    if (depth > 8) return fc.constant(null);
    if (schema.type === "object" || schema.properties !== undefined) {
      const fields = Object.entries(schema.properties ?? {}).map(([name, inner]): [string, fc.Arbitrary<unknown>] => [
        name,
        isSchema(inner) ? make(inner, depth + 1) : fc.constant(null),
      ]);
      return fc.record(Object.fromEntries(fields));
    }
    if (schema.type === "array") {
      const items = isSchema(schema.items) ? make(schema.items, depth + 1) : text;
      return fc.array(items, { minLength: 1, maxLength: 3 });
    }
    if (schema.type === "number" || schema.type === "integer") return fc.nat();
    if (schema.type === "boolean") return fc.boolean();
    return schema.type === "null" ? fc.constant(null) : text;
  };
  return make(root, 0);
}

/** A copy of `value` with `secret` at a dotted path, wherever that path leads to; `*` stands for every entry of a list. */
export function planted(value: unknown, path: string, secret: string): unknown {
  const put = (inner: unknown, [name, ...rest]: readonly string[]): unknown => {
    if (name === undefined) return secret;
    if (name === "*") return (Array.isArray(inner) ? inner : [null]).map((each: unknown) => put(each, rest));
    const fields = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
    const entries = Object.entries(fields);
    const before: unknown = entries.find(([key]) => key === name)?.[1];
    return { ...Object.fromEntries(entries), [name]: put(before, rest) };
  };
  return put(value, path.split("."));
}
