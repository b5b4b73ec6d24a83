import { useLocale } from "next-intl";
import { gapIn } from "@/lib/sentence";

/** What stands between two sentences on the screen: see lib/sentence.ts. */
export function useSentenceGap(): string {
  return gapIn(useLocale());
}
