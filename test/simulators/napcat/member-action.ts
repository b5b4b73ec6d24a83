import { changeCard, changeTitle, mute, promote } from "./deed";
import { type Action, define, findGroup, findMember, needPackets, needRank, Refusal } from "./define";

/** What is done to members of a group. */
export const memberActions: Readonly<Record<string, Action>> = {
  get_group_shut_list: define({ group_id: "id" }, (params, world) =>
    [...findGroup(world, params).members.values()]
      .filter((member) => (member.mutedUntil ?? 0) > world.now())
      .map((member) => ({
        ...{ uid: `u_sim${member.userId}`, qid: "", uin: member.userId, nick: member.nickname, remark: "" },
        ...{ cardName: member.card, role: member.role === "admin" ? 3 : 2, shutUpTime: member.mutedUntil ?? 0 },
        ...{ joinTime: member.joinedAt, lastSpeakTime: member.lastSpokeAt ?? member.joinedAt },
        ...{ memberRealLevel: member.level ?? 1, memberSpecialTitle: member.title ?? "" },
        ...{ isRobot: false, isDelete: false },
      })),
  ),
  set_group_kick: define({ group_id: "id", user_id: "id", "reject_add_request?": "boolean" }, (params, world) => {
    const group = findGroup(world, params);
    const member = findMember(group, params);
    needRank(world, group, "admin", member);
    if (String(params.reject_add_request) === "true") group.refused.add(member.userId);
    world.leave(group.groupId, member.userId, "kick", world.account.userId);
    return null;
  }),
  set_group_ban: define({ group_id: "id", user_id: "id", duration: "number" }, (params, world) => {
    const group = findGroup(world, params);
    const member = findMember(group, params);
    needRank(world, group, "admin", member);
    const seconds = Number(params.duration);
    if (seconds < 0 || seconds > 2_592_000) throw new Refusal("禁言时长错误");
    mute(world, group, member, seconds, world.account.userId);
    return null;
  }),
  // The other way round: left out it unmakes an admin.
  set_group_admin: define({ group_id: "id", user_id: "id", "enable?": "boolean" }, (params, world) => {
    const group = findGroup(world, params);
    const member = findMember(group, params);
    needRank(world, group, "owner", member);
    promote(world, group, member, String(params.enable) === "true");
    return null;
  }),
  set_group_card: define({ group_id: "id", user_id: "id", "card?": "string" }, (params, world) => {
    const group = findGroup(world, params);
    changeCard(world, group, findMember(group, params), String(params.card ?? ""));
    return null;
  }),
  set_group_special_title: define({ group_id: "id", user_id: "id", "special_title?": "string" }, (params, world) => {
    needPackets(world);
    const group = findGroup(world, params);
    const member = findMember(group, params);
    needRank(world, group, "owner");
    changeTitle(world, group, member, String(params.special_title ?? ""));
    return null;
  }),
};
