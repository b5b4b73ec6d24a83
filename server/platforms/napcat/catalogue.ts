import type { Catalogue } from "../row";
import { accountRows } from "./account-rows";
import { groupRows } from "./group-rows";
import { messageRows } from "./message-rows";
import { requestRows } from "./request-rows";

/** NapCat's operations, after NapCat's API document and what its servers are known to do. */
export const catalogue = {
  ...accountRows,
  ...groupRows,
  ...requestRows,
  ...messageRows,
} satisfies Catalogue;

export type NapcatCatalogue = typeof catalogue;
