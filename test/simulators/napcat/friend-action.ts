import { type Action, define, Refusal } from "./define";
import { toFriend } from "./wire-entity";

/** Friends beyond the list. */
export const friendActions: Readonly<Record<string, Action>> = {
  get_friends_with_category: define({}, (_params, world) =>
    [...world.categories].map(([id, name], index) => {
      const friends = [...world.friends.values()].filter((friend) => (friend.categoryId ?? 0) === id);
      return {
        categoryId: id,
        categorySortId: index,
        categoryName: name,
        categoryMbCount: friends.length,
        onlineCount: 0,
        buddyList: friends.map(toFriend),
      };
    }),
  ),
  get_unidirectional_friend_list: define({}, (_params, world) =>
    [...world.oneWay.values()].map(({ userId, nickname, age, source }) => ({
      ...{ uin: BigInt(userId), uid: `u_sim${userId}`, nick_name: nickname, age: age ?? 0, source },
    })),
  ),
  set_friend_remark: define({ user_id: "id", remark: "string" }, (params, world) => {
    const friend = world.friends.get(String(params.user_id));
    if (!friend) throw new Refusal("不是好友");
    friend.remark = String(params.remark);
    return null;
  }),
};
