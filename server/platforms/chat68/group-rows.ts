import { z } from "zod";
import { field } from "../field";
import { WireCount, WireFlag, WireId, WireText, WireTime, wireList } from "../wire";
import { answer, GroupId, Nothing, Person, Presence, relayed, row, UserId } from "./field";

export const GroupNotice = z.looseObject({
  editUser: z.looseObject({ user: Person, groupId: WireId, score: WireTime }).nullish(),
  notice: field(WireText, "通知内容", "the notice"),
  releaseTime: WireTime,
  noticeId: WireText,
});

/** The notice as an object, or null: one transport writes "" where there is none. */
const Notice = z
  .union([GroupNotice, z.literal("")])
  .nullish()
  .transform((notice) => (notice === "" || notice === undefined ? null : notice));

/** One transport writes a word, the other a number for the same rank of the same account. */
const MemberType = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((type) =>
    type === 1 || type === "1" ? "MANAGE" : type === null || type === undefined ? "" : String(type),
  );

/** The helper writes its switches out, also those that are off: a missing one is not told. */
const MaybeFlag = z
  .union([z.boolean(), z.literal([0, 1])])
  .nullish()
  .transform((flag) => (flag === null || flag === undefined ? null : flag === true || flag === 1));

export const GroupEntry = z.looseObject({
  id: field(WireId, "群组 ID", "id of the group"),
  hostId: field(WireId, "群主 uid", "uid of the owner"),
  name: field(WireText, "群名称", "name"),
  pic: WireText,
  groupAliasName: WireText,
  memberCount: field(WireCount, "成员数", "number of members"),
  groupMsgCancelTime: WireCount,
  memberType: MemberType,
  qrExpire: WireTime,
  qrUrl: WireText,
  bfShutup: field(MaybeFlag, "是否全员禁言", "is everybody muted"),
  bfGroupReadCancel: WireFlag,
  bfJoinCheck: WireFlag,
  bfJoinFriend: WireFlag,
  bfAddress: WireFlag,
  groupNotice: Notice,
});

export const GroupFacts = z.looseObject({
  groupId: field(WireId, "群组 ID", "id of the group"),
  hostId: field(WireId, "群主 uid", "uid of the owner"),
  name: field(WireText, "群名称", "name"),
  pic: WireText,
  createTime: WireTime,
  memberCount: field(WireCount, "成员数", "number of members"),
  bfJoinFriend: WireFlag,
  groupMsgCancelTime: WireCount,
  groupAliasName: WireText,
});

export const GroupRights = z.looseObject({
  bfUpdateData: WireFlag,
  bfJoinCheck: WireFlag,
  bfPushNotice: WireFlag,
});

export const MemberEntry = z.looseObject({
  user: Person,
  groupId: WireId,
  score: WireTime,
  right: z.looseObject({}).nullish(),
});

const PageNum = field(z.int().min(1).default(1), "页码，从 1 开始", "page, from 1");
const beyond = {
  zh: "厂商文档中没有：取自厂商自己的客户端，未在真实服务上验证。",
  en: "Not in the vendor's document: taken from the vendor's own client, never seen against a live service.",
};
const CheckInput = z.strictObject({
  groupReqId: field(GroupId, "入群申请 ID", "id of the join request"),
  flag: field(z.boolean(), "true 通过，false 拒绝", "true accepts, false refuses"),
});

/** Groups, their members and who wants in. */
export const groupRows = {
  getGroups: row("getGroups", "/getGroups", {
    zh: "获取群组列表",
    en: "List groups",
    source: "68-http:115",
    seeds: ["http", "ws"],
    capabilities: ["groups.list", "groups.get"],
    permission: "groups.view",
    risk: "read",
    input: Nothing,
    output: z.array(GroupEntry),
    secretOutput: ["*.qrUrl"],
    traps: [
      { zh: "直接返回列表，没有结果码。", en: "The answer is a bare list, without a verdict." },
      {
        zh: "HTTP 方式不返回成员类型和邀请链接，空通知写成文本；两种传输方式的 bfJoinCheck 可能不一致。",
        en: "HTTP leaves out member type and invitation link and writes an empty notice as text; the two transports may disagree on bfJoinCheck.",
      },
    ],
  }),
  GroupDetail: relayed(
    "GroupDetail",
    { type: "GroupDetail", path: "/group/groupDetail" },
    {
      zh: "获取群组信息",
      en: "Get a group",
      source: "68-http:391",
      seeds: ["http", "ws"],
      capabilities: ["groups.get", "groups.link", "members.list", "notices.list"],
      permission: "groups.view",
      risk: "read",
      input: z.strictObject({ groupId: GroupId }),
      output: answer({
        group: GroupFacts,
        bfAddress: WireFlag,
        right: GroupRights.nullish(),
        groupNotice: Notice,
        memberType: MemberType,
        qrUrl: WireText,
        qrExpire: WireTime,
      }),
      secretOutput: ["qrUrl"],
      traps: [
        {
          zh: "关闭的开关不会返回；`right` 为空表示全部关闭。",
          en: "Switches that are off are left out; an empty `right` means none of them.",
        },
      ],
    },
  ),
  GroupMemberList: relayed(
    "GroupMemberList",
    { type: "GroupMemberList", path: "/group/groupMemberListV2", protoType: "group" },
    {
      zh: "获取群组成员",
      en: "List a group's members",
      source: "68-http:146",
      seeds: ["http", "ws"],
      capabilities: ["members.list"],
      permission: "members.view",
      risk: "read",
      input: z.strictObject({
        groupId: GroupId,
        pageSize: field(z.int().min(1).max(1000).default(1000), "每页数量", "entries a page"),
        pageNum: PageNum,
      }),
      output: answer({ members: wireList(MemberEntry), count: WireCount, lastUpdateTime: WireTime }),
      traps: [
        {
          zh: "不带 protoType 不会有返回；路径中有 V2，而名称中没有。",
          en: "Without protoType it is not answered; its path has a V2 that its name has not.",
        },
      ],
    },
  ),
  GroupMemberOnLineStatusList: relayed(
    "GroupMemberOnLineStatusList",
    {
      type: "GroupMemberOnLineStatusList",
      path: "/group/groupMemberOnLineStatusList",
      protoType: "group",
    },
    {
      zh: "获取群成员在线状态",
      en: "Get who of a group is online",
      source: "68-http:339",
      seeds: ["http", "ws"],
      capabilities: ["members.presence"],
      permission: "members.view",
      risk: "read",
      input: z.strictObject({
        groupId: GroupId,
        uids: field(z.array(UserId).min(1).max(1000), "要查询的成员 uid", "uids of the members to ask about"),
      }),
      output: answer({ userOnLineStatusList: wireList(Presence) }),
      traps: [
        {
          zh: "缺少 `online` 表示离线；`createTime` 是最后在线时间。",
          en: "A missing `online` means offline; `createTime` is when they were last seen.",
        },
      ],
    },
  ),
  GroupReqList: relayed(
    "GroupReqList",
    { type: "GroupReqList", path: "/group/groupReqList" },
    {
      zh: "获取入群申请列表",
      en: "List requests to join groups",
      source: "68-http:88",
      seeds: ["http", "ws"],
      permission: "requests.view",
      risk: "read",
      input: z.strictObject({
        pageNum: PageNum,
        pageSize: field(z.int().min(1).max(100).default(100), "每页数量", "entries a page"),
      }),
      output: answer({ count: WireCount, lastUpdateTime: WireTime }),
      traps: [
        {
          zh: "文档称之为报错测试，示例用第 0 页且失败；其他接口的页码都从 1 开始。",
          en: "The document calls it an error test and shows it failing with page 0; pages start at 1 everywhere else.",
        },
        {
          zh: "文档没有给出列表项：其结构未知，返回的内容会原样保留。",
          en: "The document shows no entry: their shape is unknown, and all that arrives is kept.",
        },
      ],
    },
  ),
  GroupCheckJoin: relayed(
    "GroupCheckJoin",
    { type: "GroupCheckJoin", path: "/group/groupCheckJoin" },
    {
      zh: "处理入群申请",
      en: "Answer a request to join",
      source: "68chat client",
      seeds: [],
      permission: "requests.decide",
      risk: "write",
      input: CheckInput,
      output: answer({}),
      traps: [beyond],
    },
  ),
  GroupUserCheckJoin: relayed(
    "GroupUserCheckJoin",
    { type: "GroupUserCheckJoin", path: "/group/groupUserCheckJoin" },
    {
      zh: "处理入群邀请",
      en: "Answer an invitation to a group",
      source: "68chat client",
      seeds: [],
      permission: "requests.decide",
      risk: "write",
      input: CheckInput,
      output: answer({}),
      traps: [beyond],
    },
  ),
  "GroupUpdate#12": relayed(
    "GroupUpdate#12",
    { type: "GroupUpdate", path: "/group/groupUpdate" },
    {
      zh: "设置群通知",
      en: "Set a group's notice",
      source: "68-http:454",
      seeds: ["http", "ws"],
      capabilities: ["notices.publish"],
      permission: "notices.manage",
      risk: "write",
      input: z.strictObject({
        op: field(z.literal(12).default(12), "固定为 12（群通知）", "always 12, the notice"),
        groupParam: field(
          z.strictObject({
            groupId: GroupId,
            notice: field(z.string().min(1).max(5000), "通知内容", "the notice"),
            bfAll: field(z.boolean().default(true), "是否提醒所有人", "does it call everybody's attention"),
          }),
          "要修改的群与内容",
          "which group, and what to",
        ),
      }),
      output: answer({ noticeId: WireText }),
      traps: [
        { zh: "文档标题写的是群简介，实际设置的是群通知。", en: "Its title says introduction; it sets the notice." },
        {
          zh: "通知会静默更改：用 `sendMsg#8` 公布后成员才会看到。",
          en: "It changes the notice silently: members see it when `sendMsg#8` announces it.",
        },
        {
          zh: "同一操作的另一个 `op` 会删除群，因此这里固定了数值。",
          en: "Another `op` of the same operation deletes the group: the number is fixed here.",
        },
      ],
    },
  ),
  "GroupUpdate#11": relayed(
    "GroupUpdate#11",
    { type: "GroupUpdate", path: "/group/groupUpdate" },
    {
      zh: "全员禁言",
      en: "Mute or unmute a whole group",
      source: "68-http:487",
      seeds: ["http", "ws"],
      capabilities: ["groups.muteAll"],
      permission: "members.mute",
      risk: "write",
      input: z.strictObject({
        op: field(z.literal(11).default(11), "固定为 11（全员禁言）", "always 11, the mute"),
        groupParam: field(
          z.strictObject({
            groupId: GroupId,
            shutup: field(z.boolean(), "true 禁言，false 解除", "true mutes, false lifts it"),
          }),
          "要修改的群与状态",
          "which group, and what to",
        ),
      }),
      output: answer({}),
      traps: [
        {
          zh: "禁言会静默生效：用 `sendMsg#50` 公布后成员才会得知。",
          en: "It mutes silently: members are told when `sendMsg#50` announces it.",
        },
        {
          zh: "文档只给出 true；用 false 解除是推断。",
          en: "The document shows only true; that false lifts it is inferred.",
        },
        {
          zh: "同一操作的另一个 `op` 会删除群，因此这里固定了数值。",
          en: "Another `op` of the same operation deletes the group: the number is fixed here.",
        },
      ],
    },
  ),
  GroupMemberShutup: relayed(
    "GroupMemberShutup",
    { type: "GroupMemberShutup", path: "/group/groupMemberShutup" },
    {
      zh: "禁言群成员",
      en: "Mute a member",
      source: "68-http:534",
      seeds: ["http", "ws"],
      capabilities: ["members.mute"],
      permission: "members.mute",
      risk: "write",
      input: z.strictObject({
        targetUid: UserId,
        shutupTime: field(
          z.int().min(1).max(2_592_000),
          "禁言时长，按秒理解（文档未写单位）",
          "how long; seconds, as far as can be told: the document names no unit",
        ),
        groupId: GroupId,
      }),
      output: answer({}),
      traps: [
        { zh: "文档没有写明 shutupTime 的单位。", en: "The unit of shutupTime is not stated." },
        { zh: "文档没有给出解除方式。", en: "No way to lift it is documented." },
      ],
    },
  ),
};
