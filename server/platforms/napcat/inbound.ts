import { z } from "zod";
import type { Arrival, Inbound } from "../arrival";
import type { Json } from "../json";
import { Id, MaybeId, Text } from "./field";
import { toMessage } from "./heard";
import { toNotice } from "./noticed";
import { ReceivedMessage } from "./received";
import { fromSeconds, parse, Stamp } from "./shape";

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
const Sent = z.looseObject({ target_id: MaybeId });
const Heartbeat = z.looseObject({
  status: z.looseObject({ online: z.boolean().nullish() }),
  interval: z.number().nonnegative(),
});

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

/** A message somebody sent, or one of the account's own, sent from wherever. */
function toMessageEvent(raw: unknown, name: string): Inbound {
  const message = parse(ReceivedMessage, raw);
  if (message.message_type === "group" && message.group_id !== null)
    return { type: "message", message: toMessage(message, { to: "group", id: message.group_id }) };
  if (message.message_type === "private") {
    const isOwn = message.user_id !== null && message.user_id === message.self_id;
    // Whom one's own went to stands beside it, where the version tells that at all.
    const personId = isOwn ? parse(Sent, raw).target_id : message.user_id;
    if (personId) return { type: "message", message: toMessage(message, { to: "person", id: personId }) };
  }
  return { type: "other", name };
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
      return toNotice(kindOf(base, "notice_type"), kindOf(base, "sub_type"), raw, base.self_id);
    case "meta_event":
      return toMeta(kindOf(base, "meta_event_type"), raw);
    case "message":
    case "message_sent":
      return toMessageEvent(raw, `${base.post_type}.${kindOf(base, "message_type")}`);
    default:
      return { type: "other", name: base.post_type };
  }
}
