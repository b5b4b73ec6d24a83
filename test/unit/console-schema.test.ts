import { describe, expect, test } from "vitest";
import { z } from "zod";
import { beginning, nameOf, type Schema, shapeOf, toSchema, withProperty } from "@/components/console/schema";
import { toFaults } from "@/server/api/fault";
import { catalogues } from "@/server/platforms/catalogues";

const rows = Object.values(catalogues).flatMap((catalogue) => Object.values(catalogue));
const schemaOf = (input: z.ZodType) => toSchema(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }));

/** Every place of a schema that a form draws. */
function leaves(schema: Schema, path: string): [string, Schema][] {
  if (schema.options) return schema.options.flatMap((one) => leaves(one, path));
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, one]) => leaves(one, `${path}.${name}`));
  if (schema.type === "array") return leaves(schema.items ?? {}, `${path}.0`);
  return [[path, schema]];
}

describe("the form of an operation", () => {
  test.each(rows.map((row) => [row.id, row] as const))("%s has a field for everything it takes", (_id, row) => {
    const drawn = ["string", "number", "integer", "boolean"];
    const strange = leaves(schemaOf(row.input), "")
      .filter(([, one]) => !one.choices && !drawn.includes(one.type ?? ""))
      .map(([path]) => path);
    // The one value that is always null: it is filled in by its default.
    expect(strange.filter((path) => path !== ".quoteInfo")).toEqual([]);
  });

  test("sets no switch for anybody: an approval is never the default", () => {
    const row = catalogues.napcat.set_friend_add_request;
    if (!row) throw new Error("the row is gone");
    expect(beginning(schemaOf(row.input))).not.toHaveProperty("approve");
  });

  test("knows a shape by its fixed value, and another once the value has moved on", () => {
    const Either = z.discriminatedUnion("type", [
      z.object({ type: z.literal("text"), text: z.string() }),
      z.object({ type: z.literal("face"), id: z.string() }),
    ]);
    const { options = [] } = schemaOf(Either);
    expect(options.map(nameOf)).toEqual(["text", "face"]);
    expect(options.map(beginning)).toEqual([{ type: "text" }, { type: "face" }]);
    expect(shapeOf(options, { type: "face" })).toBe(1);
    expect(shapeOf(options, undefined)).toBe(0);
  });

  test("leaves out what is emptied", () => {
    expect(withProperty({ a: 1, b: 2 }, "a", undefined)).toEqual({ b: 2 });
    expect(withProperty(undefined, "a", 1)).toEqual({ a: 1 });
  });
});

describe("faults of an input", () => {
  const faultsOf = (schema: z.ZodType, value: unknown) => {
    const result = schema.safeParse(value);
    return result.success ? {} : toFaults(result.error);
  };

  test("stand at their fields, one each, names that nobody knows included", () => {
    const schema = z.strictObject({ a: z.string().min(3).regex(/x/), list: z.array(z.int()) });
    expect(Object.keys(faultsOf(schema, { a: "", list: [1, "2"], b: 1 })).sort()).toEqual(["a", "b", "list.1"]);
  });

  test("of several shapes are those of the one that was meant", () => {
    const schema = z.object({ of: z.union([z.string(), z.object({ deep: z.object({ id: z.string() }) })]) });
    expect(Object.keys(faultsOf(schema, { of: { deep: { id: 1 } } }))).toEqual(["of.deep.id"]);
    expect(Object.keys(faultsOf(schema, { of: 1 }))).toEqual(["of"]);
  });
});
