/** What stands in the place of a secret. */
export const masked = "[redacted]";

/** A copy of `value` in which what stands at one of the dotted paths is masked; `*` stands for every element of a list. */
export function mask(value: unknown, paths: readonly string[]): unknown {
  return paths.reduce((copy, path) => hide(copy, path.split(".")), value);
}

function hide(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value === null || value === undefined || value === "" ? value : masked;
  if (typeof value !== "object" || value === null) return value;
  if (name === "*") return Array.isArray(value) ? value.map((item) => hide(item, rest)) : value;
  if (Array.isArray(value) || !Object.hasOwn(value, name)) return value;
  // Not by assignment: a key of the name `__proto__` would vanish from the copy.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === name ? hide(inner, rest) : inner]),
  );
}
