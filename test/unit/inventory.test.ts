import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { permissions } from "@/lib/permissions";
import { catalogues } from "@/server/platforms/catalogues";
import { isBeyond, type Risk, type Row } from "@/server/platforms/row";

/** One operation as the vendors' documents have it. */
const Documented = z.strictObject({
  id: z.string(),
  platform: z.enum(["napcat", "chat68", "im", "yunhu"]),
  transport: z.enum(["http", "ws"]),
  method: z.string(),
  path: z.string(),
  params: z.array(z.string()),
  risk: z.enum(["read", "write", "destructive", "sensitive"]),
});
type Documented = z.infer<typeof Documented>;

const file = new URL("../fixtures/inventory.json", import.meta.url);
const inventory = z.array(Documented).parse(JSON.parse(readFileSync(file, "utf8")));
const rows = Object.values(catalogues).flatMap((catalogue) => Object.values(catalogue));

interface Schema {
  type?: string;
  description?: string;
  zh?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

function toSchema(row: Row): Schema {
  // zod types a JSON Schema by the standard, which has no room for the words we carry along.
  return z.toJSONSchema(row.input, { io: "input" }) as Schema;
}

/** Every field of a schema, at whatever depth, by its path. */
function fieldsOf(schema: Schema, at = ""): [string, Schema][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, Schema][] => [
    [`${at}${name}`, field],
    ...fieldsOf(field, `${at}${name}.`),
  ]);
  const { items, additionalProperties: others } = schema;
  const parts = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...(schema.prefixItems ?? []),
  ];
  if (items) parts.push(items);
  if (typeof others === "object") parts.push(others);
  return [...own, ...parts.flatMap((part) => fieldsOf(part, at))];
}

/** How grave a risk is; a row may call an operation graver than the inventory, never lighter. */
const gravity: Record<Risk, number> = { read: 0, write: 1, destructive: 2, sensitive: 2 };

/** What travels beside the input: the transport's, not the row's. */
const envelope = new Set(["Authorization", "token"]);

/** Where the catalogue falls short of the documents, one line a fault. */
function faultsOf(covering: readonly Row[], documented: readonly Documented[]): string[] {
  const faults = covering
    .flatMap((row) => row.seeds)
    .filter((id) => !documented.some((seed) => seed.id === id))
    .map((id) => `${id}: no such documented operation`);
  for (const seed of documented) {
    const covers = covering.filter((row) => row.seeds.includes(seed.id));
    if (covers.length === 0) faults.push(`${seed.id}: not covered`);
    for (const row of covers) {
      if (row.platform !== seed.platform) faults.push(`${seed.id}: covered by ${row.platform}`);
      if (gravity[row.risk] < gravity[seed.risk]) faults.push(`${seed.id}: ${row.risk}, documented as ${seed.risk}`);
      if (!row.transports.includes(seed.transport)) faults.push(`${seed.id}: not over ${seed.transport}`);
      if (seed.transport === "ws") continue;
      if (row.route.method !== seed.method || row.route.path !== seed.path)
        faults.push(`${seed.id}: goes to ${row.route.method} ${row.route.path}`);
      // The helper of 68chat wraps its input, once for HTTP and once more for a socket: names of the wrapping are no fields.
      if (seed.platform === "chat68") continue;
      const names = Object.keys(toSchema(row).properties ?? {});
      const plain = seed.params.filter((name) => !envelope.has(name) && !/[.[]/.test(name));
      for (const name of plain) if (!names.includes(name)) faults.push(`${seed.id}: parameter ${name} missing`);
    }
  }
  return faults;
}

describe("the vendors' documents", () => {
  test("229 operations of four platforms are known", () => {
    const count = (platform: string) => inventory.filter((seed) => seed.platform === platform).length;
    expect(["napcat", "im", "chat68", "yunhu"].map(count)).toEqual([131, 57, 35, 6]);
    expect(new Set(inventory.map(({ id }) => id)).size).toBe(229);
  });

  test("each of them is covered, by a row of its platform, no lighter in risk, to its address, with all its parameters", () => {
    expect(faultsOf(rows, inventory)).toEqual([]);
  });

  test("what is not covered, or wrongly, is found", () => {
    const seed: Documented = {
      id: "im.delete.friends",
      platform: "im",
      transport: "http",
      method: "DELETE",
      path: "/friends",
      params: ["Authorization", "toId"],
      risk: "destructive",
    };
    const row = catalogues.im["delete.friends"];
    if (row === undefined) throw new Error("the row is gone");
    expect(faultsOf([row], [seed])).toEqual([]);
    expect(faultsOf([], [seed])).toEqual(["im.delete.friends: not covered"]);
    expect(faultsOf([{ ...row, risk: "write" }], [seed])).toEqual([
      "im.delete.friends: write, documented as destructive",
    ]);
    expect(faultsOf([{ ...row, platform: "yunhu" }], [seed])).toEqual(["im.delete.friends: covered by yunhu"]);
    expect(faultsOf([{ ...row, input: z.strictObject({}) }], [seed])).toEqual([
      "im.delete.friends: parameter toId missing",
    ]);
    expect(faultsOf([{ ...row, route: { method: "DELETE", path: "/friends/groups" } }], [seed])).toEqual([
      "im.delete.friends: goes to DELETE /friends/groups",
    ]);
    expect(faultsOf([{ ...row, seeds: [...row.seeds, "im.none"] }], [seed])).toEqual([
      "im.none: no such documented operation",
    ]);
  });
});

test("no two rows have the same id", () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test.each(Object.entries(catalogues))("%s: rows stand under their operation's name", (platform, catalogue) => {
  for (const [name, row] of Object.entries(catalogue)) {
    expect(row).toMatchObject({ id: `${platform}.${name}`, platform, operation: name });
  }
});

const han = /\p{Script=Han}/u;
/** A half-width mark after a Chinese character: right in neither language. */
const halfWidth = /\p{Script=Han}[,:;?!()]/u;

describe.each(rows.map((row): [string, Row] => [row.id, row]))("%s", (_id, row) => {
  test("has both titles, a source, a permission that exists, and says when it is beyond the documents", () => {
    expect(row.title.zh).toMatch(han);
    expect(row.title.zh).not.toMatch(halfWidth);
    expect(row.title.en).toMatch(/^[ -~]+$/);
    expect(row.source).not.toBe("");
    expect(permissions).toHaveProperty([row.permission]);
    const isSaid = row.traps.some((trap) => trap.startsWith("Not in the vendor's document"));
    expect(isSaid).toBe(isBeyond(row));
  });

  test("has an input that a form can be made of, each field described in both languages", () => {
    const schema = toSchema(row);
    expect(schema).toMatchObject({ type: "object", additionalProperties: false });
    for (const [path, field] of fieldsOf(schema)) {
      expect(field.description, `${path}: English`).toMatch(/[a-z]/i);
      expect(field.zh, `${path}: Chinese`).toMatch(han);
      expect(field.zh, `${path}: punctuation`).not.toMatch(halfWidth);
    }
  });

  test("names as secret only what its input has", () => {
    const paths = fieldsOf(toSchema(row)).map(([path]) => path);
    for (const secret of row.secrets.input) expect(paths).toContain(secret.replaceAll("*.", ""));
  });
});
