import type { z } from "zod";
import type { Permission } from "@/lib/permissions";
import type { Capability } from "./adapter";

export type Platform = "napcat" | "chat68" | "im" | "yunhu";

/** `sensitive`: the answer hands out secrets and is never stored. Always written in the row, never guessed from a name. */
export type Risk = "read" | "write" | "destructive" | "sensitive";

/** Everything about one raw operation of a platform, said once; client, console, record, documentation and tests read it here. */
export interface Row<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** `<platform>.<the vendor's own name>`. */
  id: string;
  platform: Platform;
  /** The vendor's own name of the operation, as it travels. */
  operation: string;
  route: { method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; path: string };
  transports: readonly ("http" | "ws")[];
  /** How the input travels over HTTP; JSON unless said. `form` is multipart/form-data, lists as a repeated plain name. */
  body?: "json" | "form" | "query" | "protobuf";
  /** Nobody needs to be signed in for it: no token is sent. */
  isAnonymous?: true;
  title: { zh: string; en: string };
  /** Where the vendor's document describes it, as `document:line`. */
  source: string;
  /** The documented operations this row covers; empty when it is beyond the documents. */
  seeds: readonly string[];
  /** The capabilities whose calls go through it. */
  capabilities: readonly Capability[];
  permission: Permission;
  risk: Risk;
  input: I;
  output: O;
  /** Dotted paths to redact before anything is stored; `*` stands for every element of a list. */
  secrets: { input: readonly string[]; output: readonly string[] };
  /** What goes wrong for who trusts the document, one sentence each. */
  traps: readonly string[];
}

/** A platform's operations under the vendor's own names. */
export type Catalogue = Readonly<Record<string, Row>>;

/** Is it an operation that the vendor's document does not have? */
export function isBeyond(row: Row): boolean {
  return row.seeds.length === 0;
}
