import type { Query } from "@tanstack/react-query";

/** Is this query the detail of one of these requests? tRPC keys it `[path, { input }]`. */
export function isDetailOf({ queryKey }: Query, ids: ReadonlySet<string>): boolean {
  const [path, options] = queryKey;
  if (!Array.isArray(path) || path[0] !== "requests" || path[1] !== "get") return false;
  if (typeof options !== "object" || options === null || !("input" in options)) return false;
  const { input } = options;
  return typeof input === "object" && input !== null && "id" in input && ids.has(String(input.id));
}
