import type { Stored } from "./chat";
import { poke, react, recall } from "./deed";
import { type Action, define, findGroup, findMember, needPackets, needRank, type Params, Refusal } from "./define";
import { isYes } from "./schema";
import type { Wire, WireObject } from "./wire";
import { toMessage } from "./wire-message";
import type { World } from "./world";

function find(world: World, params: Params): Stored {
  const stored = world.chat.find(params.message_id);
  if (!stored) throw new Refusal("消息不存在");
  return stored;
}

/** As histories and `get_msg` tell it: like an event, with the time it was said. */
function toWire(world: World, stored: Stored): WireObject {
  const isOwn = stored.senderId === world.account.userId;
  const post_type = isOwn ? "message_sent" : "message";
  return { ...toMessage(world, stored), self_id: BigInt(world.account.userId), time: stored.time, post_type };
}

const page = {
  "message_seq?": "id",
  "count?": "number",
  "reverseOrder?": "boolean",
  "reverse_order?": "boolean",
} as const;

/** The newest ones, or from one message on: onwards in time unless the order is reversed, itself included both ways. */
function history(world: World, peer: Stored["peer"], params: Params): Wire {
  const all = world.chat.of(peer);
  const count = Number(params.count ?? 20);
  const from = String(params.message_seq ?? "0");
  const at = all.findIndex((each) => String(each.messageId) === from);
  let found: Stored[];
  if (from === "" || from === "0") found = all.slice(-count);
  else if (at < 0) found = [];
  else {
    const name = world.chat.orderName;
    const isBack = name !== null && String(params[name]) === "true";
    found = isBack ? all.slice(Math.max(0, at + 1 - count), at + 1) : all.slice(at, at + count);
  }
  if (found.length === 0) throw new Refusal(`消息${from}不存在`);
  return { messages: found.map((each) => toWire(world, each)) };
}

function forward(world: World, to: Stored["peer"], params: Params): Wire {
  const stored = find(world, params);
  // What was stored had come out of JSON.
  const messageId = world.utter(to, world.account.userId, stored.message as Wire);
  world.sent.push({ messageId, ...to, message: stored.message });
  return null;
}

function needPerson(world: World, params: Params): { to: "private"; id: string } {
  const id = String(params.user_id);
  if (!world.people.has(id)) throw new Refusal("无法获取用户信息");
  return { to: "private", id };
}

/** Conversations, and what is done to one message. */
export const chatActions: Readonly<Record<string, Action>> = {
  get_recent_contact: define({ "count?": "number" }, (params, world) => {
    const latest = new Map<string, Stored>();
    for (const each of world.chat.messages) latest.set(`${each.peer.to} ${each.peer.id}`, each);
    const newest = [...latest.values()].sort((a, b) => b.messageId - a.messageId).slice(0, Number(params.count ?? 10));
    return newest.map((each) => ({
      lastestMsg: toWire(world, each),
      peerUin: each.peer.id,
      remark: world.friends.get(each.peer.id)?.remark ?? "",
      msgTime: String(each.time),
      chatType: each.peer.to === "group" ? 2 : 1,
      msgId: String(each.messageId),
      sendNickName: "",
      sendMemberName: "",
      peerName:
        (each.peer.to === "group"
          ? world.groups.get(each.peer.id)?.groupName
          : world.people.get(each.peer.id)?.nickname) ?? "",
    }));
  }),
  get_group_msg_history: define({ group_id: "id", ...page }, (params, world) =>
    history(world, { to: "group", id: findGroup(world, params).groupId }, params),
  ),
  get_friend_msg_history: define({ user_id: "id", ...page }, (params, world) =>
    history(world, needPerson(world, params), params),
  ),
  get_msg: define({ message_id: "id" }, (params, world) => toWire(world, find(world, params))),
  // One's own, and in a group whatever somebody of lower rank said.
  delete_msg: define({ message_id: "id" }, (params, world) => {
    const stored = find(world, params);
    const group = stored.peer.to === "group" ? world.groups.get(stored.peer.id) : undefined;
    if (stored.senderId !== world.account.userId) {
      if (!group) throw new Refusal("不能撤回对方的消息");
      needRank(world, group, "admin", group.members.get(stored.senderId));
    }
    recall(world, stored, world.account.userId);
    return null;
  }),
  mark_private_msg_as_read: define({ user_id: "id" }, (params, world) => {
    world.chat.read.add(`private ${needPerson(world, params).id}`);
    return null;
  }),
  mark_group_msg_as_read: define({ group_id: "id" }, (params, world) => {
    world.chat.read.add(`group ${findGroup(world, params).groupId}`);
    return null;
  }),
  forward_group_single_msg: define({ group_id: "id", message_id: "id" }, (params, world) =>
    forward(world, { to: "group", id: findGroup(world, params).groupId }, params),
  ),
  forward_friend_single_msg: define({ user_id: "id", message_id: "id" }, (params, world) =>
    forward(world, needPerson(world, params), params),
  ),
  // Left out, `set` puts the face there.
  set_msg_emoji_like: define({ message_id: "id", emoji_id: "id", "set?": "any" }, (params, world) => {
    const stored = find(world, params);
    const face = String(params.emoji_id);
    const isDone = react(world, stored, world.account.userId, face, isYes(params.set));
    return isDone ? { result: 0, errMsg: "" } : { result: 65002, errMsg: "not set" };
  }),
  group_poke: define({ group_id: "id", user_id: "id" }, (params, world) => {
    needPackets(world);
    const group = findGroup(world, params);
    const { userId } = findMember(group, params);
    world.pokes.push({ userId, groupId: group.groupId });
    poke(world, world.account.userId, userId, group.groupId);
    return null;
  }),
  friend_poke: define({ user_id: "id", "target_id?": "id" }, (params, world) => {
    needPackets(world);
    const { id } = needPerson(world, params);
    world.pokes.push({ userId: id, groupId: null });
    poke(world, world.account.userId, id, null);
    return null;
  }),
};
