import type { z } from "zod";
import type { Category, Friend, Group, Member, Person } from "../entity";
import { toRaw } from "../json";
import type { Account, ChatGroup } from "./field";
import type { CategoryFriend, FriendEntry, Category as WireCategory } from "./friend-rows";
import type { GroupInfo, GroupMember } from "./group-rows";

const roles = { owner: "owner", manager: "admin", general: "member" } as const;
const sexes: Readonly<Record<string, Person["sex"]>> = { 男: "male", 女: "female" };

/** What of an account is carried along with it is for showing: without address and number. */
const secrets = ["email", "mobile"];

export function toPerson(account: z.output<typeof Account>): Person {
  const { id, nickname, username, avatar, intro, gender } = account;
  return {
    id,
    name: nickname || username,
    avatar: avatar || null,
    signature: intro,
    sex: sexes[gender] ?? null,
    raw: toRaw(account, secrets),
  };
}

/** Whether they are online is not told: the server never sets it back. */
export function toFriend(friend: z.output<typeof FriendEntry> | z.output<typeof CategoryFriend>): Friend {
  const { account, remark, label } = friend;
  return { ...toPerson(account), remark, label, isOnline: null, raw: toRaw(friend, secrets) };
}

/** The id of an entry in it is that of the friendship: the person's is the account's. */
export function toCategory(category: z.output<typeof WireCategory>): Category {
  const { id, name, friends } = category;
  return { id, name, friends: friends.map(toFriend), raw: toRaw(category, secrets) };
}

export function toGroup(group: z.output<typeof ChatGroup>): Group {
  const { id, name, members: memberCount, members_limit: memberLimit, avatar, intro } = group;
  const untold = { ownerId: null, remark: null, ownRole: null, isMuted: null };
  return { id, name, memberCount, memberLimit, avatar: avatar || null, intro, ...untold, raw: toRaw(group) };
}

/** A group read with its members tells who owns it and what the account is in it; there is no silence of the whole group. */
export function toWholeGroup(info: z.output<typeof GroupInfo>): Group {
  const { membersList, selfInfo, ...group } = info;
  const owner = membersList.find(({ role }) => role === "owner");
  const own = selfInfo?.chatGroupMemberRole ?? null;
  const ownRole = own === null ? null : roles[own];
  return { ...toGroup(group), ownerId: owner?.account.id ?? null, ownRole, raw: toRaw(info, secrets) };
}

export function toMember(member: z.output<typeof GroupMember>): Member {
  const { account, role, remark: card, isBanned: isMuted } = member;
  const untold = { title: null, level: null, mutedUntil: null, joinedAt: null, lastSpokeAt: null };
  return { ...toPerson(account), card, role: roles[role], isMuted, ...untold, raw: toRaw(member, secrets) };
}
