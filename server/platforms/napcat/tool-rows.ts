import { z } from "zod";
import { field } from "../field";
import { Count, groupId, Link, MessageId, nothing, row, Text, Verdict } from "./field";
import { FileSource } from "./file-source";

const Point = z.looseObject({ x: Count, y: Count }).nullish();
const corners = { pt1: Point, pt2: Point, pt3: Point, pt4: Point };
const Lines = z.array(
  z.looseObject({
    text: field(Text, "该行文字", "the line"),
    ...corners,
    charBox: z.array(z.looseObject({ charText: Text, charBox: z.looseObject(corners).nullish() })).nullish(),
    score: field(Count, "置信度", "how sure it is"),
  }),
);
const ocrTraps = [
  { zh: "仅当 NapCat 运行在 Windows 上时可用。", en: "Works only where NapCat runs on Windows." },
  { zh: "地址由 NapCat 所在主机自行访问。", en: "NapCat's host fetches the address by itself." },
];

const can = z.looseObject({ yes: field(z.boolean(), "是否可以", "can it") });

const character = field(z.string().min(1).max(200), "语音人物 ID（character_id）", "id of the voice (character_id)");
const speech = field(z.string().min(1).max(1000), "要说的文字", "what is said");
const packetTrap = { zh: "需要 NapCat 的 packet 后端。", en: "Needs NapCat's packet backend." };

/** Small helps: reading pictures, translating, voices, buttons. */
export const toolRows = {
  ocr_image: row("ocr_image", {
    zh: "图片文字识别",
    en: "Read the text of a picture",
    line: 8815,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ image: FileSource }),
    output: Lines,
    traps: ocrTraps,
  }),
  ".ocr_image": row(".ocr_image", {
    zh: "图片文字识别（同 ocr_image）",
    en: "Read the text of a picture (the same as ocr_image)",
    line: 9090,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({ image: FileSource }),
    output: Lines,
    traps: [{ zh: "与 ocr_image 相同，只是名称不同。", en: "Another name of ocr_image." }, ...ocrTraps],
  }),
  translate_en2zh: row("translate_en2zh", {
    zh: "英译中",
    en: "Translate English words to Chinese",
    line: 9365,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({
      words: field(z.array(z.string().min(1).max(200)).min(1).max(100), "英文单词", "the English words"),
    }),
    output: z.array(z.string()),
    traps: [{ zh: "依赖 QQ 的服务，可能失败。", en: "Depends on a service of QQ's and may fail." }],
  }),
  can_send_image: row("can_send_image", {
    zh: "检查是否可以发送图片",
    en: "Can pictures be sent?",
    line: 9557,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: can,
  }),
  can_send_record: row("can_send_record", {
    zh: "检查是否可以发送语音",
    en: "Can voice messages be sent?",
    line: 9610,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: can,
  }),
  get_ai_characters: row("get_ai_characters", {
    zh: "获取 AI 语音人物",
    en: "List AI voices",
    line: 9663,
    permission: "messages.view",
    risk: "read",
    input: z.strictObject({
      group_id: groupId,
      chat_type: field(z.enum(["1", "2"]).optional(), "会话类型：1 或 2", "kind of conversation: 1 or 2"),
    }),
    output: z.array(
      z.looseObject({
        type: field(Text, "分类", "category"),
        characters: z.array(
          z.looseObject({
            character_id: field(Text, "人物 ID", "id of the voice"),
            character_name: field(Text, "人物名称", "its name"),
            preview_url: field(Link, "试听链接", "a sample"),
          }),
        ),
      }),
    ),
    traps: [
      packetTrap,
      { zh: "1 和 2 分别代表什么，文档自己也打了问号。", en: "The document itself asks which of 1 and 2 is which." },
    ],
  }),
  get_ai_record: row("get_ai_record", {
    zh: "获取 AI 语音",
    en: "Make an AI voice message",
    line: 9814,
    permission: "messages.send",
    risk: "read",
    input: z.strictObject({ group_id: groupId, character, text: speech }),
    output: field(z.string(), "语音链接", "where the sound can be fetched"),
    traps: [packetTrap],
  }),
  send_group_ai_record: row("send_group_ai_record", {
    zh: "发送群 AI 语音",
    en: "Send an AI voice message to a group",
    line: 4221,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({ group_id: groupId, character, text: speech }),
    output: z.looseObject({ message_id: field(MessageId, "消息 ID", "id of the message") }),
    traps: [packetTrap],
  }),
  click_inline_keyboard_button: row("click_inline_keyboard_button", {
    zh: "点击按钮",
    en: "Press a button under a robot's message",
    line: 9738,
    permission: "messages.send",
    risk: "write",
    input: z.strictObject({
      group_id: groupId,
      bot_appid: field(z.string().regex(/^\d{1,20}$/), "机器人的 appid", "the robot's appid"),
      button_id: field(z.string().max(256), "按钮 ID", "id of the button"),
      callback_data: field(z.string().max(4096), "按钮回调数据", "data of the button"),
      msg_seq: field(z.string().regex(/^\d{1,20}$/), "消息序号", "sequence number of the message"),
    }),
    output: Verdict.extend({ status: Count, promptText: Text, promptType: Count, promptIcon: Count }),
  }),
};
