import { z } from "zod";
import { field } from "../field";
import { WireFlag, WireSwitch, WireText, WireTime, wireList } from "../wire";
import {
  Account,
  applyFields,
  ChatGroup,
  Done,
  degree,
  GroupId,
  kept,
  Nothing,
  page,
  row,
  UserId,
  UserIds,
} from "./field";

/** `general` for a word we do not know: nobody gains a rank by it. */
const MemberRole = z.enum(["owner", "manager", "general"]).catch("general");
/** What the account is in a group: null for the empty word of who is no member. */
const OwnRole = z.enum(["owner", "manager", "general"]).nullable().catch(null);

export const GroupMember = z.looseObject({
  account: Account,
  role: field(MemberRole, "角色：owner 群主、manager 管理员、general 普通成员", "owner, manager or general"),
  remark: field(WireText, "群昵称", "name in the group"),
  isBanned: field(WireFlag, "是否禁言中", "muted now"),
});
export const GroupInfo = z.looseObject({
  ...ChatGroup.shape,
  membersList: wireList(GroupMember),
  selfInfo: z
    .looseObject({ chatGroupMemberRole: OwnRole, isBanned: WireFlag })
    .nullish()
    .describe("the account's own place in the group; missing for who is no member"),
});
export const CreatedGroup = z.looseObject({ ...ChatGroup.shape, createdAt: WireTime, updatedAt: WireTime });
export const GroupJoin = z.looseObject({ account: Account, chatGroup: ChatGroup, ...applyFields });
export const NearbyGroup = z.looseObject({ ...ChatGroup.shape, distance: field(WireText, "距离", "distance as text") });

const GroupName = field(z.string().min(1).max(50), "群名称", "name of the group");
const switches = {
  disableAddMember: field(WireSwitch, "是否禁止加成员为好友", "may members not be asked to be friends"),
  disableViewMember: field(WireSwitch, "是否禁止查看成员资料", "may profiles of members not be seen"),
  disbaleAddGroup: field(WireSwitch, "是否禁止主动申请入群", "may nobody ask to join"),
  enbaleBeforeMsg: field(WireSwitch, "新成员可否查看入群前的消息", "do new members see what was said before"),
};
const place = {
  longitude: field(degree(180).optional(), "经度", "longitude"),
  latitude: field(degree(90).optional(), "纬度", "latitude"),
  country: field(kept(50), "国家", "country"),
  province: field(kept(50), "省份", "province"),
  city: field(kept(50), "城市", "city"),
  district: field(kept(50), "区县", "district"),
  address: field(kept(10_000), "详细地址", "address"),
};
const look = {
  intro: field(kept(1000), "群介绍", "about the group"),
  avatar: field(kept(500), "群头像地址", "address of the picture"),
};
const misspelt = {
  zh: "disbaleAddGroup 和 enbaleBeforeMsg 就是接口的实际拼写；传入数字，返回布尔值。",
  en: "disbaleAddGroup and enbaleBeforeMsg are the wire names; numbers go in, booleans come out.",
};
const collide = {
  zh: "用户 ID 与群组 ID 会重复：仅凭 ID 无法区分。",
  en: "Ids of people and of groups overlap: an id alone does not tell which it is.",
};

/** Groups, their members and who wants in. */
export const groupRows = {
  "post.chatGroups": row("POST", "/chatGroups", {
    zh: "创建群",
    en: "Create a group",
    line: 1706,
    capabilities: ["groups.create"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({
      name: GroupName,
      ...look,
      disableAddMember: field(
        switches.disableAddMember.optional(),
        "是否禁止加成员为好友",
        "may members not be asked to be friends",
      ),
      disableViewMember: field(
        switches.disableViewMember.optional(),
        "是否禁止查看成员资料",
        "may profiles of members not be seen",
      ),
      disbaleAddGroup: field(switches.disbaleAddGroup.optional(), "是否禁止主动申请入群", "may nobody ask to join"),
      enbaleBeforeMsg: field(
        switches.enbaleBeforeMsg.optional(),
        "新成员可否查看入群前的消息",
        "do new members see what was said before",
      ),
      ...place,
    }),
    output: CreatedGroup,
    traps: [
      misspelt,
      {
        zh: "成员上限字段为 members_limit，是唯一的下划线命名。",
        en: "Most members is members_limit, the only name in snake case.",
      },
    ],
  }),
  "put.chatGroups": row("PUT", "/chatGroups", {
    zh: "修改群资料",
    en: "Edit a group",
    line: 1810,
    capabilities: ["groups.update", "groups.joinRule"],
    permission: "groups.manage",
    risk: "write",
    // The server writes the name and the four switches every time: leaving one out would reset it, so none may be left out.
    input: z.strictObject({ groupId: GroupId, name: GroupName, ...look, ...switches, ...place }),
    output: Done,
    traps: [
      {
        zh: "四个开关每次都会写入，漏填的会被关闭：请先读取群资料。",
        en: "All four switches are written every time, and a missing one is switched off: read the group first.",
      },
      {
        zh: "服务器要求必须填写名称，文档却写为选填。",
        en: "The server insists on a name, which the document calls optional.",
      },
      {
        zh: "空文本和 0 不会生效，因此无法清空任何内容。",
        en: "An empty text and 0 change nothing: no value can be cleared.",
      },
      misspelt,
    ],
  }),
  "get.chatGroups": row("GET", "/chatGroups", {
    zh: "获取我的群列表",
    en: "List the account's groups",
    line: 1877,
    capabilities: ["groups.list"],
    permission: "groups.view",
    risk: "read",
    input: Nothing,
    output: page(ChatGroup),
    traps: [collide],
  }),
  "get.chatGroups.info": row("GET", "/chatGroups/info", {
    zh: "获取群资料与成员",
    en: "Get a group with its members",
    line: 2164,
    capabilities: [
      "groups.get",
      "groups.update",
      "groups.joinRule",
      "groups.transfer",
      "members.list",
      "members.get",
      "requests.check",
    ],
    permission: "members.view",
    risk: "read",
    input: z.strictObject({ groupId: GroupId }),
    output: GroupInfo,
    secretOutput: ["membersList.*.account.email", "membersList.*.account.mobile"],
    traps: [
      {
        zh: "本账号的角色字段名为 chatGroupMemberRole，成员的则是 role。",
        en: "The account's own role is called chatGroupMemberRole, a member's role.",
      },
    ],
  }),
  "post.chatGroups.search": row("POST", "/chatGroups/search", {
    zh: "搜索群",
    en: "Search for groups",
    line: 2490,
    capabilities: ["groups.search"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ name: field(z.string().min(1).max(50), "群名称", "name") }),
    output: page(ChatGroup),
    traps: [{ zh: "虽是 POST，但不作任何更改。", en: "A POST that changes nothing." }],
  }),
  "get.chatGroups.common": row("GET", "/chatGroups/common", {
    zh: "获取与好友的共同群",
    en: "List groups in common with a friend",
    line: 2557,
    capabilities: ["people.groups"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ toId: UserId }),
    output: page(ChatGroup),
    traps: [
      {
        zh: "文档示例带请求体，而 GET 没有请求体，实际作为查询参数发送。",
        en: "The document shows a body, which a GET has not; it is sent as a query.",
      },
    ],
  }),
  "get.chatGroups.near": row("GET", "/chatGroups/near", {
    zh: "附近的群",
    en: "List groups nearby",
    line: 2624,
    capabilities: ["groups.nearby"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({
      longitude: field(degree(180), "经度", "longitude"),
      latitude: field(degree(90), "纬度", "latitude"),
      name: field(
        z.string().max(50).optional(),
        "文档列出，服务器不使用",
        "in the document; the server does not look at it",
      ),
    }),
    output: page(NearbyGroup),
    traps: [
      {
        zh: "文档要求在请求体中填写名称；服务器只读取 longitude 和 latitude，且两者必填。",
        en: "The document asks for a name in a body; the server reads longitude and latitude only, and needs both.",
      },
      { zh: "文档示例中没有 distance。", en: "The example leaves out distance." },
    ],
  }),
  "post.chatGroups.join": row("POST", "/chatGroups/join", {
    zh: "申请入群",
    en: "Ask to join a group",
    line: 1943,
    capabilities: ["groups.join"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({ groupId: GroupId, reason: field(z.string().min(1).max(100), "申请理由", "why") }),
    output: Done,
    traps: [
      {
        zh: "同一路径用 GET 则列出本账号所管群的入群申请。",
        en: "The same path with GET lists the applications to the account's own groups.",
      },
    ],
  }),
  "get.chatGroups.join": row("GET", "/chatGroups/join", {
    zh: "获取入群申请列表",
    en: "List requests to join",
    line: 1986,
    capabilities: ["requests.list", "requests.check"],
    permission: "requests.view",
    risk: "read",
    input: Nothing,
    output: page(GroupJoin),
    secretOutput: ["items.*.account.email", "items.*.account.mobile"],
    traps: [
      { zh: "本账号管理的所有群合并在一个列表中。", en: "All groups that the account manages, in one list." },
      { zh: "各项没有 ID，以群和申请人代替。", en: "Entries have no id; group and applicant stand for it." },
      { zh: "同一路径用 POST 则是申请加入群。", en: "The same path with POST applies to a group." },
    ],
  }),
  "post.chatGroups.join.reply": row("POST", "/chatGroups/join/reply", {
    zh: "处理入群申请",
    en: "Answer a request to join",
    line: 2119,
    capabilities: ["requests.answer"],
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({
      groupId: GroupId,
      accountId: field(UserId, "申请人 ID", "id of the applicant"),
      status: field(z.enum(["pass", "deny"]), "pass 通过，deny 拒绝", "pass or deny"),
      reason: field(z.string().max(100).optional(), "拒绝理由", "why they are refused"),
    }),
    output: Done,
    traps: [
      {
        zh: "以群和申请人确定一个申请：同一人对同一群的多个申请无法区分。",
        en: "Group and applicant name the application: several of one person to one group cannot be told apart.",
      },
    ],
  }),
  "post.chatGroups.dissolve": row("POST", "/chatGroups/dissolve", {
    zh: "解散群",
    en: "Dissolve a group",
    line: 2277,
    capabilities: ["groups.dissolve"],
    permission: "groups.leave",
    risk: "destructive",
    target: ["groupId"],
    input: z.strictObject({ groupId: GroupId }),
    output: Done,
  }),
  "post.chatGroups.exit": row("POST", "/chatGroups/exit", {
    zh: "退出群",
    en: "Leave a group",
    line: 2316,
    capabilities: ["groups.leave"],
    permission: "groups.leave",
    risk: "destructive",
    target: ["groupId"],
    input: z.strictObject({ groupId: GroupId }),
    output: Done,
  }),
  "post.chatGroups.transfer": row("POST", "/chatGroups/transfer", {
    zh: "转让群",
    en: "Hand a group over",
    line: 2355,
    capabilities: ["groups.transfer"],
    permission: "groups.leave",
    risk: "destructive",
    target: ["groupId"],
    input: z.strictObject({ groupId: GroupId, toId: field(UserId, "新群主 ID", "id of the new owner") }),
    output: Done,
    traps: [
      { zh: "原群主会被移出群。", en: "The old owner is removed from the group." },
      {
        zh: "服务器不检查新群主是否在群里：转给非成员会使群没有群主，因此会先读取成员。",
        en: "The new owner is not checked: handing it to who is no member leaves a group without owner, so membership is read first.",
      },
    ],
  }),
  "post.chatGroups.kick": row("POST", "/chatGroups/kick", {
    zh: "踢出群成员",
    en: "Remove a member",
    line: 2385,
    capabilities: ["members.kick"],
    permission: "members.kick",
    risk: "destructive",
    target: ["toId"],
    input: z.strictObject({ groupId: GroupId, toId: UserId }),
    output: Done,
  }),
  "post.chatGroups.manager": row("POST", "/chatGroups/manager", {
    zh: "设置或取消管理员",
    en: "Make or unmake a manager",
    line: 2415,
    capabilities: ["members.promote"],
    permission: "members.promote",
    risk: "write",
    input: z.strictObject({
      groupId: GroupId,
      toId: UserId,
      isManager: field(WireSwitch, "true 设为管理员，false 取消", "true makes, false unmakes"),
    }),
    output: Done,
    traps: [
      { zh: "缺少 isManager 会取消管理员，因此始终发送。", en: "A missing isManager unmakes: it is always sent." },
    ],
  }),
  "post.chatGroups.banned": row("POST", "/chatGroups/banned", {
    zh: "禁言群成员",
    en: "Mute a member",
    line: 2447,
    capabilities: ["members.mute"],
    permission: "members.mute",
    risk: "write",
    input: z.strictObject({
      groupId: GroupId,
      toId: UserId,
      minute: field(z.int().min(1).max(525_600), "禁言时长（分钟）", "how long, in minutes"),
    }),
    output: Done,
    traps: [
      {
        zh: "单位为分钟且不能为 0：到期前无法解除禁言。",
        en: "Minutes, and never 0: a mute cannot be lifted before its time.",
      },
    ],
  }),
  "post.chatGroups.invite": row("POST", "/chatGroups/invite", {
    zh: "邀请好友入群",
    en: "Bring people into a group",
    line: 2693,
    capabilities: ["groups.invite"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({
      groupId: GroupId,
      toIdList: field(UserIds, "被邀请人 ID 列表", "ids of who is brought in"),
    }),
    output: Done,
    traps: [
      {
        zh: "列表以重复的同名字段发送，不带方括号。",
        en: "A list travels as the same plain name repeated, without brackets.",
      },
    ],
  }),
};
