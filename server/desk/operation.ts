import { z } from "zod";
import { type Actor, can } from "@/lib/actor";
import type { Permission } from "@/lib/permissions";
import type { Capability } from "@/server/platforms/adapter";
import { catalogues } from "@/server/platforms/catalogues";
import { isBeyond, type Platform, type Risk, type Row, type Words } from "@/server/platforms/row";

/** A row of a platform's catalogue as a screen shows it. */
export interface Operation {
  id: string;
  operation: string;
  title: Words;
  /** The capabilities whose calls go through it. */
  capabilities: readonly Capability[];
  risk: Risk;
  permission: Permission;
  route: { method: string; path: string };
  source: string;
  /** Not in the vendor's document. */
  isBeyond: boolean;
  /** May be called: documented, or switched on for this bot. */
  isOn: boolean;
  traps: readonly Words[];
  /** Of what destroys: where the input says what it is done to. Empty: it is done to the bot. */
  target: readonly string[];
  /** JSON Schema of the input; `description` is English and `zh` Chinese. */
  input: JsonSchema;
}

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The row of an operation by the vendor's name; null when the platform has no such one. */
export function findRow(platform: string, operation: string): Row | null {
  // The column holds a Platform; another word is in no catalogue.
  const catalogue = Object.hasOwn(catalogues, platform) ? catalogues[platform as Platform] : {};
  return Object.hasOwn(catalogue, operation) ? (catalogue[operation] ?? null) : null;
}

/** What this operator may call on a bot, in the order of the platform's catalogue. */
export function listOperations(
  bot: { id: string; platform: string; extras: readonly string[] },
  actor: Actor,
): Operation[] {
  // As above.
  const catalogue = catalogues[bot.platform as Platform] ?? {};
  return Object.values(catalogue)
    .filter((row) => can(actor, row.permission, bot.id))
    .map((row) => ({
      id: row.id,
      operation: row.operation,
      title: row.title,
      capabilities: row.capabilities,
      risk: row.risk,
      permission: row.permission,
      route: row.route,
      source: row.source,
      isBeyond: isBeyond(row),
      isOn: !isBeyond(row) || bot.extras.includes(row.operation),
      traps: row.traps,
      target: row.target ?? [],
      input: schemaOf(row),
    }));
}

/** Rows never change, and making a schema takes longer than sending it. */
const schemas = new WeakMap<Row, JsonSchema>();

function schemaOf(row: Row): JsonSchema {
  const known = schemas.get(row);
  if (known) return known;
  const schema = z.toJSONSchema(row.input, { io: "input", unrepresentable: "any" });
  schemas.set(row, schema);
  return schema;
}
