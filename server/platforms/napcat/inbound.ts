import { z } from "zod";
import type { Arrival, Inbound } from "../arrival";
import { PlatformError } from "../error";
import type { Json } from "../json";
import { Id, Text } from "./field";

const Stamp = z.union([z.number(), z.string()]).nullish();
const Base = z.looseObject({ post_type: z.string(), self_id: Id });

/** A kind of an event; "" where it has none. By hand: most events are looked at no further, and a schema costs as much as all the rest. */
function kindOf(base: z.output<typeof Base>, name: `${"request" | "sub" | "notice" | "meta_event" | "message"}_type`) {
  const kind = base[name];
  return typeof kind === "string" ? kind : "";
}

const FriendRequest = z.looseObject({ user_id: Id, comment: Text, flag: Id, time: Stamp });
const GroupRequest = z.looseObject({
  sub_type: z.enum(["add", "invite"]),
  group_id: Id,
  user_id: Id,
  comment: Text,
  flag: Id,
  time: Stamp,
});
const FriendAdd = z.looseObject({ user_id: Id });
const GroupIncrease = z.looseObject({
  sub_type: z.string().nullish(),
  group_id: Id,
  user_id: Id,
  operator_id: Id.nullish(),
});
const Heartbeat = z.looseObject({
  status: z.looseObject({ online: z.boolean().nullish() }),
  interval: z.number().nonnegative(),
});

function parse<T extends z.ZodType>(schema: T, raw: unknown): z.output<T> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.map(String).join(".") ?? "";
  throw new PlatformError("bad_answer", { isSent: true, detail: { field } });
}

/** A date from a count of seconds; null for what is no plausible time. */
export function fromSeconds(seconds: unknown): Date | null {
  const value = typeof seconds === "string" ? Number(seconds) : seconds;
  if (typeof value !== "number" || !(value > 1e9 && value < 1e11)) return null;
  return new Date(value * 1000);
}

function asJson(raw: unknown): Json {
  // What reaches here came out of parseJson.
  return raw as Json;
}

/**
 * A friend request. The flag is the second it was made, so two people share it who ask in the same second: only person
 * and flag together make a request, and `twinKey` says whom it may be mistaken for.
 */
function toFriendArrival(raw: unknown): Arrival {
  const event = parse(FriendRequest, raw);
  return {
    kind: "friend",
    key: `friend:${event.user_id}:${event.flag}`,
    applicantId: event.user_id,
    applicantName: "",
    message: event.comment,
    groupId: null,
    groupName: null,
    source: "",
    handle: { flag: event.flag },
    raw: asJson(raw),
    answers: { approve: true, deny: true, takesReason: false },
    askedAt: fromSeconds(event.flag) ?? fromSeconds(event.time),
    twinKey: `friend:${event.flag}`,
  };
}

/** A join request or an invitation. The flag is what the lists call `request_id`: both ways make one key. */
function toGroupArrival(raw: unknown): Arrival {
  const event = parse(GroupRequest, raw);
  return {
    kind: event.sub_type === "add" ? "group_join" : "group_invite",
    key: `group:${event.flag}`,
    applicantId: event.user_id,
    applicantName: "",
    message: event.comment,
    groupId: event.group_id,
    groupName: null,
    source: "",
    handle: { flag: event.flag },
    raw: asJson(raw),
    answers: { approve: true, deny: true, takesReason: true },
    askedAt: fromSeconds(event.time),
    twinKey: null,
  };
}

function toNotice(kind: string, raw: unknown, selfId: string): Inbound {
  switch (kind) {
    case "friend_add":
      return { type: "friend_added", userId: parse(FriendAdd, raw).user_id };
    case "group_increase": {
      const event = parse(GroupIncrease, raw);
      if (event.user_id === selfId) return { type: "bot_joined_group", groupId: event.group_id };
      const operatorId = event.operator_id === undefined || event.operator_id === "0" ? null : event.operator_id;
      const how = event.sub_type === "invite" ? "invite" : "approve";
      return { type: "member_joined", groupId: event.group_id, userId: event.user_id, operatorId, how };
    }
    case "bot_offline":
      return { type: "bot_offline", message: parse(z.looseObject({ message: Text }), raw).message };
    default:
      return { type: "other", name: `notice.${kind}` };
  }
}

function toMeta(kind: string, raw: unknown): Inbound {
  if (kind === "heartbeat") {
    const event = parse(Heartbeat, raw);
    return { type: "heartbeat", isOnline: event.status.online === true, interval: event.interval };
  }
  if (kind === "lifecycle") return { type: "lifecycle", sub: parse(z.looseObject({ sub_type: Text }), raw).sub_type };
  return { type: "other", name: `meta_event.${kind}` };
}

/**
 * One raw OneBot event, unified, and the account it is about. Pure. An event of unknown kind is `other`, named
 * `<post_type>.<kind>`; what is no OneBot event at all, and a known one of wrong shape, throws PlatformError `bad_answer`
 * naming the field.
 */
export function readEvent(raw: unknown): { selfId: string; inbound: Inbound } {
  const base = parse(Base, raw);
  return { selfId: base.self_id, inbound: unify(base, raw) };
}

/** The same without the account. */
export function toInbound(raw: unknown): Inbound {
  return readEvent(raw).inbound;
}

function unify(base: z.output<typeof Base>, raw: unknown): Inbound {
  switch (base.post_type) {
    case "request": {
      const kind = kindOf(base, "request_type");
      if (kind === "friend") return { type: "request", arrival: toFriendArrival(raw) };
      const isKnown = kind === "group" && ["add", "invite"].includes(kindOf(base, "sub_type"));
      if (isKnown) return { type: "request", arrival: toGroupArrival(raw) };
      return { type: "other", name: `request.${kind}` };
    }
    case "notice":
      return toNotice(kindOf(base, "notice_type"), raw, base.self_id);
    case "meta_event":
      return toMeta(kindOf(base, "meta_event_type"), raw);
    case "message":
    case "message_sent":
      return { type: "other", name: `${base.post_type}.${kindOf(base, "message_type")}` };
    default:
      return { type: "other", name: base.post_type };
  }
}
