import { z } from "zod";
import { field } from "../field";
import { sendableChatTypes, sendableInWords } from "./chat-type";
import { GroupId, MessageId, row, UserId } from "./field";

/** The helper takes a line break as the two characters backslash and n. */
const Content = z
  .string()
  .min(1)
  .max(10_000)
  .transform((text) => text.replace(/\r\n|\r|\n/g, "\\n"));

const ChatId = field(UserId, "好友 uid 或群组 ID", "uid of the friend or id of the group");
const Peer = field(z.enum(["friend", "group"]), "friend 好友，group 群组", "friend or group");
const ownId = z.string().regex(/^[1-9]\d{10}$/, "11 digits, the first not 0");
const CustomId = field(
  ownId.optional(),
  "自定义消息 ID：11 位数字，首位不为 0，不可重复；留空由系统生成",
  "our own id of the message: 11 digits, the first not 0, never used twice; made by the desk when left out",
);
const Quote = field(z.null().default(null), "引用，暂不支持", "what is quoted; the document shows null only");
const Text = field(z.literal("text").default("text"), "固定为 text", "always text");

/** A message to a group that announces what was done to it. */
function announcement<C extends 8 | 50, F extends z.ZodRawShape>(chatType: C, flags: F) {
  const Values = z.strictObject({
    chatType: field(z.literal(chatType), `固定为 ${chatType}`, `always ${chatType}`),
    content: field(Content, "消息内容", "what it says"),
    ...flags,
  });
  const Part = z.strictObject({ type: Text, values: field(Values, "内容", "the content") });
  return z.strictObject({
    id: field(GroupId, "群组 ID", "id of the group"),
    type: field(z.literal("group").default("group"), "固定为 group", "always group"),
    custom_msg_id: CustomId,
    list: field(z.array(Part).length(1), "消息，仅一条", "the message, exactly one"),
  });
}

const overSocket = {
  zh: "文档只列出 WebSocket 方式；就目前所知，HTTP 也接受同样的消息。",
  en: "Documented over WebSocket only; HTTP takes the same message, as far as can be told.",
};
const accepted = {
  zh: "返回“success”只表示已受理；是否送达只能从推送 msgListPropertyUpdate 得知。",
  en: "“success” is acceptance: whether it arrived, only the push msgListPropertyUpdate tells.",
};

/** Messages, and what announces a group's changes. */
export const messageRows = {
  sendMsg: row("sendMsg", "/sendMsg", {
    zh: "发送消息",
    en: "Send a message",
    source: "68-http:194",
    seeds: ["http", "ws"],
    capabilities: ["messages.send"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      id: ChatId,
      type: Peer,
      custom_msg_id: CustomId,
      list: field(
        z
          .array(
            z.strictObject({
              type: Text,
              values: field(
                z.strictObject({
                  chatType: field(
                    z.literal(sendableChatTypes).default(0),
                    `消息类型：${sendableInWords("zh")}`,
                    `kind: ${sendableInWords("en")}`,
                  ),
                  content: field(Content, "消息内容，换行会自动转换", "what it says; line breaks are converted"),
                }),
                "内容",
                "the content",
              ),
            }),
          )
          .min(1)
          .max(10),
        "消息列表",
        "the messages",
      ),
      quoteInfo: Quote,
    }),
    output: z.literal("success"),
    traps: [
      accepted,
      { zh: "文档要求 11 位数字，示例却是 12 位。", en: "The document asks for 11 digits and shows 12." },
      {
        zh: "文档只给出类型 0，其余取自推送内容。",
        en: "The document shows kind 0 only; the others are from what pushes carry.",
      },
      {
        zh: "文本中的反斜杠加 n 会变成换行，无法原样发送。",
        en: "A backslash followed by n in the text becomes a line break: it cannot be sent as it is.",
      },
    ],
  }),
  "sendMsg#8": row("sendMsg#8", "/sendMsg", {
    zh: "发送群通知变更消息",
    en: "Announce a group's new notice",
    source: "68-ws:581",
    seeds: ["ws"],
    capabilities: ["notices.publish"],
    permission: "notices.manage",
    risk: "write",
    input: announcement(8, {
      bfAll: field(z.boolean().default(true), "是否提醒所有人", "does it call everybody's attention"),
    }),
    output: z.literal("success"),
    traps: [
      {
        zh: "它只负责公布，不作任何更改：设置通知要用 `GroupUpdate#12`。",
        en: "It announces and changes nothing: `GroupUpdate#12` sets the notice.",
      },
      overSocket,
      accepted,
    ],
  }),
  "sendMsg#50": row("sendMsg#50", "/sendMsg", {
    zh: "发送全员禁言消息",
    en: "Announce a group's mute",
    source: "68-ws:624",
    seeds: ["ws"],
    capabilities: ["groups.muteAll"],
    permission: "members.mute",
    risk: "write",
    input: announcement(50, {
      bfShutup: field(z.boolean(), "true 已禁言，false 已解除", "true says muted, false says lifted"),
    }),
    output: z.literal("success"),
    traps: [
      {
        zh: "它只是一句声明：不执行 `GroupUpdate#11` 就不会有人被禁言。",
        en: "It is a claim: without `GroupUpdate#11` nobody is muted.",
      },
      overSocket,
      accepted,
    ],
  }),
  sendFile: row("sendFile", "/sendFile", {
    zh: "发送文件",
    en: "Send a file",
    source: "68-http:227",
    seeds: ["http", "ws"],
    permission: "files.manage",
    risk: "write",
    input: z.strictObject({
      file: field(
        z.string().min(1).max(1000),
        "68 助手所在电脑上的文件路径",
        "path of a file on the computer that the helper runs on",
      ),
      type: Peer,
      custom_msg_id: CustomId,
      id: ChatId,
    }),
    output: z.literal("success"),
    traps: [
      {
        zh: "助手能读取的任何文件都会被发送，并不是从这里上传。",
        en: "Any file that the helper can read is sent: nothing is uploaded from here.",
      },
      accepted,
    ],
  }),
  deleteMsg: row("deleteMsg", "/deleteMsg", {
    zh: "删除消息",
    en: "Delete a message",
    source: "68-http:509",
    seeds: ["http"],
    transports: ["http"],
    capabilities: ["messages.recall"],
    permission: "messages.recall",
    risk: "destructive",
    target: ["msgId"],
    input: z.strictObject({
      id: ChatId,
      type: Peer,
      customMsgId: field(
        z.string().regex(/^\d{11,12}$/, "11 or 12 digits"),
        "发送时的自定义消息 ID",
        "our own id that the message was sent under",
      ),
      msgId: MessageId,
      isRemoteDeletion: field(
        z.boolean(),
        "true 双方都删除，false 仅删除本地",
        "true deletes it on both sides, false here only",
      ),
    }),
    output: z.literal("ok"),
    traps: [
      {
        zh: "ID 在发送时是下划线命名，在这里是驼峰命名。",
        en: "The id is snake case when sending and camel case here.",
      },
      {
        zh: "msgId 只能从推送 msgListPropertyUpdate 得知，因此只用 HTTP 时无法删除。",
        en: "msgId is told by the push msgListPropertyUpdate only, so who speaks HTTP alone cannot delete.",
      },
      { zh: "文档只列出 HTTP 方式。", en: "Documented over HTTP only." },
    ],
  }),
};
