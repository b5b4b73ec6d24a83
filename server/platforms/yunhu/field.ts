import { z } from "zod";
import { type Facts, fromFacts } from "../facts";
import { field } from "../field";
import type { Row } from "../row";
import { WireId, WireText } from "../wire";

/** What a chat's id belongs to; ids of the three are counted apart. */
export const chatTypes = {
  1: { zh: "用户", en: "person" },
  2: { zh: "群聊", en: "group" },
  3: { zh: "机器人", en: "bot" },
} as const;

/** What the document lists as answers to a request. Only the first two are; the others are states that the server shows. */
export const agreeValues = {
  1: { zh: "通过", en: "accept" },
  2: { zh: "拒绝", en: "refuse" },
  3: { zh: "显示为已过期", en: "shown as expired" },
  4: { zh: "显示为已解散", en: "shown as dissolved" },
} as const;

/** Some values of a table with their words, as one line of a form's description. */
function inWords<K extends number>(table: Readonly<Record<K, { zh: string; en: string }>>, values: readonly K[]) {
  const words = (language: "zh" | "en") => values.map((value) => `${value} ${table[value][language]}`);
  return { zh: words("zh").join("、"), en: words("en").join(", ") };
}

const people = [1, 3] as const;
const offered = [1, 2] as const;
const peopleInWords = inWords(chatTypes, people);
const offeredInWords = inWords(agreeValues, offered);

export const ChatId = field(
  z.string().regex(/^[\w-]{1,64}$/, "an id is letters and digits"),
  "对象 ID",
  "id of the chat",
);
export const PersonOrBot = field(z.literal(people), `对象类型：${peopleInWords.zh}`, `kind: ${peopleInWords.en}`);
export const Group = field(z.literal(2).default(2), "固定为 2（群聊）", "always 2, a group");
export const Agree = field(z.literal(offered), `处理结果：${offeredInWords.zh}`, `the answer: ${offeredInWords.en}`);

/** An int32 on the wire, text inside like every id. */
export const RequestId = field(
  z
    .string()
    .regex(/^[1-9]\d{0,9}$/, "an id is digits")
    .refine((text) => Number(text) <= 2_147_483_647, "the id of a request has 32 bits")
    .transform(Number),
  "申请 ID",
  "id of the request",
);

/** The answer of whatever speaks JSON. The transport takes `code` for the verdict: 1 is success, not 0. */
export const Said = z.looseObject({ code: z.literal(1), msg: WireText });

/** The head of a protobuf answer. `number` is an int64 and therefore text. */
export const Status = z.looseObject({
  number: WireId.nullish(),
  code: field(z.literal(1), "1 为成功", "1 is success"),
  msg: WireText,
});

interface Described<I extends z.ZodType, O extends z.ZodType> extends Facts<I, O> {
  /** Line of the vendor's document, or null: beyond it. */
  line: number | null;
  /** The path's folder. */
  folder?: "friend" | "group";
  body?: "json" | "protobuf";
}

/**
 * One row of Yunhu's catalogue; what all of them share (route, transport, origin) is said here. `name` is the last part
 * of the path, with `#2` behind it where the operation does another thing to a group and asks another permission.
 */
export function row<I extends z.ZodType, O extends z.ZodType>(name: string, said: Described<I, O>): Row<I, O> {
  const operation = name.replace("#2", "");
  return {
    id: `yunhu.${name}`,
    platform: "yunhu",
    operation: name,
    route: { method: "POST", path: `/v1/${said.folder ?? "friend"}/${operation}` },
    transports: ["http"],
    body: said.body ?? "json",
    source: said.line === null ? "yhchatAPI" : `yunhu:${said.line}`,
    seeds: said.line === null ? [] : [`yunhu.${operation}`],
    ...fromFacts(said),
  };
}
