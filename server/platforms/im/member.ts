import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { PlatformError } from "../error";
import { notOffered } from "../not-offered";
import type { ImCatalogue } from "./catalogue";
import { toMember } from "./person";

/** Who is in a group, and what those who run it do to them. */
export function memberCapabilities(call: Call<ImCatalogue>) {
  const members = async (groupId: string) => (await call("get.chatGroups.info", { groupId })).membersList.map(toMember);
  return {
    "members.list": members,
    "members.get": async (groupId, userId) => {
      const found = (await members(groupId)).find(({ id }) => id === userId);
      if (found === undefined) throw new PlatformError("platform_refused", { isSent: true });
      return found;
    },
    "members.kick": async (groupId, toId, also = {}) => {
      if (also.block) throw notOffered("block");
      await call("post.chatGroups.kick", { groupId, toId });
    },
    "members.mute": async (groupId, toId, seconds) => {
      // It counts whole minutes and takes 0 for "missing": a mute ends by itself only.
      if (seconds <= 0) throw notOffered("seconds");
      await call("post.chatGroups.banned", { groupId, toId, minute: Math.ceil(seconds / 60) });
    },
    "members.promote": async (groupId, toId, isManager) => {
      await call("post.chatGroups.manager", { groupId, toId, isManager });
    },
  } satisfies Adapter;
}
