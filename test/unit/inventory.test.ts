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

/** What each destructive operation is done to; one that is not here is done to the bot itself. */
const done = new Map<string, readonly string[]>([
  ["napcat.delete_friend", ["user_id", "friend_id"]],
  ["napcat.set_doubt_friends_add_request", ["flag"]],
  ["napcat.delete_msg", ["message_id"]],
  ["napcat.set_group_leave", ["group_id"]],
  ["napcat.set_group_kick", ["user_id"]],
  ["napcat.set_group_kick_members", ["group_id"]],
  ["napcat._del_group_notice", ["group_id"]],
  ["napcat.delete_essence_msg", ["message_id"]],
  ["napcat.delete_group_file", ["group_id"]],
  ["napcat.delete_group_folder", ["group_id"]],
  ["napcat..handle_quick_operation", ["context.user_id"]],
  ["napcat.send_packet", ["cmd"]],
  ["chat68.UpdateBlackContacts#6", ["targetUid"]],
  ["chat68.deleteMsg", ["msgId"]],
  ["im.post.reset.password.email", ["email"]],
  ["im.post.reset.password.mobile", ["mobile"]],
  ["im.delete.friends", ["toId"]],
  ["im.delete.friends.blaklist", ["toId"]],
  ["im.delete.friends.groups", ["groupId"]],
  ["im.delete.friends.groups.members", ["groupId"]],
  ["im.post.chatGroups.dissolve", ["groupId"]],
  ["im.post.chatGroups.exit", ["groupId"]],
  ["im.post.chatGroups.transfer", ["groupId"]],
  ["im.post.chatGroups.kick", ["toId"]],
  ["im.post.chat.revocation", ["id"]],
  ["yunhu.delete-friend", ["chatId"]],
  ["yunhu.delete-friend#2", ["chatId"]],
  ["yunhu.delete-request", ["id"]],
]);

test("what destroys and names nothing is done to the bot: these and no others", () => {
  const bare = rows.filter((row) => row.risk === "destructive" && row.target === undefined).map(({ id }) => id);
  expect(bare).toEqual(["napcat.clean_cache", "napcat.bot_exit", "chat68.restart68", "im.put.me.update.password"]);
});

describe.each(rows.map((row): [string, Row] => [row.id, row]))("%s", (_id, row) => {
  test("has both titles, a source, a permission that exists, and says when it is beyond the documents", () => {
    expect(row.title.zh).toMatch(han);
    expect(row.title.zh).not.toMatch(halfWidth);
    expect(row.title.en).toMatch(/^[ -~]+$/);
    expect(row.source).not.toBe("");
    expect(permissions).toHaveProperty([row.permission]);
    const isSaid = row.traps.some(({ en }) => en.startsWith("Not in the vendor's document"));
    expect(isSaid).toBe(isBeyond(row));
  });

  test("tells its traps in both languages, none twice", () => {
    for (const { zh, en } of row.traps) {
      expect(zh).toMatch(/\p{Script=Han}.*。$/u);
      expect(zh).not.toMatch(halfWidth);
      expect(en).toMatch(/^[^\p{Script=Han}]+\.$/u);
    }
    expect(new Set(row.traps.map(({ zh }) => zh)).size).toBe(row.traps.length);
  });

  test("says what it is done to, if it destroys: fields of its input that together always have a value", () => {
    const whole = done.get(row.id);
    expect(row.target ?? null).toEqual(row.risk === "destructive" ? (whole ?? null) : null);
    const paths = fieldsOf(toSchema(row)).map(([path]) => path);
    for (const path of row.target ?? []) expect(paths).toContain(path);
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
