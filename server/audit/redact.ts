import { withoutSecrets } from "@/lib/secret-text";
import { mask, masked } from "./mask";

/** Names of fields whose values are secrets wherever they stand in an input. */
const secretName =
  /(pass(word|wd|phrase)?|token|secret|credential|cookie|authorization|api_?key|client_?key|rkey|csrf|signature|sealed)/i;

const maximumText = 2_000;
const maximumDepth = 8;
const maximumItems = 100;

/**
 * A copy of `value` fit for the record: secrets replaced (also those inside an address that somebody typed), long texts
 * cut, depth and length bounded, only JSON inside.
 * `paths` adds dotted paths that a catalogue row declares secret (`data.config.token`, `items.*.email`).
 */
export function redact(value: unknown, paths: readonly string[] = []): unknown {
  return walk(mask(value, paths), 0);
}

function walk(value: unknown, depth: number): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") {
    // PostgreSQL's jsonb refuses U+0000, and a hostile nickname must not be able to make a write to the record fail.
    const text = withoutSecrets(
      value
        .slice(0, 2 * maximumText)
        .replaceAll("\u0000", "\uFFFD")
        .toWellFormed(),
    );
    return value.length > maximumText ? `${text.slice(0, maximumText).toWellFormed()}… (${value.length})` : text;
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (typeof value !== "object") return undefined;
  if (depth >= maximumDepth) return "[deep]";
  if (Array.isArray(value)) {
    const items = value.slice(0, maximumItems).map((item) => walk(item, depth + 1) ?? null);
    return value.length > maximumItems ? [...items, `[${value.length - maximumItems} more]`] : items;
  }
  const entries = Object.entries(value)
    .slice(0, maximumItems)
    .map(([key, inner]) => {
      const name = key.replaceAll("\u0000", "\uFFFD").toWellFormed();
      if (secretName.test(key)) return [name, masked];
      return [name, walk(inner, depth + 1)];
    });
  // Not by assignment: a key of the name `__proto__` would vanish from the copy instead of being shown.
  return Object.fromEntries(entries);
}
