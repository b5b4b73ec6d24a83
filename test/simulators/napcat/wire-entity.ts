import type { WireObject } from "./wire";
import type { Friend, Group, Member } from "./world";

export function toFriend(friend: Friend): WireObject {
  return {
    birthday_year: 0,
    birthday_month: 0,
    birthday_day: 0,
    user_id: BigInt(friend.userId),
    age: friend.age ?? 0,
    phone_num: "00000000000",
    email: "",
    category_id: friend.categoryId ?? 0,
    nickname: friend.nickname,
    remark: friend.remark,
    sex: friend.sex ?? "unknown",
    level: friend.level ?? 0,
  };
}

export function toGroup(group: Group): WireObject {
  return {
    group_all_shut: group.isMuted ? -1 : 0,
    group_remark: group.remark,
    group_id: BigInt(group.groupId),
    group_name: group.groupName,
    member_count: group.members.size,
    max_member_count: group.maxMembers,
  };
}

export function toMember(group: Group, member: Member): WireObject {
  return {
    group_id: BigInt(group.groupId),
    user_id: BigInt(member.userId),
    nickname: member.nickname,
    card: member.card,
    sex: member.sex ?? "unknown",
    age: member.age ?? 0,
    area: "",
    // Text, although the document's table calls it a number.
    level: String(member.level ?? 1),
    qq_level: 0,
    join_time: member.joinedAt,
    last_sent_time: member.lastSpokeAt ?? member.joinedAt,
    title_expire_time: 0,
    unfriendly: false,
    card_changeable: true,
    is_robot: false,
    shut_up_timestamp: member.mutedUntil ?? 0,
    role: member.role,
    title: member.title ?? "",
    qage: "0",
  };
}
