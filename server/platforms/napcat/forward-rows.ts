import { z } from "zod";
import { field } from "../field";
import { groupId, IdInput, MessageId, messageId, Nothing, row, Text, userId } from "./field";
import { ReceivedMessages } from "./received";
import { bundleFace, ForwardNode } from "./segment";

const messages = field(z.array(ForwardNode).min(1).max(100), "合并转发的消息节点，按顺序", "the messages, in order");

const Bundled = z.looseObject({
  message_id: field(MessageId, "消息 ID", "id of the message"),
  res_id: field(Text, "合并转发的 res_id", "res_id of the bundle"),
});

const traps = [
  {
    zh: "节点的发送者只是声明：合并转发可以显示他人从未说过的话。",
    en: "A node's sender is a claim: the bundle can show words nobody said.",
  },
  {
    zh: "文档把 news、prompt、summary、source 标为必填，实际均为选填。",
    en: "news, prompt, summary and source are marked required; they are optional.",
  },
];

/** Forwarding: one message as it is, or a bundle made of many. */
export const forwardRows = {
  send_forward_msg: row("send_forward_msg", {
    zh: "发送合并转发消息",
    en: "Send a bundle of forwarded messages",
    line: 3916,
    permission: "messages.send",
    risk: "write",
    input: z
      .strictObject({
        group_id: field(IdInput.optional(), "群号，与 user_id 二选一", "the group, or else user_id"),
        user_id: field(IdInput.optional(), "QQ 号，与 group_id 二选一", "the person, or else group_id"),
        messages,
        ...bundleFace,
      })
      .refine((value) => (value.group_id === undefined) !== (value.user_id === undefined), {
        path: ["group_id"],
        message: "exactly one of group_id and user_id",
      }),
    output: Bundled,
    traps: [
      {
        zh: "文档中两个 ID 都是选填：都不填则发不出去，都填则会发错会话。",
        en: "Both ids are optional in the document; without one it reaches nobody, with both the wrong chat.",
      },
      ...traps,
    ],
  }),
  send_group_forward_msg: row("send_group_forward_msg", {
    zh: "发送群合并转发消息",
    en: "Send a bundle of forwarded messages to a group",
    line: 4285,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId, messages, ...bundleFace }),
    output: Bundled,
    traps,
  }),
  send_private_forward_msg: row("send_private_forward_msg", {
    zh: "发送私聊合并转发消息",
    en: "Send a bundle of forwarded messages to a person",
    line: 4586,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ user_id: userId, messages, ...bundleFace }),
    output: Bundled,
    traps,
  }),
  get_forward_msg: row("get_forward_msg", {
    zh: "获取合并转发消息",
    en: "Open a bundle of forwarded messages",
    line: 3222,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({
      message_id: field(
        z.string().min(1).max(512),
        "消息 ID，或合并转发的 res_id",
        "the message's id, or the bundle's res_id",
      ),
    }),
    output: ReceivedMessages,
    traps: [
      {
        zh: "消息段的位置也可以放一条消息，即合并转发中再套合并转发。",
        en: "A message may stand where a segment would: a bundle inside the bundle.",
      },
    ],
  }),
  forward_group_single_msg: row("forward_group_single_msg", {
    zh: "消息转发到群",
    en: "Forward a message to a group",
    line: 4468,
    capabilities: ["messages.forward"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId, message_id: messageId }),
    output: Nothing,
  }),
  forward_friend_single_msg: row("forward_friend_single_msg", {
    zh: "消息转发到私聊",
    en: "Forward a message to a person",
    line: 4705,
    capabilities: ["messages.forward"],
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ user_id: userId, message_id: messageId }),
    output: Nothing,
  }),
};
