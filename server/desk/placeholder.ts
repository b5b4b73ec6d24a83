import type { Actor } from "@/lib/actor";
import { accountOf, calledOf } from "@/lib/applicant";
import { DeskError } from "@/lib/errors";
import { fillPlaceholders, leftIn, type PlaceholderValues, placeholdersIn } from "@/lib/placeholder";

/** What of a request a text can name. */
export interface Fillable {
  applicantId: string;
  applicantName: string;
  groupId: string | null;
  groupName: string | null;
}

/** The values a request gives to a text. The date is the server's, as 2026-01-31. */
export function toValues(request: Fillable, botName: string, operator: string, now: Date): PlaceholderValues {
  return {
    name: calledOf(request),
    id: accountOf(request.applicantId) ?? "",
    group: request.groupName || request.groupId || "",
    groupId: request.groupId ?? "",
    bot: botName,
    operator,
    // Sweden writes dates as ISO does, and this way in the server's time zone.
    date: now.toLocaleDateString("sv-SE"),
  };
}

/**
 * The text with its placeholders filled from the request.
 * @throws DeskError `placeholder_left` with `names` when one is left that the request does not fill.
 */
export function fillReason(
  text: string,
  request: Fillable & { botName: string },
  actor: Pick<Actor, "name">,
  now: Date,
): string {
  if (placeholdersIn(text).length === 0) return text;
  const values = toValues(request, request.botName, actor.name, now);
  const left = leftIn(text, values);
  if (left.length > 0) throw new DeskError("placeholder_left", { names: left.join(", ") });
  return fillPlaceholders(text, values);
}
