import { tellEssence } from "./deed";
import { type Action, define, findGroup, needRank, type Params, Refusal, sizeOf } from "./define";
import { takeOut } from "./shelf";
import type { Wire } from "./wire";
import type { Group, World } from "./world";

/** The group of a message that is to be a highlight, and the message. */
function ofMessage(world: World, params: Params): { group: Group; messageId: number } {
  const stored = world.chat.find(params.message_id);
  const group = stored?.peer.to === "group" ? world.groups.get(stored.peer.id) : undefined;
  if (!stored || !group) throw new Refusal("msg not found");
  return { group, messageId: stored.messageId };
}

/** The verdict on a highlight: a refusal is words inside an ok. */
function verdict(wording = ""): Wire {
  return { errCode: 0, errMsg: "success", result: { wording, digestUin: "0", digestTime: 0, errorCode: 0 } };
}

function mayHighlight(world: World, group: Group): boolean {
  return group.members.get(world.account.userId)?.role !== "member";
}

/** Notices and highlights of a group. */
export const noticeActions: Readonly<Record<string, Action>> = {
  _get_group_notice: define({ group_id: "id" }, (params, world) =>
    findGroup(world, params).shelf.notices.map((notice) => ({
      notice_id: notice.id,
      sender_id: BigInt(notice.senderId),
      publish_time: notice.time,
      message: { text: notice.text, image: [] },
    })),
  ),
  _send_group_notice: define(
    {
      group_id: "id",
      content: "string",
      "image?": "string",
      "pinned?": "id",
      "type?": "id",
      "confirm_required?": "id",
      "is_show_edit_card?": "id",
      "tip_window_type?": "id",
    },
    (params, world) => {
      const group = findGroup(world, params);
      needRank(world, group, "admin");
      if (params.image !== undefined) sizeOf(params.image);
      group.shelf.notices.push({
        id: group.shelf.next("n"),
        text: String(params.content),
        senderId: world.account.userId,
        time: world.now(),
        isPinned: String(params.pinned) === "1",
        needsConfirmation: String(params.confirm_required) === "1",
      });
      return null;
    },
  ),
  _del_group_notice: define({ group_id: "id", notice_id: "string" }, (params, world) => {
    const group = findGroup(world, params);
    needRank(world, group, "admin");
    const isThere = takeOut(group.shelf.notices, ({ id }) => id === String(params.notice_id));
    return isThere ? { result: 0, errMsg: "" } : { result: 1, errMsg: "公告不存在" };
  }),
  get_essence_msg_list: define({ group_id: "id" }, (params, world) =>
    findGroup(world, params).shelf.essence.map(({ messageId, operatorId, time }) => {
      const stored = world.chat.find(messageId);
      const sender = stored?.senderId ?? "0";
      return {
        msg_seq: stored?.seq ?? 0,
        msg_random: 1,
        sender_id: BigInt(sender),
        sender_nick: world.people.get(sender)?.nickname ?? "",
        operator_id: BigInt(operatorId),
        operator_nick: world.people.get(operatorId)?.nickname ?? "",
        message_id: messageId,
        operator_time: time,
        content: JSON.parse(JSON.stringify(stored?.message ?? [])),
      };
    }),
  ),
  set_essence_msg: define({ message_id: "id" }, (params, world) => {
    const { group, messageId } = ofMessage(world, params);
    if (!mayHighlight(world, group)) return verdict("你没有权限设置精华消息");
    group.shelf.essence.push({ messageId, operatorId: world.account.userId, time: world.now() });
    tellEssence(world, group.groupId, world.chat.find(messageId), true);
    return verdict();
  }),
  delete_essence_msg: define({ message_id: "id" }, (params, world) => {
    const { group, messageId } = ofMessage(world, params);
    if (!mayHighlight(world, group)) return verdict("你没有权限移除精华消息");
    takeOut(group.shelf.essence, (each) => each.messageId === messageId);
    tellEssence(world, group.groupId, world.chat.find(messageId), false);
    return verdict();
  }),
};
