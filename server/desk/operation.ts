import { type Actor, can } from "@/lib/actor";
import type { Permission } from "@/lib/permissions";
import type { Capability } from "@/server/platforms/adapter";
import { catalogues } from "@/server/platforms/catalogues";
import { toJsonSchema } from "@/server/platforms/json-schema";
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
  route: Row["route"];
  transports: Row["transports"];
  /** How its input travels over HTTP. */
  body: NonNullable<Row["body"]>;
  source: string;
  /** Not in the vendor's document. */
  isBeyond: boolean;
  traps: readonly Words[];
  /** Of what destroys: where the input says what it is done to. Empty: it is done to the bot. */
  target: readonly string[];
}

/** An operation on one bot. */
export interface BotOperation extends Operation {
  /** May be called: documented, or switched on for this bot. */
  isOn: boolean;
}

/** JSON Schemas of what an operation takes and of what arrives; `description` is English and `zh` Chinese. */
export interface OperationSchemas {
  input: unknown;
  output: unknown;
  /** Dotted paths of what is secret in the answer. */
  secrets: readonly string[];
}

/** The row of an operation by the vendor's name; null when the platform has no such one. */
export function findRow(platform: string, operation: string): Row | null {
  // The column holds a Platform; another word is in no catalogue.
  const catalogue = Object.hasOwn(catalogues, platform) ? catalogues[platform as Platform] : {};
  return Object.hasOwn(catalogue, operation) ? (catalogue[operation] ?? null) : null;
}

/** The whole catalogue of a platform, as documentation. */
export function listCatalogue(platform: Platform): Operation[] {
  return Object.values(catalogues[platform]).map(toOperation);
}

/** What this operator may call on a bot, in the order of the platform's catalogue. */
export function listOperations(
  bot: { id: string; platform: string; extras: readonly string[] },
  actor: Actor,
): BotOperation[] {
  // As above.
  const catalogue = catalogues[bot.platform as Platform] ?? {};
  return Object.values(catalogue)
    .filter((row) => can(actor, row.permission, bot.id))
    .map((row) => ({ ...toOperation(row), isOn: !isBeyond(row) || bot.extras.includes(row.operation) }));
}

function toOperation(row: Row): Operation {
  const { id, operation, title, capabilities, risk, permission, route, transports, source, traps } = row;
  return {
    ...{ id, operation, title, capabilities, risk, permission, route, transports, source, traps },
    body: row.body ?? "json",
    isBeyond: isBeyond(row),
    target: row.target ?? [],
  };
}

/** Rows never change, and making a schema takes longer than sending it. */
const schemas = new WeakMap<Row, OperationSchemas>();

/** What a row takes and answers. */
export function schemasOf(row: Row): OperationSchemas {
  const known = schemas.get(row);
  if (known) return known;
  const made = { input: toJsonSchema(row.input), output: toJsonSchema(row.output), secrets: row.secrets.output };
  schemas.set(row, made);
  return made;
}
