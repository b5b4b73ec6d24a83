import { type Action, define, findGroup, needRank, Refusal } from "./define";
import { honorKinds } from "./rules";
import type { WireObject } from "./wire";
import type { World } from "./world";

function toHonored(world: World, userId: string, description: string): WireObject {
  const nickname = world.people.get(userId)?.nickname ?? "";
  return { user_id: BigInt(userId), nickname, avatar: `https://avatars.example.com/${userId}`, description };
}

/** How a group is entered and found, and its honours. */
export const ruleActions: Readonly<Record<string, Action>> = {
  set_group_add_option: define(
    { group_id: "id", add_type: "number", "group_question?": "string", "group_answer?": "string" },
    (params, world) => {
      const group = findGroup(world, params);
      needRank(world, group, "admin");
      const addType = Number(params.add_type);
      if (addType < 1 || addType > 5) throw new Refusal("设置加群选项失败");
      const question = String(params.group_question ?? "");
      Object.assign(group.rules, { addType, question, answer: String(params.group_answer ?? "") });
      return null;
    },
  ),
  // What is left out stays as it was.
  set_group_search: define(
    { group_id: "id", "no_code_finger_open?": "number", "no_finger_open?": "number" },
    (params, world) => {
      const group = findGroup(world, params);
      needRank(world, group, "admin");
      const { rules } = group;
      rules.noFingerOpen = Number(params.no_finger_open ?? rules.noFingerOpen);
      rules.noCodeFingerOpen = Number(params.no_code_finger_open ?? rules.noCodeFingerOpen);
      return null;
    },
  ),
  set_group_robot_add_option: define(
    { group_id: "id", "robot_member_switch?": "number", "robot_member_examine?": "number" },
    (params, world) => {
      const group = findGroup(world, params);
      needRank(world, group, "admin");
      const { rules } = group;
      rules.robotMemberSwitch = Number(params.robot_member_switch ?? rules.robotMemberSwitch);
      rules.robotMemberExamine = Number(params.robot_member_examine ?? rules.robotMemberExamine);
      return null;
    },
  ),
  get_group_honor_info: define({ group_id: "id", "type?": "string" }, (params, world) => {
    const { groupId, honors } = findGroup(world, params);
    const wanted = String(params.type ?? "all");
    const list = (kind: string) =>
      wanted === "all" || wanted === kind
        ? honors.filter((each) => each.kind === kind).map((each) => toHonored(world, each.userId, each.description))
        : [];
    return {
      // Text here, while it is a number everywhere else.
      group_id: groupId,
      current_talkative: list("talkative")[0] ?? {},
      ...Object.fromEntries(honorKinds.map((kind) => [`${kind}_list`, list(kind)])),
    };
  }),
};
