import { type Action, define, findGroup, findMember, needPackets, needRank, Refusal } from "./define";

/** What is done to members of a group. */
export const memberActions: Readonly<Record<string, Action>> = {
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
    member.mutedUntil = seconds === 0 ? 0 : world.now() + seconds;
    return null;
  }),
  // The other way round: left out it unmakes an admin.
  set_group_admin: define({ group_id: "id", user_id: "id", "enable?": "boolean" }, (params, world) => {
    const group = findGroup(world, params);
    const member = findMember(group, params);
    needRank(world, group, "owner", member);
    member.role = String(params.enable) === "true" ? "admin" : "member";
    return null;
  }),
  set_group_card: define({ group_id: "id", user_id: "id", "card?": "string" }, (params, world) => {
    findMember(findGroup(world, params), params).card = String(params.card ?? "");
    return null;
  }),
  set_group_special_title: define({ group_id: "id", user_id: "id", "special_title?": "string" }, (params, world) => {
    needPackets(world);
    const group = findGroup(world, params);
    const member = findMember(group, params);
    needRank(world, group, "owner");
    member.title = String(params.special_title ?? "");
    return null;
  }),
};
