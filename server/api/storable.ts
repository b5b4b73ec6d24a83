/**
 * Can everything in this input be written to the database? U+0000 and lone surrogates cannot, and would come back as a
 * failure of the desk. Walks without recursion: the nesting is the caller's.
 */
export function isStorable(input: unknown): boolean {
  const left: unknown[] = [input];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") {
      if (value.includes("\u0000") || !value.isWellFormed()) return false;
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) left.push(key, inner);
    }
  }
  return true;
}
