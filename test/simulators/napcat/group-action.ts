import { muteAll, rename } from "./deed";
import { type Action, define, findGroup, needRank, sizeOf } from "./define";
import { isYes } from "./schema";
import { toGroup } from "./wire-entity";

/** Groups beyond the list. */
export const groupActions: Readonly<Record<string, Action>> = {
  get_group_detail_info: define({ group_id: "id" }, (params, world) => toGroup(findGroup(world, params))),
  get_group_info_ex: define({ group_id: "id" }, (params, world) => {
    const group = findGroup(world, params);
    const owner = [...group.members.values()].find((member) => member.role === "owner");
    const extInfo = { groupOwnerId: { memberUin: owner?.userId ?? "0", memberUid: "", memberQid: "" } };
    return { groupCode: group.groupId, resultCode: 0, extInfo };
  }),
  set_group_name: define({ group_id: "id", group_name: "string" }, (params, world) => {
    const group = findGroup(world, params);
    needRank(world, group, "admin");
    rename(world, group, String(params.group_name), world.account.userId);
    return null;
  }),
  set_group_remark: define({ group_id: "string", remark: "string" }, (params, world) => {
    findGroup(world, params).remark = String(params.remark);
    return null;
  }),
  set_group_portrait: define({ group_id: "id", file: "string" }, (params, world) => {
    needRank(world, findGroup(world, params), "admin");
    sizeOf(params.file);
    return { result: 0, errMsg: "success" };
  }),
  // is_dismiss is taken and does nothing: the group goes on without the account.
  set_group_leave: define({ group_id: "id", "is_dismiss?": "boolean" }, (params, world) => {
    const group = findGroup(world, params);
    world.leave(group.groupId, world.account.userId);
    world.groups.delete(group.groupId);
    return null;
  }),
  // Everything but a no mutes everybody.
  set_group_whole_ban: define({ group_id: "id", "enable?": "any" }, (params, world) => {
    const group = findGroup(world, params);
    needRank(world, group, "admin");
    muteAll(world, group, isYes(params.enable), world.account.userId);
    return null;
  }),
};
