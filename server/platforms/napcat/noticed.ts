import { z } from "zod";
import { endless, type Inbound } from "../arrival";
import type { Peer } from "../piece";
import { Count, Flag, Id, MaybeId, MessageId, Text } from "./field";
import { fromSeconds, parse, Stamp } from "./shape";

const Person = z.looseObject({ user_id: Id });
const InGroup = Person.extend({ group_id: Id });
/** Who did it; 0 where QQ does not tell. */
const Operator = MaybeId.transform((id) => (id === "0" ? null : id));
const Done = InGroup.extend({ operator_id: Operator });
const Ban = Done.extend({ duration: Count, time: Stamp });
/** QQ mutes nobody for longer than a month; a year is as good as what is beyond. */
const longest = 366 * 24 * 3_600;
const Recalled = z.looseObject({ message_id: MessageId.pipe(z.string()), user_id: Id, operator_id: Operator });
const Liked = z.looseObject({
  group_id: Id,
  user_id: Operator,
  message_id: MessageId.pipe(z.string()),
  likes: z.array(z.looseObject({ emoji_id: Id })).min(1),
  // Newer versions only.
  is_add: Flag,
});
const Poke = z.looseObject({ user_id: Id, target_id: Id, sender_id: MaybeId, group_id: Operator });

/** What NapCat calls a notice, by its kind; the kinds of `notify` by what they add to it. */
type Reader = (raw: unknown, selfId: string, sub: string) => Inbound;

function toLeft(raw: unknown, selfId: string, sub: string): Inbound {
  const { group_id: groupId, user_id: userId, operator_id } = parse(Done, raw);
  // Who goes of their own will did it themselves.
  const operatorId = sub === "leave" ? null : operator_id;
  if (userId === selfId || sub === "kick_me" || sub === "disband")
    return { type: "bot_left_group", groupId, operatorId };
  return { type: "member_left", groupId, userId, operatorId, how: sub === "leave" ? "leave" : "kick" };
}

function toMuted(raw: unknown, _selfId: string, sub: string): Inbound {
  const { group_id: groupId, user_id, operator_id: operatorId, duration, time } = parse(Ban, raw);
  // Nobody's number stands for the whole group, whose mute has no end.
  const userId = user_id === "0" ? null : user_id;
  const seconds = userId === null || duration === null || duration < 0 ? null : Math.min(duration, longest);
  const began = fromSeconds(time) ?? new Date();
  const end = seconds === null ? endless : new Date(began.getTime() + seconds * 1_000);
  const isLifted = sub === "lift_ban" || duration === 0;
  return { type: "member_muted", groupId, userId, operatorId, until: isLifted ? null : end };
}

function toPoked(raw: unknown, selfId: string): Inbound {
  const { user_id, target_id: targetId, sender_id, group_id: groupId } = parse(Poke, raw);
  const userId = sender_id ?? user_id;
  // In private `user_id` is whom the conversation is with, whoever poked; in some versions it is who poked.
  const personId = [user_id, userId, targetId].find((id) => id !== selfId) ?? selfId;
  const peer: Peer = groupId === null ? { to: "person", id: personId } : { to: "group", id: groupId };
  return { type: "poked", peer, userId, targetId };
}

const readers: Readonly<Record<string, Reader>> = {
  friend_add: (raw) => ({ type: "friend_added", userId: parse(Person, raw).user_id }),
  group_increase: (raw, selfId, sub) => {
    const { group_id: groupId, user_id: userId, operator_id: operatorId } = parse(Done, raw);
    if (userId === selfId) return { type: "bot_joined_group", groupId };
    return { type: "member_joined", groupId, userId, operatorId, how: sub === "invite" ? "invite" : "approve" };
  },
  group_decrease: toLeft,
  group_ban: toMuted,
  group_admin: (raw, _selfId, sub) => {
    const { group_id: groupId, user_id: userId } = parse(InGroup, raw);
    return { type: "member_changed", groupId, userId, role: sub === "set" ? "admin" : "member" };
  },
  group_card: (raw) => {
    const { group_id: groupId, user_id: userId, card_new: card } = parse(InGroup.extend({ card_new: Text }), raw);
    return { type: "member_changed", groupId, userId, card };
  },
  "notify.title": (raw) => {
    const { group_id: groupId, user_id: userId, title } = parse(InGroup.extend({ title: Text }), raw);
    return { type: "member_changed", groupId, userId, title };
  },
  "notify.group_name": (raw) => {
    const { group_id: groupId, name_new: name } = parse(z.looseObject({ group_id: Id, name_new: Text }), raw);
    return { type: "group_changed", groupId, ...(name === "" ? {} : { name }) };
  },
  essence: (raw) => ({ type: "group_changed", groupId: parse(z.looseObject({ group_id: Id }), raw).group_id }),
  group_upload: (raw) => ({ type: "group_changed", groupId: parse(z.looseObject({ group_id: Id }), raw).group_id }),
  group_recall: (raw) => {
    const event = parse(Recalled.extend({ group_id: Id }), raw);
    const peer: Peer = { to: "group", id: event.group_id };
    return { type: "message_recalled", peer, messageId: event.message_id, operatorId: event.operator_id };
  },
  // In private nobody but the sender can: it does not say who that was.
  friend_recall: (raw) => {
    const event = parse(Recalled, raw);
    const peer: Peer = { to: "person", id: event.user_id };
    return { type: "message_recalled", peer, messageId: event.message_id, operatorId: event.operator_id };
  },
  group_msg_emoji_like: (raw) => {
    const { group_id, user_id: userId, message_id: messageId, likes, is_add: isOn } = parse(Liked, raw);
    // One at a time, although it is a list.
    const faceId = likes[0]?.emoji_id ?? "";
    return { type: "reacted", peer: { to: "group", id: group_id }, messageId, userId, faceId, isOn };
  },
  "notify.poke": toPoked,
  bot_offline: (raw) => ({ type: "bot_offline", message: parse(z.looseObject({ message: Text }), raw).message }),
};

/**
 * What happened around the account, unified. Shapes: OneBot 11, event/notice.md, and what NapCat adds to it. That a
 * friend deleted the account is told by no version. Throws as `parse` does.
 */
export function toNotice(kind: string, sub: string, raw: unknown, selfId: string): Inbound {
  const name = kind === "notify" ? `notify.${sub}` : kind;
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  return read?.(raw, selfId, sub) ?? { type: "other", name: `notice.${name}` };
}
