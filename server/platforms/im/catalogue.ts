import type { Catalogue } from "../row";
import { accountRows, otherRows } from "./account-rows";
import { friendRows } from "./friend-rows";
import { groupRows } from "./group-rows";
import { messageRows } from "./message-rows";

/** IM's operations, after its API document and what its public source is known to do. */
export const catalogue = {
  ...accountRows,
  ...friendRows,
  ...groupRows,
  ...messageRows,
  ...otherRows,
} satisfies Catalogue;

export type ImCatalogue = typeof catalogue;
