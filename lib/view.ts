import { href } from "./href";
import type { Permission } from "./permissions";

/** Pages whose filters can be kept under a name. */
export const viewPages = ["requests", "groups", "friends", "chats", "audit"] as const;
export type ViewPage = (typeof viewPages)[number];

/** A page's address as name to value. */
export type ViewQuery = Record<string, string>;

/** What of a page's address a view keeps: its filters and order, never what is open on it. */
const kept = {
  requests: ["state", "kind", "bot", "group", "text", "holder", "age", "set"],
  groups: ["bot", "text", "role", "sort"],
  friends: ["list", "bot", "category", "label", "text", "sort"],
  chats: ["bot", "text", "unread"],
  audit: ["actor", "action", "outcome", "bot", "group", "person", "risk", "from", "to", "text"],
} as const satisfies Record<ViewPage, readonly string[]>;

/** Who may open a page sees its views. */
export const viewPermissions = {
  requests: "requests.view",
  groups: "groups.view",
  friends: "friends.view",
  chats: "messages.view",
  audit: "audit.view",
} as const satisfies Record<ViewPage, Permission>;

/** The longest name of a view. */
export const longestViewName = 60;

/** The filters of an address, in an order of their own, so that equal ones are equal as text. */
export function toViewQuery(page: ViewPage, query: { readonly [name: string]: string | null | undefined }): ViewQuery {
  return Object.fromEntries(
    kept[page].flatMap((name) => {
      const value = query[name];
      return value ? [[name, value]] : [];
    }),
  );
}

/** Where a view leads. */
export function viewHref(page: ViewPage, query: ViewQuery): string {
  return href[page](query);
}

/** Are these the same filters? */
export function isSameView(page: ViewPage, one: ViewQuery, other: ViewQuery): boolean {
  return JSON.stringify(toViewQuery(page, one)) === JSON.stringify(toViewQuery(page, other));
}
