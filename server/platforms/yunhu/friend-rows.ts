import { z } from "zod";
import { field } from "../field";
import { WireCount, WireFlag, WireId, WireSwitch, WireText, WireTime, wireList } from "../wire";
import { Agree, ChatId, Group, PersonOrBot, RequestId, row, Said, Status } from "./field";

/**
 * One chat of the address book, decoded. Field 2 was the name and is the remark in newer servers, where field 8 is the
 * name: the decoder fills both.
 */
export const BookEntry = z.looseObject({
  chat_id: field(WireId, "对象 ID", "id of the chat"),
  name: field(WireText, "名称", "name"),
  remark: field(WireText, "备注（新版字段）", "remark, of newer servers"),
  avatar_url: WireText,
  permisson_level: field(
    WireCount.transform((level) => level ?? 0),
    "群权限：0 普通成员、2 管理员、100 群主",
    "rank in the group: 0 member, 2 admin, 100 owner",
  ),
  noDisturb: field(WireFlag, "是否免打扰", "are its notifications off"),
});
export const BookSection = z.looseObject({
  list_name: field(WireText, "列表名称", "name of the section"),
  chat_type: field(WireCount, "对象类型（新版字段）", "kind of its chats, of newer servers"),
  data: wireList(BookEntry),
});

/** A request, decoded. Numbers of 64 bits are text; protobuf leaves out what is 0 or empty. */
export const RequestEntry = z.looseObject({
  requestId: field(WireId, "申请 ID", "id of the request"),
  receiverName: WireText,
  receiverAvatar: WireText,
  receiverId: WireText,
  name: field(WireText, "申请人名称", "name of who asks"),
  avatar: WireText,
  groupName: field(WireText, "群名称", "name of the group"),
  groupAvatar: WireText,
  inviterId: field(WireText, "邀请人 ID", "id of who invites"),
  inviterAgain: field(WireText, "邀请人 ID（字段 8，含义相同）", "id of who invites, once more (field 8)"),
  sourceType: field(WireCount, "来源类型", "kind of the source"),
  targetType: field(WireCount, "目标类型", "kind of the target"),
  targetId: field(WireText, "目标 ID", "id of the target"),
  result: field(
    WireCount.transform((result) => result ?? 0),
    "处理结果，0 为待处理",
    "what was answered; 0 waits",
  ),
  processedAt: WireTime,
  inviteAt: field(WireTime, "申请时间（单位未写明）", "when they asked; the unit is not stated"),
  inviteAtStr: WireText,
  botName: WireText,
  botAvatar: WireText,
  processorName: field(WireText, "处理人", "who answered it"),
  note: field(WireText, "附言", "what they wrote"),
});

const Remark = field(z.string().max(200).default(""), "申请附言", "what to write to them");
const int64 = {
  zh: "64 位数字解码为文本；时间的单位没有写明。",
  en: "64-bit numbers are decoded as text; the unit of the times is not stated.",
};
const jsonError = {
  zh: "令牌错误时，本应返回 protobuf 的地方会返回 JSON。",
  en: "A wrong token is answered with JSON where protobuf is expected.",
};
const beyond = {
  zh: "厂商文档中没有：取自公开的客户端，未在真实服务上验证。",
  en: "Not in the vendor's document: taken from public clients, never seen against a live service.",
};

/** People, groups and bots: the address book, and who asks to be in it. */
export const friendRows = {
  apply: row("apply", {
    zh: "申请添加用户或机器人",
    en: "Ask to add a person or a bot",
    line: 6,
    capabilities: ["friends.add"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ chatId: ChatId, chatType: PersonOrBot, remark: Remark }),
    output: Said,
    traps: [
      { zh: "-9 表示已经添加过。", en: "-9 means that it is there already." },
      { zh: "code 为 1 才是成功，不是 0。", en: "Success is code 1, not 0." },
    ],
  }),
  "apply#2": row("apply#2", {
    zh: "申请加入群聊",
    en: "Ask to join a group",
    line: 6,
    capabilities: ["groups.join"],
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({ chatId: ChatId, chatType: Group, remark: Remark }),
    output: Said,
    traps: [
      { zh: "-9 表示账号已在群中。", en: "-9 means that the account is in it already." },
      { zh: "code 为 1 才是成功，不是 0。", en: "Success is code 1, not 0." },
    ],
  }),
  "delete-friend": row("delete-friend", {
    zh: "删除好友或机器人",
    en: "Delete a friend or a bot",
    line: 21,
    capabilities: ["friends.remove"],
    permission: "friends.remove",
    risk: "destructive",
    target: ["chatId"],
    input: z.strictObject({ chatId: ChatId, chatType: PersonOrBot }),
    output: Said,
    traps: [
      {
        zh: "同一操作换一个 chatType 就是退群，那是单独的一项。",
        en: "With another chatType the same operation leaves a group: that is a row of its own.",
      },
    ],
  }),
  "delete-friend#2": row("delete-friend#2", {
    zh: "退出群聊",
    en: "Leave a group",
    line: 21,
    capabilities: ["groups.leave"],
    permission: "groups.leave",
    risk: "destructive",
    target: ["chatId"],
    input: z.strictObject({ chatId: ChatId, chatType: Group }),
    output: Said,
    traps: [
      {
        zh: "名称虽是删除好友，chatType 为 2 时是退出群聊。",
        en: "Its name says friend; with chatType 2 the account leaves the group.",
      },
      { zh: "群主不能退出（-1）。", en: "The owner cannot leave (-1)." },
    ],
  }),
  "agree-apply": row("agree-apply", {
    zh: "处理收到的申请",
    en: "Answer a request that the account received",
    line: 35,
    capabilities: ["requests.answer"],
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({ id: RequestId, agree: Agree }),
    output: Said,
    traps: [
      {
        zh: "3 和 4 是服务器显示的状态（已过期、已解散），不是处理结果，因此不提供。",
        en: "3 and 4 are states that the server shows (expired, dissolved), not answers: they are not offered.",
      },
      {
        zh: "用于好友申请和收到的邀请；群主与管理员审批入群要用 `agree-invite`。",
        en: "It is for friend requests and invitations; who runs a group lets people in with `agree-invite`.",
      },
    ],
  }),
  "address-book-list": row("address-book-list", {
    zh: "获取通讯录",
    en: "Read the address book",
    line: 49,
    capabilities: ["friends.list", "groups.list", "groups.get"],
    body: "protobuf",
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({
      number: field(
        z.string().max(64).default(""),
        "已缓存通讯录的 MD5，留空则总是返回全部",
        "MD5 of the book one already has; left empty, everything comes",
      ),
    }),
    output: z.looseObject({
      status: Status,
      data: wireList(BookSection),
      md5: field(WireText, "通讯录的 MD5（新版字段）", "MD5 of the book, of newer servers"),
      isUnchanged: field(
        WireFlag,
        "与所给 MD5 一致，未返回内容（并非没有好友）",
        "it is the book whose MD5 was given, and came empty for that; not a book without friends",
      ),
    }),
    traps: [
      {
        zh: "number 是第 2 个字段，也不是数字，而是已有通讯录的 MD5；一致时返回空列表，看起来像没有好友。",
        en: "number is field 2 and no number: it is the MD5 of the book one has, and when it is the same the list comes empty, as if there were no friends.",
      },
      {
        zh: "文档的示例与结构中字段名不一致，实际传输的只有字段编号。",
        en: "The document's example and its schema name the fields differently; only their numbers travel.",
      },
      {
        zh: "新版服务器在文档所写的名称位置放的是备注。",
        en: "Newer servers put the remark where the document has the name.",
      },
      jsonError,
    ],
  }),
  "request-list": row("request-list", {
    zh: "获取申请列表",
    en: "List requests",
    line: 96,
    capabilities: ["requests.list", "requests.check"],
    body: "protobuf",
    permission: "requests.view",
    risk: "read",
    input: z.strictObject({}),
    output: z.looseObject({
      status: Status,
      requests: wireList(RequestEntry),
      total: field(WireCount, "申请总数", "how many there are"),
      pending: field(WireCount, "待处理数", "how many wait"),
    }),
    traps: [
      {
        zh: "文档没有给出请求体；新版客户端会发送，但字段编号不确定。",
        en: "The document shows no body; newer clients send one, whose field number is not certain.",
      },
      {
        zh: "文档示例把字段名写错了，实际传输的只有字段编号。",
        en: "The example misspells its own fields; only their numbers travel.",
      },
      {
        zh: "字段 8 与邀请人重复，字段 15 和 21 含义不明。",
        en: "Field 8 repeats the inviter; 15 and 21 are not known.",
      },
      int64,
      { zh: "inviteAtStr 不一定是日期。", en: "inviteAtStr need not be a date." },
      jsonError,
    ],
  }),
  "no-notify": row("no-notify", {
    zh: "设置会话免打扰",
    en: "Switch a chat's notifications off or on",
    line: 160,
    permission: "profile.manage",
    risk: "write",
    input: z.strictObject({
      chatId: ChatId,
      noNotify: field(WireSwitch, "true 开启免打扰，false 取消", "true switches them off, false on"),
    }),
    output: Said,
    traps: [
      {
        zh: "没有 chatType，而用户、群和机器人可能有相同的 ID。",
        en: "There is no chatType, although a person, a group and a bot may have the same id.",
      },
    ],
  }),
  "agree-invite": row("agree-invite", {
    zh: "处理入群申请（群主与管理员）",
    en: "Answer a request to join (owner and admins)",
    line: null,
    capabilities: ["requests.answer"],
    folder: "group",
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({ id: RequestId, agree: Agree }),
    output: Said,
    traps: [beyond],
  }),
  "ignore-apply": row("ignore-apply", {
    zh: "忽略申请",
    en: "Ignore a request",
    line: null,
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({
      id: RequestId,
      ignore: field(z.literal(1).default(1), "固定为 1", "always 1"),
    }),
    output: Said,
    traps: [beyond],
  }),
  "delete-request": row("delete-request", {
    zh: "删除申请记录",
    en: "Delete a request from the list",
    line: null,
    permission: "requests.decide",
    risk: "destructive",
    target: ["id"],
    input: z.strictObject({ id: RequestId }),
    output: Said,
    traps: [
      beyond,
      { zh: "无论是否已处理，该申请都会从列表中消失。", en: "The request is gone from the list, answered or not." },
    ],
  }),
};
