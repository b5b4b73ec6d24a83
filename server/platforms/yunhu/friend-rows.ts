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
  sourceType: WireCount,
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
const int64 = "64-bit numbers are decoded as text; the unit of the times is not stated.";
const jsonError = "A wrong token is answered with JSON where protobuf is expected.";
const beyond = "Not in the vendor's document: taken from public clients, never seen against a live service.";

/** People, groups and bots: the address book, and who asks to be in it. */
export const friendRows = {
  apply: row("apply", {
    zh: "申请添加用户或机器人",
    en: "Ask to add a person or a bot",
    line: 6,
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ chatId: ChatId, chatType: PersonOrBot, remark: Remark }),
    output: Said,
    traps: ["-9 means that it is there already.", "Success is code 1, not 0."],
  }),
  "apply#2": row("apply#2", {
    zh: "申请加入群聊",
    en: "Ask to join a group",
    line: 6,
    permission: "groups.manage",
    risk: "write",
    input: z.strictObject({ chatId: ChatId, chatType: Group, remark: Remark }),
    output: Said,
    traps: ["-9 means that the account is in it already.", "Success is code 1, not 0."],
  }),
  "delete-friend": row("delete-friend", {
    zh: "删除好友或机器人",
    en: "Delete a friend or a bot",
    line: 21,
    permission: "friends.remove",
    risk: "destructive",
    input: z.strictObject({ chatId: ChatId, chatType: PersonOrBot }),
    output: Said,
    traps: ["With another chatType the same operation leaves a group: that is a row of its own."],
  }),
  "delete-friend#2": row("delete-friend#2", {
    zh: "退出群聊",
    en: "Leave a group",
    line: 21,
    permission: "groups.leave",
    risk: "destructive",
    input: z.strictObject({ chatId: ChatId, chatType: Group }),
    output: Said,
    traps: ["Its name says friend; with chatType 2 the account leaves the group.", "The owner cannot leave (-1)."],
  }),
  "agree-apply": row("agree-apply", {
    zh: "处理收到的申请",
    en: "Answer a request that the account received",
    line: 35,
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({ id: RequestId, agree: Agree }),
    output: Said,
    traps: [
      "3 and 4 are states that the server shows (expired, dissolved), not answers: they are not offered.",
      "It is for friend requests and invitations; who runs a group lets people in with `agree-invite`.",
    ],
  }),
  "address-book-list": row("address-book-list", {
    zh: "获取通讯录",
    en: "Read the address book",
    line: 49,
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
      "number is field 2 and no number: it is the MD5 of the book one has, and when it is the same the list comes empty, as if there were no friends.",
      "The document's example and its schema name the fields differently; only their numbers travel.",
      "Newer servers put the remark where the document has the name.",
      jsonError,
    ],
  }),
  "request-list": row("request-list", {
    zh: "获取申请列表",
    en: "List requests",
    line: 96,
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
      "The document shows no body; newer clients send one, whose field number is not certain.",
      "The example misspells its own fields; only their numbers travel.",
      "Field 8 repeats the inviter; 15 and 21 are not known.",
      int64,
      "inviteAtStr need not be a date.",
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
    traps: ["There is no chatType, although a person, a group and a bot may have the same id."],
  }),
  "agree-invite": row("agree-invite", {
    zh: "处理入群申请（群主与管理员）",
    en: "Answer a request to join (owner and admins)",
    line: null,
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
    input: z.strictObject({ id: RequestId }),
    output: Said,
    traps: [beyond, "The request is gone from the list, answered or not."],
  }),
};
