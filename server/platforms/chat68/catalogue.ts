import { accountRows } from "./account-rows";
import type { Chat68Row } from "./field";
import { groupRows } from "./group-rows";
import { messageRows } from "./message-rows";

/** 68chat's operations, after the helper's two documents; several variants of one operation are rows of their own. */
export const catalogue = {
  ...accountRows,
  ...groupRows,
  ...messageRows,
} satisfies Readonly<Record<string, Chat68Row>>;

export type Chat68Catalogue = typeof catalogue;
