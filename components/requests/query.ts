import type { RequestsQuery } from "@/lib/href";
import type { RequestFilterInput } from "@/lib/request-query";

/** The address without any filter. */
export const noFilter = {
  kind: null,
  bot: null,
  group: null,
  text: null,
  state: null,
  holder: null,
  age: null,
  set: null,
} as const satisfies RequestsQuery;

/** Is anything narrowed at all? */
export function isNarrowed({ state, set, ...rest }: RequestFilterInput): boolean {
  return state !== "open" || set !== "now" || Object.keys(rest).length > 0;
}

/** Rows asked for at once. */
export const pageSize = 50;
