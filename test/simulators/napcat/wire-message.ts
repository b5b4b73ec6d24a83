import type { Stored } from "./chat";
import type { WireObject } from "./wire";
import type { World } from "./world";

/** The text form that goes along, codes for what is no text. */
function toRawText(message: unknown): string {
  if (!Array.isArray(message)) return "";
  return message
    .map((each: { type?: string; data?: { text?: string } }) => each.data?.text ?? `[${each.type}]`)
    .join("");
}

/** A message as events, histories and `get_msg` tell it. Its content is what was sent, which is JSON. */
export function toMessage(world: World, stored: Stored): WireObject {
  const { messageId, seq, peer, senderId, message } = stored;
  const person = world.people.get(senderId);
  const group = peer.to === "group" ? world.groups.get(peer.id) : undefined;
  const member = group?.members.get(senderId);
  const nickname = person?.nickname ?? senderId;
  const sender = { user_id: BigInt(senderId), nickname, card: member?.card ?? "" };
  return {
    ...{ message_type: peer.to, sub_type: peer.to === "group" ? "normal" : "friend" },
    ...{ message_id: messageId, message_seq: messageId, real_id: messageId, real_seq: String(seq) },
    user_id: BigInt(senderId),
    ...(peer.to === "group" ? { group_id: BigInt(peer.id), group_name: group?.groupName ?? "" } : {}),
    sender: member ? { ...sender, role: member.role } : sender,
    message: JSON.parse(JSON.stringify(message)),
    ...{ message_format: "array", raw_message: toRawText(message), font: 14 },
  };
}
