import type { Catalogue } from "../row";
import { friendRows } from "./friend-rows";

/** Yunhu's operations, after its document of the friend section and what public clients are known to do. */
export const catalogue = {
  ...friendRows,
} satisfies Catalogue;

export type YunhuCatalogue = typeof catalogue;
