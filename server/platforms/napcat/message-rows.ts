import { z } from "zod";
import { field } from "../field";
import { groupId, IdInput, row, userId } from "./field";
import { Sent } from "./received";
import { Message } from "./segment";

const traps = [
  {
    zh: "若发送纯文本，NapCat 会执行其中的 CQ 码，因此只接受消息段。",
    en: "In a plain string NapCat would carry out codes that somebody typed: segments only.",
  },
  { zh: "以地址提供的文件由 NapCat 所在主机下载。", en: "A file given by address is fetched by NapCat's host." },
];

/** Sending messages. */
export const messageRows = {
  send_msg: row("send_msg", {
    zh: "发送消息",
    en: "Send a message",
    line: 10334,
    permission: "messages.send",
    risk: "write",
    input: z
      .strictObject({
        message_type: field(
          z.enum(["private", "group"]).optional(),
          "消息类型，由所填的号码决定，可不填",
          "follows from the id that is given",
        ),
        group_id: field(IdInput.optional(), "群号，与 user_id 二选一", "the group, or else user_id"),
        user_id: field(IdInput.optional(), "QQ 号，与 group_id 二选一", "the person, or else group_id"),
        message: Message,
      })
      .refine((value) => (value.group_id === undefined) !== (value.user_id === undefined), {
        path: ["group_id"],
        message: "exactly one of group_id and user_id",
      })
      .refine(
        (value) =>
          value.message_type === undefined || (value.message_type === "group") === (value.group_id !== undefined),
        { path: ["message_type"], message: "does not fit the id" },
      ),
    output: Sent,
    traps: [
      {
        zh: "同时填写两个 ID 而 message_type 有误时，消息会发到错误的会话。",
        en: "With both ids and the wrong message_type the message goes to the wrong chat.",
      },
      ...traps,
    ],
  }),
  send_private_msg: row("send_private_msg", {
    zh: "发送私聊消息",
    en: "Send a private message",
    line: 10232,
    capabilities: ["messages.send"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ user_id: userId, message: Message }),
    output: Sent,
    traps,
  }),
  send_group_msg: row("send_group_msg", {
    zh: "发送群消息",
    en: "Send a group message",
    line: 10121,
    capabilities: ["messages.send"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId, message: Message }),
    output: Sent,
    traps,
  }),
};
