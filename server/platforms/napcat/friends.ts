import type { Adapter } from "../adapter";
import type { Call } from "../client";
import { toRaw } from "../json";
import { notOffered } from "../not-offered";
import type { NapcatCatalogue } from "./catalogue";
import { toFriend, toPerson } from "./person";

/** The people the account knows. */
export function friendAdapter(call: Call<NapcatCatalogue>) {
  return {
    "friends.list": async () => (await call("get_friend_list", { no_cache: false })).map(toFriend),
    "friends.remove": async (userId, also = {}) => {
      // One id only: of two, NapCat takes the other one. Both switches always: the document's example blocks and vanishes.
      const { block = false, vanish = false } = also;
      await call("delete_friend", { user_id: userId, temp_block: block, temp_both_del: vanish });
    },
    "friends.remark": async (userId, remark) => {
      await call("set_friend_remark", { user_id: userId, remark });
    },
    "friends.oneWay": async () => {
      const people = await call("get_unidirectional_friend_list", {});
      return people.map((person) => ({
        ...{ id: person.uin, name: person.nick_name, avatar: null, signature: null, sex: null },
        ...{ remark: null, label: null, isOnline: null, raw: toRaw(person) },
      }));
    },
    "people.like": async (userId, times) => {
      // As often as QQ takes it from one account on one day.
      if (!Number.isInteger(times) || times < 1 || times > 20) throw notOffered("times");
      await call("send_like", { user_id: userId, times });
    },
    "people.get": async (userId) => toPerson(await call("get_stranger_info", { user_id: userId })),
    "categories.list": async () => {
      const categories = await call("get_friends_with_category", {});
      return categories.map((category) => ({
        id: category.categoryId,
        name: category.categoryName,
        friends: category.buddyList.map(toFriend),
        raw: toRaw(category, ["buddyList"]),
      }));
    },
  } satisfies Adapter;
}
