import { href } from "@/lib/href";
import { toViewQuery, viewHref } from "@/lib/view";

/** Where an address is, without what is merely open there: two tabs on one list are at one place. */
export function placeOf(path: string, search: string): string {
  if (path !== href.requests()) return path;
  return viewHref("requests", toViewQuery("requests", Object.fromEntries(new URLSearchParams(search))));
}
