import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { toRaw } from "../json";
import { fromSeconds } from "../moment";
import { notOffered } from "../not-offered";
import type { NapcatCatalogue } from "./catalogue";
import { toPieces } from "./heard";

/** Notices of a group, and messages highlighted in it. */
export function noticeAdapter(call: Call<NapcatCatalogue>) {
  return {
    "notices.list": async (groupId) => {
      const notices = await call("_get_group_notice", { group_id: groupId });
      return notices.map((notice) => ({
        id: notice.notice_id,
        text: notice.message.text,
        authorId: notice.sender_id,
        at: fromSeconds(notice.publish_time),
        raw: toRaw(notice),
      }));
    },
    "notices.publish": async (groupId, { text, image, isPinned, needsConfirmation, callsAll }) => {
      if (callsAll) throw notOffered("callsAll");
      await call("_send_group_notice", {
        group_id: groupId,
        content: text,
        ...(image === undefined ? {} : { image }),
        ...(isPinned ? { pinned: "1" } : {}),
        ...(needsConfirmation ? { confirm_required: "1" } : {}),
      });
    },
    "notices.remove": async (groupId, noticeId) => {
      await call("_del_group_notice", { group_id: groupId, notice_id: noticeId });
    },
    "essence.list": async (groupId) => {
      const highlights = await call("get_essence_msg_list", { group_id: groupId });
      return highlights.map((highlight) => ({
        messageId: highlight.message_id,
        senderId: highlight.sender_id,
        senderName: highlight.sender_nick || null,
        operatorId: highlight.operator_id,
        operatorName: highlight.operator_nick || null,
        at: fromSeconds(highlight.operator_time),
        pieces: toPieces(highlight.content, { to: "group", id: groupId }),
        raw: toRaw(highlight),
      }));
    },
    "essence.add": async ({ messageId }) => {
      await call("set_essence_msg", { message_id: messageId });
    },
    "essence.remove": async ({ messageId }) => {
      await call("delete_essence_msg", { message_id: messageId });
    },
  } satisfies Adapter;
}
