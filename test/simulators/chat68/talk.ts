import { type Fields, type Person, toUser } from "./wire";
import type { Group, Message, World } from "./world";

/** What a helper pushes when something is said. `content` is as its kind has it: media are an address with facts behind. */
function toPush(message: Message, from: Person, chatType: number, content: string, world: World): Fields {
  const { peer: id, type, msgId, customMsgId } = message;
  const user = toUser(from);
  const time = Date.now();
  const common = {
    ...{ msgType: chatType, atUids: [], sendUid: from.uid, content, sendTime: time, time, msgId, MsgID: msgId },
    ...{ customMsgId, UserID: from.uid, isSelf: from.uid === world.account.uid, ChatType: chatType, chatType, id },
    ...{ type, user },
  };
  if (type === "friend") return { ...common, receiveUid: world.account.uid, friendId: id, sendUser: user };
  const name = world.groups.find((group) => group.id === id)?.name ?? "";
  return { ...common, groupId: id, groupName: name, name, sendMember: { user, groupId: String(id) } };
}

/** Somebody says something before the account, in a group or to it alone. */
export function hear(
  world: World,
  from: Person,
  said: { groupId?: number; content: string; chatType?: number },
): Message {
  const { groupId, content, chatType = 0 } = said;
  const type = groupId === undefined ? "friend" : "group";
  const ids = world.newIds();
  const message: Message = { peer: groupId ?? from.uid, type, ...ids, fields: { content }, deleted: "no" };
  world.heard.push(message);
  world.tell({ operator: "msgNew", data: toPush(message, from, chatType, content, world) });
  return message;
}

/** Who said it takes it back from both sides. Only conversations of two are told of. */
export function takeBack(world: World, message: Message): void {
  message.deleted = "both";
  const { msgId, peer } = message;
  const entry = { msgId: String(msgId), msgTargetId: String(peer), clearTime: String(Date.now()) };
  world.tell({ operator: "recall_msg", data: { recallOneToOneMessages: [entry] } });
}

/** Somebody else who runs the group silences it, or lifts that: told in the words of a message. */
export function silence(world: World, group: Group, bfShutup: boolean): void {
  group.isMuted = bfShutup;
  const time = Date.now();
  const operatorType = "groupShutupAll";
  const said = {
    content: bfShutup ? "管理员开启了全员禁言" : "管理员关闭了全员禁言",
    operator: "message",
    chatType: 50,
    msgType: 50,
  };
  const about = { id: group.id, time, sendTime: time, type: "group", targetId: 0, groupId: group.id };
  world.tell({
    operator: "msgNew",
    operatorType,
    data: { ...about, ...said, notificationType: operatorType, bfShutup },
  });
}

/** The group gets another name. */
export function rename(world: World, group: Group, name: string): void {
  group.name = name;
  world.tell({ operator: "groupUpdate", data: { type: "group", id: group.id, values: { name } } });
}
