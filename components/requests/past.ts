import { openStates } from "@/lib/request";
import type { RequestFilterInput } from "@/lib/request-query";
import type { RequestRow } from "../api";

/** Does a row that is still shown no longer fit what the list shows? Of what can change while one looks, that is. */
export function isPast(row: RequestRow, { state, set }: RequestFilterInput): boolean {
  const isOpen = openStates.some((name) => name === row.state);
  if (state === "open" ? !isOpen : state !== "all" && state !== row.state) return true;
  if (!isOpen || set === "all") return false;
  return (row.snoozedUntil !== null) !== (set === "later");
}

/** Is it for oneself to decide next? Not what others work on or were handed, what sleeps, and what one passed over. */
export function isNext(row: RequestRow): boolean {
  return (
    row.state === "waiting" &&
    row.canDecide &&
    !row.isSkipped &&
    row.snoozedUntil === null &&
    (row.holder === null || row.holder.isMine) &&
    (row.assignee === null || row.assignee.isMine)
  );
}
