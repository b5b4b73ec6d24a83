/**
 * What goes over the wire. Ids are bigint here so that they leave as bare digits of any length, which is how NapCat
 * prints them (`"user_id":10001`), including ids a JavaScript number cannot hold.
 */
export type Wire = null | boolean | number | bigint | string | readonly Wire[] | { readonly [key: string]: Wire };
export type WireObject = { readonly [key: string]: Wire };

// A control character that no message of ours contains marks digits until the quotes are taken off again:
// JSON.rawJSON does not exist in Node 20.
const mark = "\u0001#";

/** The JSON text of `value`, bigints as bare digits. */
export function stringify(value: Wire): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${mark}${item}` : item));
  return text.replace(/"\\u0001#(-?\d+)"/g, "$1");
}

/** A plain object, or null for anything else (arrays, primitives, null). */
export function asObject(value: unknown): Record<string, unknown> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  // `object` that is neither null nor an array: its keys may be read as unknown.
  return value as Record<string, unknown>;
}
