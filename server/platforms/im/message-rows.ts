import { z } from "zod";
import { field } from "../field";
import type { Row } from "../row";
import { WireFlag, WireId, WireSwitch, WireText, WireTime } from "../wire";
import { Done, page, row, UserId } from "./field";

export const messageTypes = ["text", "pic", "voice", "video", "geo", "file"] as const;

const PeerId = field(UserId, "好友或群组 ID", "id of the friend or group");
const Ope = field(z.enum(["friend", "group"]), "friend 好友，group 群组", "friend or group");
const MessageType = z.enum(messageTypes);

/** `type` and `status` are kept as they come: pushes and newer servers know more of them than the document. */
export const ChatMessage = z.looseObject({
  id: field(WireId, "消息 ID", "id of the message"),
  createdAt: WireTime,
  fromId: WireId,
  toId: WireId,
  ope: z.string(),
  type: z.string(),
  body: field(WireText, "内容", "what it says"),
  isPrivate: WireFlag,
  status: field(WireText, "normal 正常，revocation 已撤回", "normal, or revocation: recalled"),
});
export const LoggedMessage = z.looseObject({
  ...ChatMessage.shape,
  isRead: WireFlag,
  self: field(WireFlag, "是否自己发送", "sent by the account itself"),
});

/** The one operation over the socket. Sent as a frame; nothing answers it. */
const Typing = z.strictObject({
  toId: field(UserId, "好友 ID", "id of the friend"),
  ope: field(z.literal("friend").default("friend"), "固定为 friend", "always friend"),
  type: field(z.literal("input").default("input"), "固定为 input", "always input"),
  status: field(z.enum(["normal", "finish"]), "normal 正在输入，finish 输入结束", "normal: typing; finish: stopped"),
});

const typing: Row<typeof Typing, typeof Done> = {
  id: "im.ws",
  platform: "im",
  operation: "ws",
  // The document writes the whole path here and nowhere else; like all others it is relative to /api/v1.
  route: { method: "GET", path: "/ws" },
  transports: ["ws"],
  title: { zh: "发送正在输入状态", en: "Tell a friend that the account is typing" },
  source: "im:2737",
  seeds: ["im.ws"],
  capabilities: [],
  permission: "messages.send",
  risk: "write",
  input: Typing,
  output: Done,
  secrets: { input: [], output: [] },
  traps: [
    {
      zh: "文档写的是完整路径，与基础地址拼接会重复。",
      en: "The document's path is the whole one: joined to the base it would be doubled.",
    },
    {
      zh: "没有任何回执，新版服务器还会丢弃它，只接受 ping。",
      en: "Nothing acknowledges it, and newer servers drop it: they take pings only.",
    },
    {
      zh: "关闭账号的一个连接会使其所有连接都收不到推送，因此每个账号只保持一个连接。",
      en: "Closing one socket of an account ends the pushes to all of them: there is one connection an account.",
    },
  ],
};

/** Messages, and the socket that carries them. */
export const messageRows = {
  ws: typing,
  "post.chat.send": row("POST", "/chat/send", {
    zh: "发送消息",
    en: "Send a message",
    line: 2756,
    capabilities: ["messages.send"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      toId: PeerId,
      ope: Ope,
      type: field(
        MessageType,
        "类型：text 文字、pic 图片、voice 语音、video 视频、geo 位置、file 文件",
        "kind: text, pic, voice, video, geo (a place) or file",
      ),
      isPrivate: field(WireSwitch.prefault(false), "是否加密", "is it encrypted"),
      body: field(
        z.string().min(1).max(60_000),
        "内容：文字直接填写，其他类型填写 JSON 文本（含 content、thumb、fileUrl、filePath、fileName）",
        "what it says: plain for text, a JSON text for the others (content, thumb, fileUrl, filePath, fileName)",
      ),
    }),
    output: ChatMessage,
    traps: [
      {
        zh: "同一数字可能既是好友又是群，由 ope 决定发给谁。",
        en: "The same number can be a friend and a group: ope decides who gets it.",
      },
      {
        zh: "body 的说明用数字表示类型（1、2、3、4、6），字段本身用名称。",
        en: "The notes on the body number the kinds (1, 2, 3, 4, 6), the field names them.",
      },
      { zh: "isPrivate 传入时是文本，返回时是布尔值。", en: "isPrivate goes in as text and comes out as a boolean." },
    ],
  }),
  "post.chat.revocation": row("POST", "/chat/revocation", {
    zh: "撤回消息",
    en: "Recall a message",
    line: 2825,
    capabilities: ["messages.recall"],
    permission: "messages.recall",
    risk: "destructive",
    target: ["id"],
    input: z.strictObject({ toId: PeerId, id: field(UserId, "消息 ID", "id of the message"), ope: Ope }),
    output: Done,
    traps: [{ zh: "只能撤回自己的消息，且限两分钟内。", en: "Own messages only, within two minutes." }],
  }),
  "post.chat.read": row("POST", "/chat/read", {
    zh: "标记消息已读",
    en: "Mark messages as read",
    line: 2859,
    capabilities: ["messages.read"],
    permission: "messages.send",
    risk: "write",
    // The document calls it optional; without it the server has nothing to mark.
    input: z.strictObject({ toId: PeerId }),
    output: Done,
    traps: [
      {
        zh: "没有 ope：好友与群号码相同时，无法说明指的是哪一个。",
        en: "There is no ope: where a friend and a group share a number, it cannot be said which is meant.",
      },
    ],
  }),
  "get.chat.messages": row("GET", "/chat/messages", {
    zh: "获取聊天记录",
    en: "Read past messages",
    line: 2889,
    capabilities: ["messages.history"],
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({
      toId: PeerId,
      messageType: field(MessageType.optional(), "只看某一类型", "only of this kind"),
      limit: field(z.int().min(1).max(500).optional(), "每页数量，文档未列出", "entries a page; not in the document"),
      page: field(z.int().min(1).optional(), "页码，文档未列出", "page; not in the document"),
      sort: field(
        z.enum(["id:asc", "id:desc"]).optional(),
        "排序，文档未列出；默认从最早的消息开始",
        "order; not in the document; oldest first unless said",
      ),
    }),
    output: page(LoggedMessage),
    traps: [
      {
        zh: "不填文档未列出的 limit、page 和 sort 时，返回最早的 50 条。",
        en: "Without limit, page and sort, which the document does not have, the oldest 50 come.",
      },
      {
        zh: "只匹配两人之间的消息：对群而言只会返回自己的消息。",
        en: "It matches two people only: of a group, one's own messages are all that comes.",
      },
      {
        zh: "文档没有给出返回示例，这里采用服务器的结构。",
        en: "The document shows no answer; this shape is the server's.",
      },
    ],
  }),
};
