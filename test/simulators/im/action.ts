import { accountActions } from "./account";
import type { Actions } from "./call";
import { categoryActions } from "./category";
import { friendActions } from "./friend";
import { groupActions } from "./group";
import { memberActions } from "./member";
import { messageActions } from "./message";

/** What the server can do, by method and path. Everything else is its 404. */
export const actions: Actions = {
  ...accountActions,
  ...friendActions,
  ...categoryActions,
  ...groupActions,
  ...memberActions,
  ...messageActions,
};
