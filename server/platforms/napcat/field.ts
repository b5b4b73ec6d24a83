import { z } from "zod";
import { type Facts, fromFacts } from "../facts";
import { field } from "../field";
import type { Row } from "../row";
import { WireCount, WireId, WireText } from "../wire";

/** An id in a request: digits as text, because some tables say number, some string, and text is accepted everywhere. */
export const IdInput = z.string().regex(/^\d{1,20}$/, "an id is digits");

/** An id in an answer: number or text on the wire (beyond 2^53 always text, see parseJson), text inside. */
export const Id = WireId.describe("id; number or text on the wire");

/** Text that may be missing or null. */
export const Text = WireText;

/** A number that some versions send as text; null when it is neither. */
export const Count = WireCount;

/** Some tables mark `no_cache` required although the code has a default; it is always sent. */
export const NoCache = field(
  z.boolean().default(false),
  "不使用缓存，直接从服务器读取",
  "read from the server instead of NapCat's cache",
);

/** A message's number: short, local to one NapCat instance, and negative in some versions. */
export const MessageIdInput = z.string().regex(/^-?\d{1,20}$/, "a message's id is digits");

/** A message's number in an answer, text inside; null where the answer has none. */
export const MessageId = z
  .union([
    z
      .string()
      .min(1)
      .max(128)
      .refine((text) => !/\p{C}/u.test(text), "an id has no control characters"),
    z.int(),
  ])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));

/** An id that may be missing. */
export const MaybeId = z
  .union([Id, z.literal("")])
  .nullish()
  .transform((value) => value || null);

/** A switch that may be missing, or come as 0 and 1. */
export const Flag = z
  .union([z.boolean(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : Boolean(value)));

/** An address in an answer; empty when there is none. */
export const Link = field(Text, "链接", "address");

export const groupId = field(IdInput, "群号", "the group's number");
export const userId = field(IdInput, "QQ 号", "the person's number");
export const messageId = field(MessageIdInput, "消息 ID", "the message's id");

export const nothing = z.strictObject({});

/** Whatever a successful answer carries: null for most, {} for some, not even that for a few. */
export const Nothing = z.union([z.null(), z.looseObject({})]).optional();

/** QQ's own verdict inside an answer; anything but 0 fails the call before it gets here. */
export const Verdict = z.looseObject({
  result: field(Count, "结果码，0 为成功", "0 when it was done"),
  errMsg: field(Text, "失败说明", "why it was not"),
});

interface Said<I extends z.ZodType, O extends z.ZodType> extends Facts<I, O> {
  /** Line of NapCat's API document. */
  line: number;
}

/** One row of NapCat's catalogue; what all of them share (route, transports, origin) is said here. */
export function row<I extends z.ZodType, O extends z.ZodType>(operation: string, said: Said<I, O>): Row<I, O> {
  return {
    id: `napcat.${operation}`,
    platform: "napcat",
    operation,
    route: { method: "POST", path: `/${operation}` },
    transports: ["http", "ws"],
    source: `napcat:${said.line}`,
    seeds: [`napcat.${operation}`],
    ...fromFacts(said),
  };
}
