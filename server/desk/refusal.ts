import { DeskError } from "@/lib/errors";
import type { RequestKind, Verb } from "@/lib/request";
import type { Answers } from "@/server/platforms/arrival";
import type { Preferences } from "./preference";

/**
 * Why a request that may be decided cannot be decided this way, by itself alone: `result_unknown` (an earlier decision
 * may have worked, and nobody said `again`), `not_offered` (the platform cannot), `reason_required`. Null: it can.
 */
export function refusalOf(
  request: { kind: string; state: string; answers: Answers },
  input: { verb: Verb; reason: string; again: boolean },
  preferences: Pick<Preferences, "reasonFor">,
): DeskError | null {
  const { verb } = input;
  if (request.state === "unknown" && !input.again) return new DeskError("result_unknown");
  const { answers } = request;
  if ((verb === "approve" && !answers.approve) || (verb === "deny" && !answers.deny)) {
    return new DeskError("not_offered", { verb, why: answers.whyNoDeny ?? null });
  }
  // The column is written by desk/arrival.ts only, with these closed names.
  const kind = request.kind as RequestKind;
  if (input.reason.trim() === "" && preferences.reasonFor[kind].includes(verb)) {
    return new DeskError("reason_required", { kind, verb });
  }
  return null;
}
