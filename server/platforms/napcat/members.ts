import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { NapcatCatalogue } from "./catalogue";
import { toMember } from "./person";

/** Who is in a group, and what is done to them. Every switch is always sent: NapCat's defaults go both ways. */
export function memberAdapter(call: Call<NapcatCatalogue>) {
  return {
    "members.list": async (groupId) => (await call("get_group_member_list", { group_id: groupId })).map(toMember),
    "members.get": async (groupId, userId) =>
      toMember(await call("get_group_member_info", { group_id: groupId, user_id: userId })),
    "members.kick": async (groupId, userId, also = {}) => {
      const reject_add_request = also.block ?? false;
      await call("set_group_kick", { group_id: groupId, user_id: userId, reject_add_request });
    },
    "members.mute": async (groupId, userId, seconds) => {
      await call("set_group_ban", { group_id: groupId, user_id: userId, duration: seconds });
    },
    "members.promote": async (groupId, userId, isAdmin) => {
      await call("set_group_admin", { group_id: groupId, user_id: userId, enable: isAdmin });
    },
    "members.card": async (groupId, userId, card) => {
      await call("set_group_card", { group_id: groupId, user_id: userId, card });
    },
    "members.title": async (groupId, userId, title) => {
      await call("set_group_special_title", { group_id: groupId, user_id: userId, special_title: title });
    },
  } satisfies Adapter;
}
