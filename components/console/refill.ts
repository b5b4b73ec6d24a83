import type { Json } from "./schema";

/** How the record writes what it does not keep: secrets, long texts, deep and long values. */
const unkept = /^\[redacted\]$|… \(\d+\)$|^\[deep\]$|^\[\d+ (more|bytes)\]$/;

/**
 * An input of the record, to be filled in again: what the record did not keep is left out, never sent in its place. `left`
 * names what is missing, by dotted path.
 */
export function refill(input: Json): { value: Json; left: string[] } {
  const left: string[] = [];
  const isKept = (value: Json, path: string) => {
    if (typeof value !== "string" || !unkept.test(value)) return true;
    left.push(path);
    return false;
  };
  const walk = (value: Json, path: string): Json => {
    const join = (name: string) => (path === "" ? name : `${path}.${name}`);
    if (Array.isArray(value)) {
      const kept = value.map((item, at) => [item, join(String(at))] as const).filter(([item, at]) => isKept(item, at));
      return kept.map(([item, at]) => walk(item, at));
    }
    if (typeof value !== "object" || value === null) return value;
    const kept = Object.entries(value).filter(([name, inner]) => isKept(inner, join(name)));
    return Object.fromEntries(kept.map(([name, inner]) => [name, walk(inner, join(name))]));
  };
  return { value: walk(input, ""), left };
}
