import type { z } from "zod";
import type { Call } from "../client";
import { PlatformError } from "../error";
import { beforehand } from "../steps";
import type { ImCatalogue } from "./catalogue";

/** What of a group is to be changed; what is left out stays as it is. */
export type GroupChange = Partial<Omit<z.input<ImCatalogue["put.chatGroups"]["input"]>, "groupId">>;

/**
 * Edits a group. The server writes the name and all four switches every time and switches off what is missing: so the
 * group is read first and written back whole. Throws `bad_answer` when the group cannot be read well enough to be
 * written back; nothing has been changed then.
 */
export async function editGroup(call: Call<ImCatalogue>, groupId: string, change: GroupChange): Promise<void> {
  const group = await beforehand(call("get.chatGroups.info", { groupId }));
  if (group.name === "" && change.name === undefined) {
    const detail = { operation: "get.chatGroups.info", field: "name" };
    throw new PlatformError("bad_answer", { isSent: false, detail });
  }
  await call("put.chatGroups", {
    groupId,
    name: group.name,
    disableAddMember: group.disableAddMember,
    disableViewMember: group.disableViewMember,
    disbaleAddGroup: group.disbaleAddGroup,
    enbaleBeforeMsg: group.enbaleBeforeMsg,
    ...change,
  });
}
