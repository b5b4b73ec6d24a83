import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/** What the API tells of a whole list over all bots, each id behind the place of its bot: as ids that stand alone. */
export function toRowIds({ bots, ids, total }: { bots: string[]; ids: string[]; total: number }) {
  const whole = ids.map((id) => {
    const at = id.indexOf("/");
    return `${bots[Number(id.slice(0, at))]}${id.slice(at)}`;
  });
  return { ids: whole, total };
}

/**
 * Reads rows again when the lists that they are of have changed. Of all that is told of lists most is of others: members
 * of groups, by the thousand.
 * @param versions of each list, as it is by now.
 */
export function useRereadOf(versions: readonly (string | number)[], stale: readonly QueryFilters[]): void {
  const queryClient = useQueryClient();
  const now = versions.join(" ");
  const before = useRef(now);
  const current = useRef(stale);
  useEffect(() => {
    current.current = stale;
  });
  useEffect(() => {
    if (before.current === now) return;
    before.current = now;
    for (const filter of current.current) void queryClient.invalidateQueries(filter);
  }, [now, queryClient]);
}
