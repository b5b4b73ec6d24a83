import type { Locale } from "./locale";

/** What stands between two sentences: a space, or nothing after a full stop as wide as a letter, which brings its own. */
export function gapIn(locale: Locale): "" | " " {
  return locale === "zh-CN" ? "" : " ";
}
