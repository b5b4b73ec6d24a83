import { accountOf, calledOf } from "@/lib/applicant";
import { leftIn, type PlaceholderValues } from "@/lib/placeholder";
import type { RequestDetail } from "../api";

const pattern = /\{\{([^{}]{1,60})\}\}/g;

/** What the desk will fill in by itself: the same as the server does when the decision is taken, for the preview. */
export function valuesOf(request: RequestDetail, operator: string, now: Date): PlaceholderValues {
  return {
    name: calledOf(request),
    id: accountOf(request.applicantId) ?? "",
    group: request.groupName || request.groupId || "",
    groupId: request.groupId ?? "",
    bot: request.bot.name,
    operator,
    // Sweden writes dates as ISO does.
    date: now.toLocaleDateString("sv-SE"),
  };
}

/** The text with what was typed for its blanks. Braces that were typed are set apart, so they make no new blank. */
export function fillBlanks(text: string, blanks: Readonly<Record<string, string>>): string {
  return text.replace(pattern, (whole, word: string) => {
    const typed = blanks[word.trim()]?.trim();
    return typed ? typed.replace(/([{}])(?=\1)/g, "$1 ") : whole;
  });
}

/** The blanks of a text that only a person can fill, and those of them that are still empty. */
export function blanksIn(text: string, blanks: Readonly<Record<string, string>>, values: PlaceholderValues) {
  return { names: leftIn(text, values), empty: leftIn(fillBlanks(text, blanks), values) };
}

/** In which language to answer: that of the applicant, as far as what they wrote shows it; null when it shows nothing. */
export function languageOf({ message, applicantName, groupName }: RequestDetail): "zh" | "en" | null {
  // QQ puts two Chinese words of its own ("question", "answer") before what was asked and what was written.
  const written = message.replace(/^(\u95ee\u9898|\u7b54\u6848)[：:]/gm, "");
  for (const text of [written, applicantName, groupName ?? ""]) {
    if (/\p{Script=Han}/u.test(text)) return "zh";
    if (/\p{Script=Latin}{2,}/u.test(text)) return "en";
  }
  return null;
}
