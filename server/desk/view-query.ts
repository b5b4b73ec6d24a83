import { z } from "zod";
import { DeskError } from "@/lib/errors";
import { requestAges, requestHolders, requestKinds, requestSets, requestStates } from "@/lib/request";
import { risks } from "@/lib/risk";
import { type ViewPage, type ViewQuery, viewPages } from "@/lib/view";

const id = z.uuid();
const words = z.string().trim().min(1).max(200);
/** Not trimmed: a name is looked for as it is written. */
const named = z.string().min(1).max(200);
const foreign = z.string().trim().min(1).max(64);
/** Without a zone: it is the reader's. */
const localTime = z.string().regex(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?$/);

/** What each page's address may hold in a view. */
const queries = {
  requests: z
    .strictObject({
      state: z.enum([...requestStates, "all"]),
      kind: z.enum(requestKinds),
      bot: id,
      group: foreign,
      text: words,
      holder: z.union([z.enum(requestHolders), id]),
      age: z.enum(requestAges),
      set: z.enum(requestSets),
    })
    .partial(),
  groups: z.strictObject({ bot: id, text: words, role: z.enum(["owner", "admin", "member"]), sort: foreign }).partial(),
  friends: z
    .strictObject({ list: foreign, bot: id, category: named, label: named, text: words, sort: foreign })
    .partial(),
  chats: z.strictObject({ bot: id, text: words, unread: z.literal("on") }).partial(),
  audit: z
    .strictObject({
      actor: id,
      action: z.string().min(1).max(100),
      outcome: z.enum(["STARTED", "OK", "FAILED", "UNKNOWN", "DENIED"]),
      bot: id,
      group: foreign,
      person: foreign,
      risk: z.enum(risks),
      from: localTime,
      to: localTime,
      text: words,
    })
    .partial(),
} as const satisfies Record<ViewPage, z.ZodType>;

/** A query as it may be kept for a page. Throws DeskError `invalid_input` for a name or a value the page does not know. */
export function parseViewQuery(page: ViewPage, query: unknown): ViewQuery {
  const parsed = queries[page].safeParse(query);
  if (!parsed.success) throw new DeskError("invalid_input", { field: "query" }, { cause: parsed.error });
  return Object.fromEntries(Object.entries(parsed.data).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** A kept query, as far as this version knows it; null where the page or the query is of another. */
export function readViewQuery(page: string, query: unknown): { page: ViewPage; query: ViewQuery } | null {
  const known = viewPages.find((name) => name === page);
  if (known === undefined) return null;
  const parsed = queries[known].safeParse(query);
  return parsed.success ? { page: known, query: parseViewQuery(known, parsed.data) } : null;
}
