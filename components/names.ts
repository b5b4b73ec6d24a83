import { useLocale } from "next-intl";

/** Names one after another, set apart as the reader's language does it. */
export function useNames(): (names: readonly string[]) => string {
  const between = useLocale() === "zh-CN" ? "、" : ", ";
  return (names) => names.join(between);
}
