import { describe, expect, test } from "vitest";
import { z } from "zod";
import { beginning, partAt, shapeOf, withProperty } from "@/components/console/schema";
import { nameOf, type Schema, toSchema } from "@/lib/schema";
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

/** Does the segment of this kind offer a file? */
function segmentFiles(kind: string): boolean {
  const row = catalogues.napcat.send_group_msg;
  const message = row && schemaOf(row.input).properties?.message?.items;
  const shape = message?.options?.find((one) => nameOf(one) === kind);
  return shape?.properties?.data?.properties?.file?.file === "source";
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

  test("finds the part of it that a fault is about, also inside one of several shapes", () => {
    const row = catalogues.napcat.send_group_msg;
    if (!row) throw new Error("the row is gone");
    const value = { group_id: "1", message: [{ type: "face", data: { id: "x" } }] };
    const part = partAt(schemaOf(row.input), value, "message.0.data.id");
    expect(part).toMatchObject({ value: "x", schema: { type: "string", zh: "表情 ID" } });
    expect(partAt(schemaOf(row.input), value, "no.such.place")).toEqual({ value: undefined, schema: {} });
  });

  test("offers a file wherever a row takes one, as the row takes it", () => {
    const files = rows.flatMap((row) =>
      leaves(schemaOf(row.input), row.id)
        .filter(([, one]) => one.file)
        .map(([path, one]) => `${path} ${one.file}`),
    );
    const plain = files.filter((path) => !path.includes(".data."));
    expect(plain).toEqual([
      "napcat.set_qq_avatar.file source",
      "napcat.set_group_portrait.file source",
      "napcat._send_group_notice.image source",
      "napcat.upload_group_file.file source",
      "napcat.upload_private_file.file source",
      "napcat.download_file.base64 base64",
      "napcat.ocr_image.image source",
      "napcat..ocr_image.image source",
    ]);
    for (const kind of ["image", "record", "video", "file"]) expect(segmentFiles(kind), kind).toBe(true);
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
