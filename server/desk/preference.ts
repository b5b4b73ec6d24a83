import { z } from "zod";
import { type requestKinds, verbs } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

/** The longest time a decision may be held back for undo, seconds. */
export const maximumUndoSeconds = 60;

/** The longest time messages are kept, days. */
export const maximumMessageDays = 365;

const reasonVerbs = z
  .array(z.enum(verbs))
  .max(verbs.length)
  .transform((names) => verbs.filter((verb) => names.includes(verb)));

/** What a desk has agreed on, one row of settings each. */
export const Preferences = z.object({
  /** How long a decision is held before it is sent, so that it can be taken back. */
  undoSeconds: z.number().int().min(0).max(maximumUndoSeconds),
  /** Does opening a request claim it? */
  claimOnOpen: z.boolean(),
  /** How long messages are kept, days. 0: an hour, and no more than two. */
  messageDays: z.number().int().min(0).max(maximumMessageDays),
  /** The decisions that need a reason, per kind of request. */
  reasonFor: z.object({
    friend: reasonVerbs,
    filtered_friend: reasonVerbs,
    group_join: reasonVerbs,
    group_invite: reasonVerbs,
  } satisfies Record<(typeof requestKinds)[number], unknown>),
});
export type Preferences = z.infer<typeof Preferences>;

/** A change of some of them. */
export const PreferencesPatch = Preferences.partial();
export type PreferencesPatch = z.infer<typeof PreferencesPatch>;

const names = [
  "undoSeconds",
  "claimOnOpen",
  "messageDays",
  "reasonFor",
] as const satisfies readonly (keyof Preferences)[];
const keyOf = (name: keyof Preferences) => `desk.${name}`;
/** The rows of settings they are kept in. */
export const preferenceKeys = names.map(keyOf);

/** A desk that has agreed on nothing. */
export const defaultPreferences: Preferences = {
  undoSeconds: 5,
  claimOnOpen: true,
  messageDays: 7,
  reasonFor: { friend: [], filtered_friend: [], group_join: [], group_invite: [] },
};

/** The desk's preferences now. */
export async function readPreferences(tx: Prisma.TransactionClient): Promise<Preferences> {
  const rows = await tx.setting.findMany({ where: { key: { in: preferenceKeys } } });
  return toPreferences(Object.fromEntries(rows.map((row) => [row.key, row.value])));
}

/** Preferences from their rows. One that is missing, or that another version wrote, counts as the default. */
export function toPreferences(stored: Record<string, Prisma.JsonValue>): Preferences {
  const read = <N extends keyof Preferences>(name: N): Preferences[N] => {
    const parsed = Preferences.shape[name].safeParse(stored[keyOf(name)]);
    // The schema of this name; the compiler does not follow a shape through a generic key.
    return parsed.success ? (parsed.data as Preferences[N]) : defaultPreferences[name];
  };
  return {
    undoSeconds: read("undoSeconds"),
    claimOnOpen: read("claimOnOpen"),
    messageDays: read("messageDays"),
    reasonFor: read("reasonFor"),
  };
}

/** Changes what the patch names, and tells every screen. Answers what it was and is, for the record. */
export async function setPreferences(
  database: Database,
  patch: PreferencesPatch,
): Promise<{ before: PreferencesPatch; after: Preferences }> {
  return await database.$transaction(async (tx) => {
    const before = await readPreferences(tx);
    const changed = names.filter((name) => patch[name] !== undefined);
    for (const name of changed) {
      const [key, value] = [keyOf(name), patch[name] ?? defaultPreferences[name]];
      await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
      await publishIn(tx, { topic: "setting", id: key, botId: null, version: 1 });
    }
    return {
      before: Object.fromEntries(changed.map((name) => [name, before[name]])),
      after: { ...before, ...Object.fromEntries(changed.map((name) => [name, patch[name]])) },
    };
  });
}
