import { z } from "zod";
import { endless, type Inbound } from "../arrival";
import { PlatformError } from "../error";
import { fromMillis } from "../moment";
import type { Peer } from "../piece";
import { WireCount, WireFlag, WireId, WireText, WireTime, wireList } from "../wire";
import { Said, toMessage } from "./heard";

/** A push has neither `type` nor `id` at its top: the operator says what it is. */
const Push = z.looseObject({
  operator: z.string().min(1).max(100),
  operatorType: z.string().max(100).nullish(),
  data: z.looseObject({ type: z.string().max(100).nullish() }).nullish(),
});

const Muted = z.looseObject({ id: WireId, bfShutup: WireFlag });
const Changed = z.looseObject({ id: WireId, values: z.looseObject({ name: WireText }).nullish() });
const Recall = z.looseObject({ msgId: WireId, msgTargetId: WireId, clear: WireCount });
const Recalled = z.looseObject({ recallOneToOneMessages: wireList(Recall), recallGroupMessages: wireList(Recall) });
const Update = z.looseObject({
  customMsgId: WireId.nullish(),
  updated: z.looseObject({ MsgID: WireId.nullish(), readStatus: WireCount, sendTime: WireTime }),
});
const Updated = z.looseObject({ id: WireId, type: z.enum(["friend", "group"]), list: wireList(Update) });

/** Is it shaped like a push? Answers have an `id` and a `type` instead. */
export function isPush(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "operator" in value;
}

function parse<T extends z.ZodType>(schema: T, value: unknown, at?: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const path = [...(at === undefined ? [] : [at]), ...(result.error.issues[0]?.path ?? [])];
  throw new PlatformError("bad_answer", { isSent: true, detail: { field: path.map(String).join(".") } });
}

const mutes = "groupShutupAll";
const burns = "operatorReadCancel";

/** Something said; or, told in the same words, something done to a group that has no sender and no id. */
function toSaid(operatorType: string, data: unknown): Inbound {
  if (operatorType === mutes) {
    const { id: groupId, bfShutup } = parse(Muted, data, "data");
    return { type: "member_muted", groupId, userId: null, operatorId: null, until: bfShutup ? endless : null };
  }
  if (operatorType === burns) return { type: "group_changed", groupId: parse(Muted, data, "data").id };
  const said = parse(Said, data, "data");
  return { type: "message", message: toMessage(said, said) };
}

/** Messages taken back from both sides. Those of groups go by the name that the vendor's own client has for them. */
function toRecalled(data: unknown): Inbound[] {
  const { recallOneToOneMessages, recallGroupMessages } = parse(Recalled, data, "data");
  const told = (to: Peer["to"], list: z.output<typeof Recall>[]): Inbound[] =>
    list
      // Clearing a whole conversation names no message.
      .filter(({ clear, msgId }) => clear !== 1 && msgId !== "0")
      .map(({ msgTargetId: id, msgId: messageId }) => ({
        ...{ type: "message_recalled", peer: { to, id }, messageId, operatorId: null },
      }));
  return [...told("person", recallOneToOneMessages), ...told("group", recallGroupMessages)];
}

/** What became of messages that the account sent: only here does a message get its own id. */
function toSettled(data: unknown): Inbound[] {
  const { id, type, list } = parse(Updated, data, "data");
  const peer: Peer = { to: type === "group" ? "group" : "person", id };
  return list.flatMap(({ customMsgId, updated: { MsgID, readStatus, sendTime } }): Inbound[] => {
    if (customMsgId === null || customMsgId === undefined || readStatus === null) return [];
    const messageId = readStatus === 1 && MsgID !== "0" ? (MsgID ?? null) : null;
    const told = { messageId, isDelivered: readStatus === 1, at: fromMillis(sendTime) };
    return [{ type: "message_settled", peer, handle: { customMsgId }, ...told }];
  });
}

/**
 * One push, unified: several events where it tells of several messages. Pure. None that is documented tells of a request;
 * of whose kind nothing is known is `other`, named by its operator and, where there is one, its kind. Throws PlatformError
 * `bad_answer` naming the field for what is no push, and for a known one of wrong shape.
 */
export function toInbounds(raw: unknown): Inbound[] {
  const { operator, operatorType, data } = parse(Push, raw);
  const other: Inbound[] = [{ type: "other", name: [operator, operatorType || data?.type].filter(Boolean).join(".") }];
  switch (operator) {
    case "msgNew":
      return [toSaid(operatorType ?? "", data)];
    case "groupUpdate": {
      const { id: groupId, values } = parse(Changed, data, "data");
      return [{ type: "group_changed", groupId, ...(values?.name ? { name: values.name } : {}) }];
    }
    case "recall_msg":
      return orElse(toRecalled(data), other);
    case "msgListPropertyUpdate":
      return orElse(toSettled(data), other);
    default:
      return other;
  }
}

function orElse(events: Inbound[], other: Inbound[]): Inbound[] {
  return events.length === 0 ? other : events;
}
