import { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { toRaw } from "../json";
import { fromSeconds } from "../moment";
import { notOffered } from "../not-offered";
import type { NapcatCatalogue } from "./catalogue";
import { toMessage } from "./heard";
import { readHistory } from "./history";
import { toSegments } from "./said";

const Sent = z.object({ message_id: z.union([z.string(), z.number()]) });
const kinds: Readonly<Record<number, "person" | "group">> = { 1: "person", 2: "group" };

/** Conversations. Messages are known by NapCat's own short numbers, which mean nothing after its restart. */
export function messageAdapter(call: Call<NapcatCatalogue>) {
  return {
    "conversations.list": async (limit) => {
      const contacts = await call("get_recent_contact", { count: Math.min(limit, 200) });
      return contacts.flatMap((contact) => {
        const to = kinds[contact.chatType ?? 0];
        // Guilds, services and the account's other devices: nothing here can be sent there.
        if (to === undefined) return [];
        const name = contact.remark || contact.peerName;
        return [{ to, id: contact.peerUin, name, at: fromSeconds(contact.msgTime), raw: toRaw(contact) }];
      });
    },
    "messages.send": async ({ to, id, pieces }) => {
      const message = toSegments(pieces);
      // One id, and the operation of its kind: with both ids the message can go to the wrong chat.
      const answer =
        to === "group"
          ? await call("send_group_msg", { group_id: id, message })
          : await call("send_private_msg", { user_id: id, message });
      // A message is sent whatever its answer looks like.
      const sent = Sent.safeParse(answer);
      return { messageId: sent.success ? String(sent.data.message_id) : null, handle: null };
    },
    "messages.recall": async ({ messageId }) => {
      await call("delete_msg", { message_id: messageId });
    },
    "messages.history": (peer, cursor, limit) => readHistory(call, peer, cursor, limit),
    "messages.get": async ({ messageId, to, id }) =>
      toMessage(await call("get_msg", { message_id: messageId }), { to, id }),
    "messages.read": async ({ to, id }) => {
      if (to === "group") await call("mark_group_msg_as_read", { group_id: id });
      else await call("mark_private_msg_as_read", { user_id: id });
    },
    "messages.forward": async ({ messageId: message_id }, { to, id }) => {
      if (to === "group") await call("forward_group_single_msg", { group_id: id, message_id });
      else await call("forward_friend_single_msg", { user_id: id, message_id });
    },
    "messages.react": async ({ messageId: message_id }, faceId, isOn) => {
      if (!/^\d{1,6}$/.test(faceId)) throw notOffered("faceId");
      await call("set_msg_emoji_like", { message_id, emoji_id: Number(faceId), set: isOn });
    },
    "messages.poke": async (userId, groupId) => {
      if (groupId === null) await call("friend_poke", { user_id: userId });
      else await call("group_poke", { group_id: groupId, user_id: userId });
    },
  } satisfies Adapter;
}
