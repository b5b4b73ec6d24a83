import { z } from "zod";
import { field } from "../field";
import { Count, Flag, groupId, Id, MaybeId, NoCache, Nothing, row, Text, userId, Verdict } from "./field";
import { FileSource } from "./file-source";
import { Sex } from "./friend-rows";

export const GroupEntry = z.looseObject({
  group_id: Id,
  group_name: Text,
  member_count: Count,
  max_member_count: Count,
  group_remark: field(z.string().nullish(), "群备注", "remark"),
  group_all_shut: field(Count, "全体禁言状态：-1 为禁言中", "-1 while everybody is muted"),
});

/** `role` is one of three words in the tables, but the examples show that anything may come. */
export const MemberEntry = z.looseObject({
  group_id: Id,
  user_id: Id,
  nickname: Text,
  card: Text,
  role: z.enum(["owner", "admin", "member", "unknown"]).catch("unknown"),
  title: z.string().nullish(),
  level: field(Count, "群等级", "how much they take part; text on the wire"),
  sex: Sex,
  join_time: field(Count, "入群时间（秒）", "joined, in unix seconds"),
  last_sent_time: field(Count, "最后发言时间（秒）", "last spoke, in unix seconds"),
  shut_up_timestamp: field(Count, "禁言到期时间（秒），0 为未禁言", "muted until, in unix seconds; 0 for not"),
});

/** Group settings that come as numbers; QQ decides what they mean. */
const Settings = z
  .looseObject({
    groupOwnerId: z.looseObject({ memberUin: MaybeId, memberUid: Text, memberQid: Text }).nullish(),
    groupBindGuildIds: z.looseObject({ guildIds: z.array(z.string()).nullish() }).nullish(),
    groupExcludeGuildIds: z.looseObject({ guildIds: z.array(z.string()).nullish() }).nullish(),
    groupExtFlameData: z
      .looseObject({ switchState: Count, state: Count, version: Count, updateTime: MaybeId, isDisplayDayNum: Flag })
      .nullish(),
    luckyWord: Text,
    luckyWordId: Text,
    lightCharNum: Count,
    essentialMsgSwitch: Count,
    essentialMsgPrivilege: Count,
    inviteRobotSwitch: Count,
    inviteRobotMemberSwitch: Count,
    inviteRobotMemberExamine: Count,
    groupSquareSwitch: Count,
    blacklistExpireTime: Count,
  })
  .nullish();

const Honoured = z.looseObject({
  user_id: MaybeId,
  nickname: field(Text, "昵称", "name"),
  avatar: field(
    z
      .union([z.string(), z.number()])
      .nullish()
      .transform((value) => String(value ?? "")),
    "头像",
    "avatar",
  ),
  description: field(Text, "说明", "what for"),
});
const honoured = z
  .array(Honoured)
  .nullish()
  .transform((value) => value ?? []);

/** Groups: reading them, and their settings. */
export const groupRows = {
  get_group_list: row("get_group_list", {
    zh: "获取群列表",
    en: "List groups",
    line: 6371,
    capabilities: ["groups.list", "requests.check"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ no_cache: NoCache }),
    output: z.array(GroupEntry),
    traps: [{ zh: "文档示例是 null 列表，实际会返回群。", en: "The document shows a list of null; groups arrive." }],
  }),
  get_group_info: row("get_group_info", {
    zh: "获取群信息",
    en: "Get a group",
    line: 6316,
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: GroupEntry,
  }),
  get_group_member_list: row("get_group_member_list", {
    zh: "获取群成员列表",
    en: "List a group's members",
    line: 6549,
    capabilities: ["members.list", "requests.check"],
    permission: "members.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId, no_cache: NoCache }),
    output: z.array(MemberEntry),
  }),
  get_group_member_info: row("get_group_member_info", {
    zh: "获取群成员信息",
    en: "Get a group member",
    line: 6488,
    capabilities: ["members.get"],
    permission: "members.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId, user_id: userId, no_cache: NoCache }),
    output: MemberEntry,
  }),
  get_group_detail_info: row("get_group_detail_info", {
    zh: "获取群详细信息",
    en: "Get a group with its mute state",
    line: 4882,
    capabilities: ["groups.get"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: GroupEntry,
  }),
  get_group_info_ex: row("get_group_info_ex", {
    zh: "获取群扩展信息",
    en: "Get a group's inner settings",
    line: 6753,
    capabilities: ["groups.get"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: z.looseObject({ groupCode: field(MaybeId, "群号", "the group"), resultCode: Count, extInfo: Settings }),
  }),
  get_group_at_all_remain: row("get_group_at_all_remain", {
    zh: "获取群 @全体成员 剩余次数",
    en: "How often everybody can still be mentioned",
    line: 6906,
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: z.looseObject({
      can_at_all: field(Flag, "能否 @全体成员", "can it be done"),
      remain_at_all_count_for_group: field(Count, "本群剩余次数", "left for the group"),
      remain_at_all_count_for_uin: field(Count, "本账号剩余次数", "left for the account"),
    }),
  }),
  get_group_honor_info: row("get_group_honor_info", {
    zh: "获取群荣誉",
    en: "List a group's honours",
    line: 6608,
    capabilities: ["groups.honors"],
    permission: "members.view",
    risk: "read",
    input: z.strictObject({
      group_id: groupId,
      type: field(
        z.enum(["all", "talkative", "performer", "legend", "strong_newbie", "emotion"]).default("all"),
        "荣誉类型：talkative 龙王，performer 群聊之火，legend 群聊炽焰，strong_newbie 冒尖小春笋，emotion 快乐源泉",
        "which honours",
      ),
    }),
    output: z.looseObject({
      group_id: Id,
      current_talkative: field(Honoured.nullish(), "当前龙王", "who talks most now"),
      talkative_list: field(honoured, "历史龙王", "who talked most"),
      performer_list: field(honoured, "群聊之火", "performers"),
      legend_list: field(honoured, "群聊炽焰", "legends"),
      emotion_list: field(honoured, "快乐源泉", "sources of joy"),
      strong_newbie_list: field(honoured, "冒尖小春笋", "strong newcomers"),
    }),
    traps: [
      {
        zh: "文档中各项荣誉的名称错位，这里采用 OneBot 的名称。",
        en: "The document's labels of the honours are shuffled; here they are OneBot's.",
      },
    ],
  }),
  set_group_name: row("set_group_name", {
    zh: "设置群名",
    en: "Rename a group",
    line: 5840,
    capabilities: ["groups.update"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      group_name: field(z.string().min(1).max(100), "新群名", "the new name"),
    }),
    output: Nothing,
  }),
  set_group_remark: row("set_group_remark", {
    zh: "设置群备注",
    en: "Change a group's remark",
    line: 5133,
    capabilities: ["groups.update"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({ group_id: groupId, remark: field(z.string().max(60), "群备注", "the remark") }),
    output: Nothing,
    traps: [
      { zh: "文档要求群号为文本，示例却是数字。", en: "The document wants the group as text and shows a number." },
    ],
  }),
  set_group_portrait: row("set_group_portrait", {
    zh: "设置群头像",
    en: "Change a group's avatar",
    line: 5571,
    capabilities: ["groups.update"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({ group_id: groupId, file: FileSource }),
    output: z.union([Verdict, z.null()]).optional(),
    traps: [
      { zh: "地址由 NapCat 所在主机自行访问。", en: "NapCat's host fetches the address by itself." },
      { zh: "result 在参数表中是文本，在示例中是 0。", en: "result is text in the table and 0 in the example." },
    ],
  }),
  set_group_search: row("set_group_search", {
    zh: "设置群搜索",
    en: "Change how a group can be found",
    line: 4823,
    capabilities: ["groups.findable"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      no_code_finger_open: field(
        z.int().min(0).max(1).optional(),
        "禁止通过群号搜索：0 或 1",
        "not by its number: 0 or 1",
      ),
      no_finger_open: field(z.int().min(0).max(1).optional(), "禁止被搜索：0 或 1", "not at all: 0 or 1"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "名称带否定：1 表示禁止。文档没有说明两个开关的含义。",
        en: "The names negate: 1 forbids. The document does not say what the two switches are.",
      },
    ],
  }),
  set_group_add_option: row("set_group_add_option", {
    zh: "设置加群方式",
    en: "Change how people join a group",
    line: 4950,
    capabilities: ["groups.joinRule"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      add_type: field(z.string().regex(/^\d{1,3}$/), "加群方式代码", "QQ's code of the way"),
      group_question: field(z.string().max(200).optional(), "入群问题", "question to the applicant"),
      group_answer: field(z.string().max(200).optional(), "入群问题的答案", "answer that lets them in"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "文档没有说明各代码的含义：1 任何人，2 需要审核，3 不允许，4 答对即可，5 回答后审核。新版本要求填数字。",
        en: "The document does not say what the codes are: 1 anyone, 2 who is let in, 3 nobody, 4 who answers right, 5 who answers and is let in. Newer versions want a number.",
      },
    ],
  }),
  set_group_robot_add_option: row("set_group_robot_add_option", {
    zh: "设置群机器人添加方式",
    en: "Change how robots join a group",
    line: 5011,
    capabilities: ["groups.robots"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      robot_member_switch: field(z.int().min(0).max(10).optional(), "成员能否添加机器人", "may members add robots"),
      robot_member_examine: field(z.int().min(0).max(10).optional(), "添加机器人是否需要审核", "must an admin agree"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "文档没有说明取值：robot_member_switch 为 0 表示允许，1 表示禁止。",
        en: "The document does not say what the values are: of robot_member_switch, 0 allows and 1 forbids.",
      },
    ],
  }),
  set_group_sign: row("set_group_sign", {
    zh: "群打卡",
    en: "Check in to a group",
    line: 7199,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId }),
    output: Nothing,
    traps: [
      { zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." },
      { zh: "文档没有给出返回示例。", en: "The document shows no answer." },
    ],
  }),
  send_group_sign: row("send_group_sign", {
    zh: "群打卡（同 set_group_sign）",
    en: "Check in to a group (the same as set_group_sign)",
    line: 7234,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId }),
    output: Nothing,
    traps: [
      { zh: "与 set_group_sign 相同，只是名称不同。", en: "Another name of set_group_sign." },
      { zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." },
    ],
  }),
  set_group_leave: row("set_group_leave", {
    zh: "退群",
    en: "Leave a group",
    line: 5984,
    capabilities: ["groups.leave"],
    permission: "groups.leave",
    risk: "destructive",
    target: ["group_id"],
    input: z.strictObject({
      group_id: groupId,
      is_dismiss: field(
        z.literal(false, "an owner cannot dissolve a group this way: the call only leaves").optional(),
        "不支持解散：任何取值都只会退群",
        "only false: dissolving is not carried out, the call always leaves",
      ),
    }),
    output: Nothing,
    traps: [
      {
        zh: "is_dismiss 不起作用：只会退群，不会解散群。",
        en: "is_dismiss has no effect: the group is left, never dissolved.",
      },
    ],
  }),
};
