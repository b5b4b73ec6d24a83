import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Member, MemberPresence } from "../entity";
import { fromMillis } from "../moment";
import { notOffered } from "../not-offered";
import type { Chat68Catalogue } from "./catalogue";
import { toMember } from "./person";

type C = Call<Chat68Catalogue>;

/** As many as the service is asked for at once. */
const pageSize = 1000;
const mostPages = 100;

/** Every page of a group's members. */
async function listMembers(call: C, groupId: string): Promise<Member[]> {
  const { group } = await call("GroupDetail", { groupId });
  const found = new Map<string, Member>();
  for (let pageNum = 1; pageNum <= mostPages; pageNum++) {
    const { members, count } = await call("GroupMemberList", { groupId, pageSize, pageNum });
    const before = found.size;
    for (const { user } of members) found.set(user.uid, toMember(user, group.hostId));
    // A page that brings nobody new ends it too: a server that ignores the number would be asked for ever.
    if (members.length < pageSize || found.size === before || (count !== null && found.size >= count)) break;
  }
  return [...found.values()];
}

/** Whoever is in the answer and not said to be online is offline; who is not in it is not told of. */
async function listPresence(call: C, groupId: string, userIds: readonly string[]): Promise<MemberPresence[]> {
  const found: MemberPresence[] = [];
  for (let start = 0; start < userIds.length; start += pageSize) {
    const uids = userIds.slice(start, start + pageSize);
    const { userOnLineStatusList } = await call("GroupMemberOnLineStatusList", { groupId, uids });
    for (const { uid, online, createTime } of userOnLineStatusList)
      found.push({ userId: uid, isOnline: online, lastSeenAt: fromMillis(createTime) });
  }
  return found;
}

/** Who is in a group. A mute can be given, and no operation lifts it. */
export function memberAdapter(call: C) {
  return {
    "members.list": (groupId) => listMembers(call, groupId),
    "members.presence": (groupId, userIds) => listPresence(call, groupId, userIds),
    "members.mute": async (groupId, userId, seconds) => {
      if (seconds === 0) throw notOffered("seconds");
      await call("GroupMemberShutup", { groupId, targetUid: userId, shutupTime: seconds });
    },
  } satisfies Adapter;
}
