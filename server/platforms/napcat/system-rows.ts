import { z } from "zod";
import { field } from "../field";
import { Count, Id, IdInput, Nothing, nothing, row, Text } from "./field";

const stub = z.union([z.null(), z.looseObject({}), z.array(z.unknown())]).optional();

/** An event as it was pushed, in as much as NapCat looks at it. */
const EventContext = z.strictObject({
  post_type: field(z.enum(["message", "request"]), "事件类型", "kind of event"),
  message_type: field(z.enum(["private", "group"]).optional(), "消息类型", "kind of message"),
  request_type: field(z.enum(["friend", "group"]).optional(), "请求类型", "kind of request"),
  sub_type: field(z.string().max(50).optional(), "子类型", "kind within the kind"),
  self_id: field(IdInput.optional(), "机器人账号", "the account"),
  user_id: field(IdInput, "QQ 号", "the person's number"),
  group_id: field(IdInput.optional(), "群号", "the group's number"),
  message_id: field(
    z
      .string()
      .regex(/^-?\d{1,20}$/)
      .optional(),
    "消息 ID",
    "id of the message",
  ),
  flag: field(z.string().min(1).max(512).optional(), "请求的 flag", "flag of the request"),
});

/** Either an answer to a message or a decision about a request; the rest of OneBot's operations NapCat drops in silence. */
const QuickOperation = z.union([
  z.strictObject({
    reply: field(z.string().min(1).max(20_000), "回复内容", "the answer"),
    auto_escape: field(z.literal(true), "按纯文本发送，只能为 true", "only true: codes in the text stay text"),
    at_sender: field(z.boolean().optional(), "是否提醒发送者", "mention the sender"),
  }),
  z.strictObject({
    approve: field(z.boolean(), "true 通过，false 拒绝", "true accepts, false refuses"),
    reason: field(z.string().max(200).optional(), "拒绝理由", "told to the applicant when refused"),
  }),
]);

/** NapCat itself: its process, its raw packets, and operations that are none. */
export const systemRows = {
  ".handle_quick_operation": row(".handle_quick_operation", {
    zh: "对事件执行快速操作",
    en: "Quick operation on an event",
    line: 9500,
    permission: "platform.manage",
    risk: "destructive",
    target: ["context.user_id"],
    input: z
      .strictObject({
        context: field(EventContext, "事件数据", "the event"),
        operation: field(QuickOperation, "快速操作", "what is done about it"),
      })
      .refine((value) => (value.context.post_type === "request") === "approve" in value.operation, {
        path: ["operation"],
        message: "does not fit the event",
      }),
    output: Nothing,
    traps: [
      { zh: "无论结果如何都返回 ok：其错误会被吞掉。", en: "Answers ok whatever happened: its errors are swallowed." },
      {
        zh: "delete、kick、ban、ban_duration 和好友备注会被静默忽略，因此这里不接受。",
        en: "delete, kick, ban, ban_duration and the remark of a friend are ignored in silence, so they are not taken here.",
      },
      {
        zh: "它会绕过申请列表直接处理申请，列表中将显示为已在别处处理。",
        en: "It decides about requests past the queue: the queue sees it as decided elsewhere.",
      },
    ],
  }),
  bot_exit: row("bot_exit", {
    zh: "退出 NapCat",
    en: "Stop NapCat",
    line: 9948,
    capabilities: ["clients.exit"],
    permission: "platform.manage",
    risk: "destructive",
    input: nothing,
    output: Nothing,
    traps: [
      {
        zh: "会结束 NapCat 进程：可能收不到返回，且无法从这里重新启动。",
        en: "Ends NapCat's process: no answer may come, and nobody starts it again from here.",
      },
    ],
  }),
  send_packet: row("send_packet", {
    zh: "发送自定义数据包",
    en: "Send a raw packet",
    line: 9980,
    permission: "platform.manage",
    risk: "destructive",
    target: ["cmd"],
    input: z.strictObject({
      cmd: field(z.string().min(1).max(256), "命令名", "name of the command"),
      data: field(
        z
          .string()
          .max(1_000_000)
          .regex(/^([0-9a-f]{2})*$/i, "bytes in hexadecimal"),
        "数据，十六进制",
        "the bytes, in hexadecimal",
      ),
      rsp: field(z.boolean(), "是否等待回包", "wait for the answer"),
    }),
    output: z.union([z.null(), z.string(), z.looseObject({})]).optional(),
    secretInput: ["data"],
    secretOutput: ["*"],
    traps: [
      {
        zh: "文档没有列出参数，这里是 NapCat 实际读取的参数。",
        en: "The document names no parameter; these are the ones NapCat reads.",
      },
      {
        zh: "以该账号直接收发 QQ 底层协议，内容不经任何检查。",
        en: "Speaks QQ's own protocol as the account: nothing of it is checked.",
      },
    ],
  }),
  nc_get_packet_status: row("nc_get_packet_status", {
    zh: "获取数据包后端状态",
    en: "Does the packet backend work?",
    line: 10012,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: stub,
    traps: [
      {
        zh: "返回 null 表示正常，报错表示后端不可用。",
        en: "null means that it works; an error means that it is missing.",
      },
    ],
  }),
  get_robot_uin_range: row("get_robot_uin_range", {
    zh: "获取机器人账号范围",
    en: "List the ranges of robots' numbers",
    line: 9875,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: z.array(
      z.looseObject({
        minUin: field(Id, "起始号码", "first number"),
        maxUin: field(Id, "结束号码", "last number"),
      }),
    ),
  }),
  unknown: row("unknown", {
    zh: "占位条目",
    en: "Placeholder",
    line: 10442,
    permission: "platform.manage",
    risk: "read",
    input: nothing,
    output: stub,
    traps: [
      {
        zh: "文档列出了它，但它不是有效操作，NapCat 会拒绝。",
        en: "The document lists it; it is no operation, and NapCat refuses it.",
      },
    ],
  }),
  get_guild_list: row("get_guild_list", {
    zh: "获取频道列表",
    en: "List guilds",
    line: 10462,
    permission: "groups.view",
    risk: "read",
    input: nothing,
    output: stub,
    traps: [{ zh: "没有内容的空实现。", en: "A stub without content." }],
  }),
  get_guild_service_profile: row("get_guild_service_profile", {
    zh: "获取频道账号信息",
    en: "Get the account's guild profile",
    line: 10482,
    permission: "groups.view",
    risk: "read",
    input: nothing,
    output: stub,
    traps: [{ zh: "没有内容的空实现。", en: "A stub without content." }],
  }),
  check_url_safely: row("check_url_safely", {
    zh: "检查链接安全性",
    en: "Is a link safe?",
    line: 10502,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ url: field(z.url().max(2048), "要检查的链接", "the link") }),
    output: z.looseObject({ level: field(Count, "安全等级", "level"), message: Text }),
    traps: [
      {
        zh: "空实现：任何链接都返回等级 1（安全）。文档没有列出参数。",
        en: "A stub: every link is level 1, safe. The document names no parameter.",
      },
    ],
  }),
};
