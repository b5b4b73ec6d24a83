import { z } from "zod";
import { field } from "../field";
import { IdInput, MessageIdInput } from "./field";
import { FileSource } from "./file-source";

function segment<K extends string, D extends z.ZodRawShape>(type: K, data: D) {
  return z.strictObject({
    type: field(z.literal(type), "消息段类型", "kind of segment"),
    data: field(z.strictObject(data), "消息段内容", "content of the segment"),
  });
}

const webAddress = z.url({ protocol: /^https?$/, error: "an http(s) address" }).max(2048);

const JsonText = z
  .string()
  .max(100_000)
  .refine((text) => {
    try {
      return typeof JSON.parse(text) === "object";
    } catch {
      return false;
    }
  }, "a JSON object as text");

const Music = z.discriminatedUnion("type", [
  z.strictObject({
    type: field(
      z.enum(["163", "qq"]),
      "音乐平台：163 为网易云音乐，qq 为 QQ 音乐",
      "music service: NetEase or QQ Music",
    ),
    id: field(z.string().regex(/^\w{1,32}$/), "歌曲 ID", "the song's id"),
  }),
  z.strictObject({
    type: field(z.literal("custom"), "自定义音乐卡片", "a music card of one's own"),
    url: field(webAddress, "点击后打开的链接", "opened when the card is clicked"),
    audio: field(webAddress, "音频链接", "address of the sound"),
    title: field(z.string().min(1).max(200), "标题", "title"),
    image: field(webAddress, "封面图片链接", "address of the picture"),
  }),
]);

const plain = [
  segment("text", { text: field(z.string().min(1).max(20_000), "文本内容", "the text") }),
  segment("at", {
    qq: field(IdInput.or(z.literal("all")), "要提醒的 QQ 号，all 表示全体成员", "who is mentioned; all for everybody"),
    name: field(z.string().max(200).optional(), "显示的名称", "the name shown"),
  }),
  segment("face", { id: field(z.string().regex(/^\d{1,6}$/), "表情 ID", "number of the face") }),
  segment("image", {
    file: FileSource,
    summary: field(z.string().max(200).optional(), "图片外显文字", "text shown in place of the picture"),
  }),
  segment("reply", { id: field(MessageIdInput, "被回复的消息 ID", "the message replied to") }),
  segment("json", { data: field(JsonText, "卡片内容，JSON 文本", "the card, as JSON text") }),
  segment("record", { file: FileSource }),
  segment("video", { file: FileSource }),
  segment("file", {
    file: FileSource,
    name: field(z.string().min(1).max(255).optional(), "文件名", "name of the file"),
  }),
  segment("markdown", { content: field(z.string().min(1).max(50_000), "Markdown 文本", "text in Markdown") }),
  z.strictObject({
    type: field(z.literal("music"), "消息段类型", "kind of segment"),
    data: field(Music, "音乐卡片", "a music card"),
  }),
] as const;

/** A forwarded conversation that exists already, by the `res_id` of the answer that made it. */
const Forward = segment("forward", {
  id: field(z.string().min(1).max(512), "合并转发的 res_id", "res_id of the forwarded conversation"),
});

/** How a bundle of forwarded messages looks before it is opened. */
export const bundleFace = {
  news: field(
    z
      .array(z.strictObject({ text: field(z.string().max(500), "预览文字", "one line of the preview") }))
      .max(20)
      .optional(),
    "外显预览",
    "lines of the preview",
  ),
  prompt: field(z.string().max(500).optional(), "消息列表中的外显文字", "shown in the list of conversations"),
  summary: field(z.string().max(500).optional(), "卡片底部文字", "text at the bottom of the card"),
  source: field(z.string().max(500).optional(), "卡片标题", "title of the card"),
};

const sender = {
  user_id: field(IdInput, "显示为发送者的 QQ 号", "shown as the sender; anybody can be claimed"),
  nickname: field(z.string().max(200), "显示的昵称", "shown as the sender's name"),
};

const content = ["节点内容", "content of the node"] as const;

// Three levels, as many as QQ opens. Finite, so that a form and a JSON Schema can be made of it.
const InnerNode = segment("node", {
  ...sender,
  content: field(
    z.union([
      z
        .array(z.discriminatedUnion("type", [...plain]))
        .min(1)
        .max(100),
      Forward,
    ]),
    ...content,
  ),
  ...bundleFace,
});
const MiddleNode = segment("node", {
  ...sender,
  content: field(
    z.union([
      z
        .array(z.discriminatedUnion("type", [...plain, InnerNode]))
        .min(1)
        .max(100),
      Forward,
    ]),
    ...content,
  ),
  ...bundleFace,
});

/** One message of a bundle to be forwarded. Its content may be a bundle again. */
export const ForwardNode = segment("node", {
  ...sender,
  content: field(
    z.union([
      z
        .array(z.discriminatedUnion("type", [...plain, MiddleNode]))
        .min(1)
        .max(100),
      Forward,
    ]),
    ...content,
  ),
});
export type ForwardNode = z.infer<typeof ForwardNode>;

/** One piece of a message to be sent. */
export const Segment = z.discriminatedUnion("type", [...plain, Forward, ForwardNode]);
export type Segment = z.infer<typeof Segment>;

/** A message to be sent: segments only, because in a plain string NapCat would read codes that somebody typed. */
export const Message = field(
  z
    .array(Segment)
    .min(1)
    .max(100)
    .refine((list) => new Set(list.map((one) => one.type === "node")).size === 1, "nodes stand only among nodes"),
  "消息段，按顺序",
  "segments, in order",
);
