import { z } from "zod";
import { field } from "../field";
import { parseCqCode } from "./cq-code";
import { Count, Id, MaybeId, MessageId, Text } from "./field";

/** One message as NapCat tells it, in lists, answers and events. */
export interface ReceivedMessage {
  message_id: string | null;
  message_seq: string | null;
  real_id: string | null;
  real_seq: string | null;
  self_id: string | null;
  user_id: string | null;
  group_id: string | null;
  time: number | null;
  message_type: string;
  sub_type: string;
  raw_message: string;
  sender: { user_id: string | null; nickname: string; card: string; sex: Sex; age: number | null; role: Role };
  message: ReceivedSegment[];
}

type Sex = "male" | "female" | "unknown";
type Role = "owner" | "admin" | "member" | "unknown";

const known = z.union([z.string(), z.number()]).transform(String);
const file = z.looseObject({
  file: field(Text, "文件名", "name or id of the file"),
  url: field(Text, "下载链接，有时效", "where it can be fetched, for a while"),
});

/** A card travels as JSON text; some versions send it already parsed. */
const cardText = z
  .union([z.string(), z.looseObject({})])
  .transform((value) => (typeof value === "string" ? value : JSON.stringify(value)));

/** Messages inside messages. Named with its type, because it refers to what refers to it. */
const nested = z.lazy((): z.ZodType<ReceivedMessage[]> => z.array(ReceivedMessage));

const KnownSegment = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), data: z.looseObject({ text: z.string() }) }),
  z.looseObject({ type: z.literal("at"), data: z.looseObject({ qq: known, name: z.string().nullish() }) }),
  z.looseObject({ type: z.literal("face"), data: z.looseObject({ id: known }) }),
  z.looseObject({ type: z.literal("image"), data: file.extend({ summary: Text }) }),
  z.looseObject({ type: z.literal("reply"), data: z.looseObject({ id: known }) }),
  z.looseObject({ type: z.literal("json"), data: z.looseObject({ data: cardText }) }),
  z.looseObject({ type: z.literal("record"), data: file }),
  z.looseObject({ type: z.literal("video"), data: file }),
  z.looseObject({ type: z.literal("file"), data: file.extend({ name: Text }) }),
  z.looseObject({ type: z.literal("markdown"), data: z.looseObject({ content: z.string() }) }),
  z.looseObject({
    type: z.literal("music"),
    data: z.looseObject({ type: Text, id: MessageId, title: Text, url: Text }),
  }),
  z.looseObject({
    type: z.literal("forward"),
    data: z.looseObject({ id: Text, content: nested.nullish().transform((value) => value ?? null) }),
  }),
  z.looseObject({
    type: z.literal("node"),
    data: z.looseObject({ user_id: MaybeId, nickname: Text, content: z.unknown() }),
  }),
]);

const knownTypes: ReadonlySet<string> = new Set(
  KnownSegment.options.flatMap((option) => [...option.shape.type.values]),
);

/** What QQ has and the document does not: dice, contacts, market faces and whatever comes next. */
const OtherSegment = z.looseObject({
  type: z.string().refine((type) => !knownTypes.has(type), "a known kind of segment with other content"),
  data: z
    .looseObject({})
    .nullish()
    .transform((value) => value ?? {}),
});

/** Inside a forwarded bundle a message may stand where a segment would. */
const InnerMessage = z
  .looseObject({ message: z.unknown(), sender: z.unknown() })
  .refine((value) => !("type" in value) && value.message !== undefined, "neither a segment nor a message")
  .transform((value): unknown => value)
  .pipe(z.lazy((): z.ZodType<ReceivedMessage> => ReceivedMessage))
  .transform((message) => ({ type: "forward" as const, data: { id: "", content: [message] } }));

/** One piece of a received message; kinds nobody wrote down keep their name and content. */
export const ReceivedSegment = z.union([KnownSegment, OtherSegment, InnerMessage]);
export type KnownSegment = z.output<typeof KnownSegment>;
export type ReceivedSegment = KnownSegment | z.output<typeof OtherSegment>;

/** Is it of a kind the document has? The schema lets no segment pass as another kind that has the name of one of these. */
export function isKnown(segment: ReceivedSegment): segment is KnownSegment {
  return knownTypes.has(segment.type);
}

const sender = z
  .looseObject({
    user_id: MaybeId,
    nickname: Text,
    card: Text,
    // Three words each in the tables, but the examples show that anything may come.
    sex: z.enum(["male", "female", "unknown"]).catch("unknown"),
    age: Count,
    role: z.enum(["owner", "admin", "member", "unknown"]).catch("unknown"),
  })
  .nullish()
  .transform(
    (value) =>
      value ?? {
        ...{ user_id: null, nickname: "", card: "", age: null },
        ...{ sex: "unknown" as const, role: "unknown" as const },
      },
  );

/** Segments, or the text form that `messagePostFormat: string` makes of them. */
const content = z.union([
  z.array(ReceivedSegment),
  z
    .string()
    .transform((text): unknown => parseCqCode(text))
    .pipe(z.array(ReceivedSegment)),
]);

export const ReceivedMessage: z.ZodType<ReceivedMessage> = z.looseObject({
  message_id: field(MessageId, "消息 ID", "id of the message"),
  message_seq: MessageId,
  real_id: MessageId,
  real_seq: MessageId,
  self_id: MaybeId,
  user_id: field(MaybeId, "发送者 QQ 号", "who sent it"),
  group_id: field(MaybeId, "群号，私聊为空", "the group, if any"),
  time: field(Count, "发送时间（秒）", "when, in unix seconds"),
  message_type: Text,
  sub_type: Text,
  raw_message: Text,
  sender,
  message: field(content, "消息内容", "the content"),
});

/** A list of messages, as histories and forwarded bundles come. */
export const ReceivedMessages = z.looseObject({ messages: z.array(ReceivedMessage) });

/** What an accepted message is called. */
export const Sent = z.looseObject({
  message_id: field(z.union([Id, z.int().transform(String)]), "消息 ID", "id of the message"),
});
