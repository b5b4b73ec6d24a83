import { z } from "zod";
import { field } from "../field";
import { Count, groupId, Id, MaybeId, MessageId, messageId, Nothing, row, Text, Verdict } from "./field";
import { FileSource } from "./file-source";
import { ReceivedSegment } from "./received";

const Picture = z.looseObject({ id: Text, height: MaybeId, width: MaybeId });

/** The table says a list of pictures, the example an object of text and pictures: both come out as the latter. */
const NoticeContent = z
  .union([
    z.array(Picture).transform((image) => ({ text: "", image })),
    z.looseObject({
      text: Text,
      image: z
        .array(Picture)
        .nullish()
        .transform((value) => value ?? []),
    }),
  ])
  .nullish()
  .transform((value) => value ?? { text: "", image: [] });

const Highlight = z.looseObject({
  errCode: z.union([z.string(), z.number()]).nullish(),
  errMsg: Text,
  result: z.looseObject({ wording: Text, digestUin: MaybeId, digestTime: MaybeId, errorCode: Count }).nullish(),
});

const highlightTraps = [
  {
    zh: "其余字段都显示成功时，拒绝原因可能藏在 result.wording 中。",
    en: "A refusal hides in result.wording while everything else says ok.",
  },
  { zh: "errCode 在参数表中是文本，在示例中是数字。", en: "errCode is text in the table and a number in the example." },
];

/** A switch that the document lets be a number or text, without saying which values there are. */
const digit = z
  .string()
  .regex(/^\d{1,3}$/)
  .optional();

/** Notices of a group, and messages highlighted in it. */
export const noticeRows = {
  _get_group_notice: row("_get_group_notice", {
    zh: "获取群公告",
    en: "List a group's notices",
    line: 6181,
    capabilities: ["notices.list"],
    permission: "groups.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: z.array(
      z.looseObject({
        notice_id: field(Id, "公告 ID", "id of the notice"),
        sender_id: field(Id, "发送人", "who published it"),
        publish_time: field(Count, "发布时间（秒）", "when, in unix seconds"),
        message: field(NoticeContent, "公告内容", "the content"),
      }),
    ),
    traps: [
      {
        zh: "文档的参数表与示例对内容结构的写法不一致。",
        en: "The table and the example of the document disagree on the content's shape.",
      },
    ],
  }),
  _send_group_notice: row("_send_group_notice", {
    zh: "发布群公告",
    en: "Publish a notice",
    line: 6041,
    capabilities: ["notices.publish"],
    permission: "notices.manage",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      content: field(z.string().min(1).max(5000), "公告内容", "the text"),
      image: field(FileSource.optional(), "图片内容或公网地址", "a picture: its content or a public address"),
      pinned: field(digit, "是否置顶：0 或 1", "pinned to the top: 0 or 1"),
      type: field(digit, "公告类型", "kind of notice"),
      confirm_required: field(digit, "是否需要确认：0 或 1", "members must confirm: 0 or 1"),
      is_show_edit_card: field(digit, "是否引导修改群名片：0 或 1", "ask members to edit their card: 0 or 1"),
      tip_window_type: field(digit, "弹窗方式", "how it pops up"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "各开关的值可能是数字或文本，文档未说明含义。",
        en: "The switches are numbers or text, and their values are not said.",
      },
    ],
  }),
  _del_group_notice: row("_del_group_notice", {
    zh: "删除群公告",
    en: "Remove a notice",
    line: 6426,
    capabilities: ["notices.remove"],
    permission: "notices.manage",
    risk: "destructive",
    target: ["group_id"],
    input: z.strictObject({
      group_id: groupId,
      notice_id: field(z.string().min(1).max(128), "公告 ID", "id of the notice"),
    }),
    output: Verdict,
  }),
  get_essence_msg_list: row("get_essence_msg_list", {
    zh: "获取群精华消息",
    en: "List a group's highlights",
    line: 5410,
    capabilities: ["essence.list"],
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ group_id: groupId }),
    output: z.array(
      z.looseObject({
        message_id: field(MessageId, "消息 ID", "id of the message"),
        msg_seq: MessageId,
        msg_random: MessageId,
        sender_id: field(MaybeId, "发送人", "who sent it"),
        sender_nick: Text,
        operator_id: field(MaybeId, "设精人", "who highlighted it"),
        operator_nick: Text,
        operator_time: field(Count, "设精时间（秒）", "when, in unix seconds"),
        content: field(
          z
            .array(ReceivedSegment)
            .nullish()
            .transform((value) => value ?? []),
          "消息内容",
          "the content",
        ),
      }),
    ),
  }),
  set_essence_msg: row("set_essence_msg", {
    zh: "设置群精华消息",
    en: "Highlight a message",
    line: 5752,
    capabilities: ["essence.add"],
    permission: "notices.manage",
    risk: "write",
    input: z.strictObject({ message_id: messageId }),
    output: Highlight,
    traps: highlightTraps,
  }),
  delete_essence_msg: row("delete_essence_msg", {
    zh: "移除群精华消息",
    en: "Take a highlight back",
    line: 5897,
    capabilities: ["essence.remove"],
    permission: "notices.manage",
    risk: "destructive",
    target: ["message_id"],
    input: z.strictObject({ message_id: messageId }),
    output: Highlight,
    traps: highlightTraps,
  }),
};
