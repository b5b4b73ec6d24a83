import type { Stored } from "./chat";
import type { Group, Member, World } from "./world";

// What people do to each other, and QQ says so: the same for a call of the account's and for somebody at a phone.

/** A message is taken back: by its sender, or by who may in a group. */
export function recall(world: World, stored: Stored, operatorId = stored.senderId): void {
  world.chat.remove(stored);
  const { peer, senderId, messageId: message_id } = stored;
  const user_id = BigInt(senderId);
  if (peer.to === "private") world.emit(world.make.notice("friend_recall", { user_id: BigInt(peer.id), message_id }));
  else
    world.emit(
      world.make.notice("group_recall", {
        ...{ group_id: BigInt(peer.id), user_id, operator_id: BigInt(operatorId), message_id },
      }),
    );
}

/** Somebody is muted; 0 lifts it. */
export function mute(world: World, group: Group, member: Member, seconds: number, operatorId: string): void {
  member.mutedUntil = seconds === 0 ? 0 : world.now() + seconds;
  tellBan(world, group, member.userId, seconds, operatorId);
}

/** Everybody is muted, or may speak again. */
export function muteAll(world: World, group: Group, isMuted: boolean, operatorId: string): void {
  group.isMuted = isMuted;
  tellBan(world, group, "0", isMuted ? -1 : 0, operatorId);
}

function tellBan(world: World, { groupId }: Group, userId: string, duration: number, operatorId: string): void {
  world.emit(
    world.make.notice("group_ban", {
      ...{ group_id: BigInt(groupId), user_id: BigInt(userId), operator_id: BigInt(operatorId), duration },
      sub_type: duration === 0 ? "lift_ban" : "ban",
    }),
  );
}

/** Somebody becomes an admin, or is one no more. */
export function promote(world: World, { groupId }: Group, member: Member, isAdmin: boolean): void {
  member.role = isAdmin ? "admin" : "member";
  const who = { group_id: BigInt(groupId), user_id: BigInt(member.userId) };
  world.emit(world.make.notice("group_admin", { ...who, sub_type: isAdmin ? "set" : "unset" }));
}

/** Somebody's name in a group changes. */
export function changeCard(world: World, { groupId }: Group, member: Member, card: string): void {
  const card_old = member.card;
  member.card = card;
  const who = { group_id: BigInt(groupId), user_id: BigInt(member.userId) };
  world.emit(world.make.notice("group_card", { ...who, card_new: card, card_old }));
}

/** The owner gives a title, or takes it away. */
export function changeTitle(world: World, { groupId }: Group, member: Member, title: string): void {
  member.title = title;
  const who = { group_id: BigInt(groupId), user_id: BigInt(member.userId) };
  world.emit(world.make.notice("notify", { ...who, sub_type: "title", title }));
}

/** A group is called something else. */
export function rename(world: World, group: Group, name: string, operatorId: string): void {
  group.groupName = name;
  const who = { group_id: BigInt(group.groupId), user_id: BigInt(operatorId) };
  world.emit(world.make.notice("notify", { ...who, sub_type: "group_name", name_new: name }));
}

/** A face is put under a message, or taken away: false when it was not there. In private QQ says nothing. */
export function react(world: World, stored: Stored, userId: string, face: string, isOn: boolean): boolean {
  if (isOn) stored.faces.add(face);
  else if (!stored.faces.delete(face)) return false;
  if (stored.peer.to === "private") return true;
  const what = { group_id: BigInt(stored.peer.id), user_id: BigInt(userId), message_id: stored.messageId };
  const likes = [{ emoji_id: face, count: isOn ? 1 : 0 }];
  world.emit(world.make.notice("group_msg_emoji_like", { ...what, likes, is_add: isOn }));
  return true;
}

/** Somebody nudges somebody: in a group, or in private with the account. */
export function poke(world: World, userId: string, targetId: string, groupId: string | null): void {
  const own = world.account.userId;
  // In private it is told under the other's number, whoever did it.
  const ids =
    groupId === null
      ? { user_id: BigInt(userId === own ? targetId : userId), sender_id: BigInt(userId) }
      : { user_id: BigInt(userId), group_id: BigInt(groupId) };
  world.emit(world.make.notice("notify", { ...ids, sub_type: "poke", target_id: BigInt(targetId) }));
}

/** A message becomes a highlight of its group, or is one no more. */
export function tellEssence(world: World, groupId: string, stored: Stored | undefined, isOn: boolean): void {
  world.emit(
    world.make.notice("essence", {
      ...{ group_id: BigInt(groupId), message_id: stored?.messageId ?? 0, sender_id: BigInt(stored?.senderId ?? "0") },
      ...{ operator_id: BigInt(world.account.userId), sub_type: isOn ? "add" : "delete" },
    }),
  );
}
