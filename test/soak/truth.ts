import type { Case } from "./crowd";
import type { Evidence, StoredRequest } from "./evidence";

/** Why what the desk says of a request is not what the simulator did; null when it is true. */
export function findLie(found: Case, row: StoredRequest, evidence: Evidence): string | null {
  const fate = found.fate();
  const latest = row.decisions.findLast((each) => each.state !== "cancelled");
  const isDone = latest?.verb === "approve" ? fate === "approved" : latest?.verb === "deny" && fate === "denied";
  // Nobody can read the denial of what no list shows.
  const isUnreadable = !found.isListed || found.isListedShortly;
  const isHiddenDenial = isUnreadable && fate === "denied";
  const lie = `the desk says ${row.state} (${latest?.verb ?? "no decision"}), the simulator ${fate}`;
  const lieUnless = (isTrue: boolean) => (isTrue ? null : lie);
  switch (row.state) {
    case "confirmed":
      return lieUnless(isDone);
    case "failed":
      // The newest was refused, while an older one had worked unseen: each for itself is true.
      return lieUnless(!isDone || (isHiddenDenial && wasDeniedBy(found, evidence)));
    case "sent":
      return lieUnless(!isDone || isHiddenDenial);
    case "unknown":
      return lieUnless((!isDone && (isUnreadable || fate !== "pending")) || isHiddenDenial);
    case "elsewhere":
      return lieUnless(fate !== "pending");
    case "expired":
      return lieUnless(found.kind === "filtered_friend" && fate === "approved");
    case "waiting":
    case "ignored":
      // By a decision for somebody with the same flag, or by one whose answer was lost.
      return lieUnless(fate === "pending" || (isHiddenDenial && wasDeniedBy(found, evidence)));
    default:
      return `is still ${row.state}`;
  }
}

/** Was the simulator told by us to deny this flag? */
function wasDeniedBy({ flag }: Case, { answers }: Evidence): boolean {
  return answers.some((answer) => answer.flag === flag && !answer.isApproval);
}
