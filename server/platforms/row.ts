import type { z } from "zod";
import type { Permission } from "@/lib/permissions";
import type { Platform as AnyPlatform } from "@/lib/platform";
import type { Capability } from "./adapter";

export type Platform = AnyPlatform;

/** `sensitive`: the answer hands out secrets and is never stored. Always written in the row, never guessed from a name. */
export type Risk = "read" | "write" | "destructive" | "sensitive";

/** The same in both languages. */
export interface Words {
  zh: string;
  en: string;
}

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
  title: Words;
  /** Where the vendor's document describes it, as `document:line`. */
  source: string;
  /** The documented operations this row covers; empty when it is beyond the documents. */
  seeds: readonly string[];
  /** The capabilities whose calls go through it. */
  capabilities: readonly Capability[];
  permission: Permission;
  risk: Risk;
  /**
   * Of what destroys: dotted paths of the input. The first that has a value names what the act is done to, as people name
   * it (of a file or a notice, whose ids nobody types, its group): it is typed before anything is sent, and stands in the
   * record. Left out where the bot itself is what it is done to.
   */
  target?: readonly string[];
  input: I;
  output: O;
  /** Dotted paths to redact before anything is stored; `*` stands for every element of a list. */
  secrets: { input: readonly string[]; output: readonly string[] };
  /** What goes wrong for who trusts the document, a sentence or two each. */
  traps: readonly Words[];
}

/** A platform's operations under the vendor's own names. */
export type Catalogue = Readonly<Record<string, Row>>;

/** Is it an operation that the vendor's document does not have? */
export function isBeyond(row: Row): boolean {
  return row.seeds.length === 0;
}
