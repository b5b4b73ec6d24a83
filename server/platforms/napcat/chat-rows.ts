import { z } from "zod";
import { field } from "../field";
import {
  Count,
  Flag,
  groupId,
  Id,
  IdInput,
  Link,
  MaybeId,
  messageId,
  Nothing,
  row,
  Text,
  userId,
  Verdict,
} from "./field";
import { KnownFile } from "./file-source";
import { ReceivedMessage, ReceivedMessages } from "./received";

const traps = [
  {
    zh: "消息 ID 仅在当前 NapCat 实例内有效，重启后可能失效。",
    en: "A message's id is local to this NapCat and may mean nothing after its restart.",
  },
];

const page = {
  message_seq: field(
    z
      .string()
      .regex(/^-?\d{1,20}$/)
      .optional(),
    "从哪条消息 ID 开始，0 或不填为最新",
    "id of the message to begin with; 0 or nothing for the newest",
  ),
  count: field(z.int().min(1).max(100).default(20), "最多返回多少条", "how many at most"),
  reverseOrder: field(z.boolean().default(false), "是否倒序", "the other way round"),
  reverse_order: field(
    z.boolean().optional(),
    "是否倒序（NapCat 4.12 起的名称）",
    "the other way round, under its name from NapCat 4.12 on",
  ),
};

const historyTraps = [
  { zh: "message_seq 填的是消息 ID。", en: "message_seq takes a message's id." },
  {
    zh: "没有历史消息时会报错，提示消息不存在。",
    en: "An empty history is an error that says the message does not exist.",
  },
  {
    zh: "自 NapCat 4.12 起 reverseOrder 改名为 reverse_order。",
    en: "reverseOrder is called reverse_order from NapCat 4.12 on.",
  },
];

const fileAnswer = z.looseObject({
  file: field(Text, "NapCat 主机上的路径", "where it lies on NapCat's host"),
  url: Link,
  file_size: field(Text.or(z.number().transform(String)), "文件大小（字节）", "size in bytes"),
  file_name: field(Text, "文件名", "name"),
  base64: field(Text, "Base64 内容", "the content, in base64"),
});

const oneFile = {
  file: field(KnownFile.optional(), "消息中的文件名，与 file_id 二选一", "name from a message, or else file_id"),
  file_id: field(KnownFile.optional(), "消息中的文件 ID，与 file 二选一", "id from a message, or else file"),
};

/** One file is asked for, by exactly one of its names. */
function isOne(value: { file?: string | undefined; file_id?: string | undefined }): boolean {
  return (value.file === undefined) !== (value.file_id === undefined);
}
const one = { path: ["file"], message: "exactly one of file and file_id" };

/** Conversations: reading them, and what is done to a single message. */
export const chatRows = {
  get_recent_contact: row("get_recent_contact", {
    zh: "最近消息列表",
    en: "List recent conversations",
    line: 1318,
    capabilities: ["conversations.list"],
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ count: field(z.int().min(1).max(200).default(10), "会话数量", "how many conversations") }),
    output: z.array(
      z.looseObject({
        lastestMsg: field(ReceivedMessage.nullish(), "最新一条消息", "its latest message"),
        peerUin: field(Id, "对方账号或群号", "the person or the group"),
        peerName: field(Text, "对方名称", "its name"),
        remark: Text,
        msgTime: field(MaybeId, "消息时间（秒）", "when, in unix seconds"),
        chatType: field(Count, "会话类型：1 私聊，2 群聊", "kind: 1 private, 2 group"),
        msgId: MaybeId,
        sendNickName: field(Text, "发送者昵称", "the sender's name"),
        sendMemberName: field(Text, "发送者群名片", "the sender's card in the group"),
      }),
    ),
    traps: [{ zh: "lastestMsg 是接口的实际拼写。", en: "lastestMsg is the wire's spelling." }],
  }),
  get_group_msg_history: row("get_group_msg_history", {
    zh: "获取群历史消息",
    en: "Read a group's history",
    line: 2881,
    capabilities: ["messages.history"],
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId, ...page }),
    output: ReceivedMessages,
    traps: historyTraps,
  }),
  get_friend_msg_history: row("get_friend_msg_history", {
    zh: "获取好友历史消息",
    en: "Read the history with a friend",
    line: 3548,
    capabilities: ["messages.history"],
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ user_id: userId, ...page }),
    output: ReceivedMessages,
    traps: historyTraps,
  }),
  get_msg: row("get_msg", {
    zh: "获取消息详情",
    en: "Get a message",
    line: 3167,
    capabilities: ["messages.get"],
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ message_id: messageId }),
    output: ReceivedMessage,
    traps: [{ zh: "文档示例是 null，实际会返回消息。", en: "The document shows null; a message arrives." }, ...traps],
  }),
  delete_msg: row("delete_msg", {
    zh: "撤回消息",
    en: "Recall a message",
    line: 2826,
    capabilities: ["messages.recall"],
    permission: "messages.recall",
    risk: "destructive",
    target: ["message_id"],
    input: z.strictObject({ message_id: messageId }),
    output: Nothing,
    traps,
  }),
  get_image: row("get_image", {
    zh: "获取图片消息详情",
    en: "Get a picture of a message",
    line: 4156,
    permission: "files.view",
    risk: "read",
    input: z.strictObject(oneFile).refine(isOne, one),
    output: fileAnswer,
    traps: [
      {
        zh: "可能返回 NapCat 所在主机上的文件内容，因此不接受路径。",
        en: "Can answer the content of files on NapCat's host: paths are not taken.",
      },
    ],
  }),
  get_record: row("get_record", {
    zh: "获取语音消息详情",
    en: "Get a voice message",
    line: 4075,
    permission: "files.view",
    risk: "read",
    input: z
      .strictObject({
        ...oneFile,
        out_format: field(
          z.enum(["mp3", "amr", "wma", "m4a", "spx", "ogg", "wav", "flac"]),
          "输出格式",
          "format of the answer",
        ),
      })
      .refine(isOne, one),
    output: fileAnswer,
    traps: [
      {
        zh: "可能返回 NapCat 所在主机上的文件内容，因此不接受路径。",
        en: "Can answer the content of files on NapCat's host: paths are not taken.",
      },
    ],
  }),
  mark_msg_as_read: row("mark_msg_as_read", {
    zh: "设置消息已读",
    en: "Mark a conversation as read",
    line: 357,
    permission: "messages.send",
    risk: "write",
    input: z
      .strictObject({
        group_id: field(IdInput.optional(), "群号，与 user_id 二选一", "the group, or else user_id"),
        user_id: field(IdInput.optional(), "QQ 号，与 group_id 二选一", "the person, or else group_id"),
      })
      .refine((value) => (value.group_id === undefined) !== (value.user_id === undefined), {
        path: ["group_id"],
        message: "exactly one of group_id and user_id",
      }),
    output: Nothing,
  }),
  mark_private_msg_as_read: row("mark_private_msg_as_read", {
    zh: "设置私聊已读",
    en: "Mark a private conversation as read",
    line: 978,
    capabilities: ["messages.read"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ user_id: userId }),
    output: Nothing,
  }),
  mark_group_msg_as_read: row("mark_group_msg_as_read", {
    zh: "设置群聊已读",
    en: "Mark a group's conversation as read",
    line: 1033,
    capabilities: ["messages.read"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId }),
    output: Nothing,
  }),
  _mark_all_as_read: row("_mark_all_as_read", {
    zh: "设置所有消息已读",
    en: "Mark everything as read",
    line: 1849,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({}),
    output: Nothing,
    traps: [
      {
        zh: "无法撤销：之后无从得知原来有哪些未读。",
        en: "Cannot be taken back: what was unread is not known afterwards.",
      },
    ],
  }),
  set_msg_emoji_like: row("set_msg_emoji_like", {
    zh: "贴表情",
    en: "React to a message",
    line: 3484,
    capabilities: ["messages.react"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      message_id: messageId,
      emoji_id: field(z.int().min(0).max(1_000_000), "表情 ID", "number of the face"),
      set: field(z.boolean(), "true 贴上，false 取消", "true adds it, false takes it back"),
    }),
    output: Verdict,
    traps: [{ zh: "不填 set 时按 true 处理。", en: "Left out, set means true." }, ...traps],
  }),
  fetch_emoji_like: row("fetch_emoji_like", {
    zh: "获取贴表情详情",
    en: "List who reacted to a message",
    line: 3834,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({
      message_id: messageId,
      emojiId: field(z.string().regex(/^\d{1,7}$/), "表情 ID", "number of the face"),
      emojiType: field(z.string().regex(/^\d{1,3}$/), "表情类型", "kind of face"),
      count: field(z.int().min(1).max(100).default(20), "最多返回多少人", "how many people at most"),
    }),
    output: Verdict.extend({
      emojiLikesList: z
        .array(z.looseObject({ tinyId: field(Id, "账号", "the person"), nickName: Text, headUrl: Link }))
        .nullish()
        .transform((value) => value ?? []),
      cookie: field(Text, "翻页标记", "where the next page begins"),
      isLastPage: Flag,
      isFirstPage: Flag,
    }),
    traps: [{ zh: "实际传输时即为驼峰命名。", en: "CamelCase is the wire's." }],
  }),
  send_poke: row("send_poke", {
    zh: "发送戳一戳",
    en: "Poke somebody",
    line: 2765,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      user_id: userId,
      group_id: field(IdInput.optional(), "群号，不填则为私聊戳", "in this group; in private when left out"),
      target_id: field(IdInput.optional(), "戳一戳对象", "who is poked, if not the person above"),
    }),
    output: Nothing,
    traps: [{ zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." }],
  }),
  group_poke: row("group_poke", {
    zh: "发送群聊戳一戳",
    en: "Poke somebody in a group",
    line: 4527,
    capabilities: ["messages.poke"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId, user_id: userId }),
    output: Nothing,
    traps: [{ zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." }],
  }),
  friend_poke: row("friend_poke", {
    zh: "发送私聊戳一戳",
    en: "Poke a friend",
    line: 4764,
    capabilities: ["messages.poke"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      user_id: userId,
      target_id: field(IdInput.optional(), "戳一戳对象，可不填", "who is poked, if not the friend"),
    }),
    output: Nothing,
    traps: [{ zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." }],
  }),
  set_input_status: row("set_input_status", {
    zh: "设置输入状态",
    en: "Show that the account is typing",
    line: 9426,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      user_id: userId,
      event_type: field(
        z.union([z.literal(0), z.literal(1)]),
        "0 对方正在说话，1 对方正在输入",
        "0 is speaking, 1 is typing",
      ),
    }),
    output: Verdict,
    traps: [{ zh: "没有用于停止的取值。", en: "There is no value that stops it." }],
  }),
};
