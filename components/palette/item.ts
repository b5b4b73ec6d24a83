import type { ToneIcon } from "../tone";

/** What a choice is, which is also its heading. */
export type ItemKind =
  | "recent"
  | "pages"
  | "views"
  | "actions"
  | "bots"
  | "groups"
  | "people"
  | "requests"
  | "chats"
  | "events";

/** One line of the palette: somewhere to go, or something to do. */
export interface Item {
  key: string;
  kind: ItemKind;
  label: string;
  hint?: string;
  icon: ToneIcon;
  /** Further words it is found by. */
  words?: string;
  to?: string;
  run?: (done: () => void) => void;
  /** It may have nothing to do and say so: closes the palette itself. */
  isAnswered?: boolean;
}

/** Does every word stand somewhere in what is said of it? */
export function isMatch({ label, hint = "", words = "" }: Item, text: string): boolean {
  const said = `${label} ${hint} ${words}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
