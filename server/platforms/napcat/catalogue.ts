import type { Catalogue } from "../row";
import { accountRows } from "./account-rows";
import { chatRows } from "./chat-rows";
import { fileRows } from "./file-rows";
import { forwardRows } from "./forward-rows";
import { friendRows } from "./friend-rows";
import { groupRows } from "./group-rows";
import { memberRows } from "./member-rows";
import { messageRows } from "./message-rows";
import { noticeRows } from "./notice-rows";
import { requestRows } from "./request-rows";
import { secretRows } from "./secret-rows";
import { systemRows } from "./system-rows";
import { toolRows } from "./tool-rows";

/** NapCat's operations, after NapCat's API document and what its servers are known to do. */
export const catalogue = {
  ...accountRows,
  ...friendRows,
  ...requestRows,
  ...messageRows,
  ...forwardRows,
  ...chatRows,
  ...groupRows,
  ...memberRows,
  ...noticeRows,
  ...fileRows,
  ...toolRows,
  ...secretRows,
  ...systemRows,
} satisfies Catalogue;

export type NapcatCatalogue = typeof catalogue;
