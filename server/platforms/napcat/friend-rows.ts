import { z } from "zod";
import { field } from "../field";
import { Count, Flag, Id, IdInput, MaybeId, NoCache, Nothing, nothing, row, Text, userId, Verdict } from "./field";

/** Words in the tables, whatever may come in the examples. */
export const Sex = z.enum(["male", "female", "unknown"]).catch("unknown");

export const FriendEntry = z.looseObject({ user_id: Id, nickname: Text, remark: Text, sex: Sex });

export const Stranger = z.looseObject({
  user_id: Id,
  uid: Text,
  uin: MaybeId,
  nickname: field(Text, "昵称", "name"),
  remark: field(Text, "备注", "remark"),
  age: Count,
  sex: Text,
  qid: Text,
  qqLevel: field(Count, "账号等级", "the account's level"),
  long_nick: field(Text, "个性签名", "signature"),
  reg_time: field(Count, "注册时间（秒）", "registered, in unix seconds"),
  is_vip: Flag,
  is_years_vip: Flag,
  vip_level: Count,
  status: Count,
  login_days: field(Count, "连续登录天数", "days in a row signed in"),
});

const Buddy = FriendEntry.extend({
  age: Count,
  level: Count,
  category_id: MaybeId,
  birthday_year: Count,
  birthday_month: Count,
  birthday_day: Count,
  phone_num: Text,
  email: Text,
});

/** The people the account knows. */
export const friendRows = {
  get_friend_list: row("get_friend_list", {
    zh: "获取好友列表",
    en: "List friends",
    line: 1794,
    capabilities: ["friends.list", "requests.check"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ no_cache: NoCache }),
    output: z.array(FriendEntry),
    secretOutput: ["*.phone_num", "*.email"],
    traps: [
      {
        zh: "文档示例是 null 列表；实际返回好友，字段中含手机号和邮箱。",
        en: "The document shows a list of null; friends arrive, with phone number and e-mail among their fields.",
      },
    ],
  }),
  get_friends_with_category: row("get_friends_with_category", {
    zh: "获取好友分组列表",
    en: "List friends by category",
    line: 778,
    capabilities: ["categories.list"],
    permission: "friends.view",
    risk: "read",
    input: nothing,
    output: z.array(
      z.looseObject({
        categoryId: field(Id, "分组 ID", "id of the category"),
        categorySortId: Count,
        categoryName: field(Text, "分组名", "name of the category"),
        categoryMbCount: field(Count, "好友数量", "how many friends"),
        onlineCount: field(Count, "在线好友数量", "how many of them are online"),
        buddyList: z
          .array(Buddy)
          .nullish()
          .transform((value) => value ?? []),
      }),
    ),
    secretOutput: ["*.buddyList.*.phone_num", "*.buddyList.*.email"],
    traps: [{ zh: "返回字段中含手机号和邮箱。", en: "Phone numbers and e-mail addresses are among the fields." }],
  }),
  get_unidirectional_friend_list: row("get_unidirectional_friend_list", {
    zh: "获取单向好友列表",
    en: "List one-way friends",
    line: 2582,
    capabilities: ["friends.oneWay"],
    permission: "friends.view",
    risk: "read",
    input: nothing,
    output: z.array(
      z.looseObject({
        uin: field(Id, "QQ 号", "the person's number"),
        uid: Text,
        nick_name: field(Text, "昵称", "name"),
        age: Count,
        source: field(Text, "来源", "where they met"),
      }),
    ),
  }),
  get_stranger_info: row("get_stranger_info", {
    zh: "获取账号信息",
    en: "Get an account's profile",
    line: 1706,
    capabilities: ["people.get"],
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ user_id: userId }),
    output: Stranger,
  }),
  set_friend_remark: row("set_friend_remark", {
    zh: "设置好友备注",
    en: "Change a friend's remark",
    line: 2706,
    capabilities: ["friends.remark"],
    permission: "friends.manage",
    risk: "write",
    input: z.strictObject({ user_id: userId, remark: field(z.string().max(60), "备注名", "the remark") }),
    output: Nothing,
  }),
  delete_friend: row("delete_friend", {
    zh: "删除好友",
    en: "Remove a friend",
    line: 2112,
    capabilities: ["friends.remove"],
    permission: "friends.remove",
    risk: "destructive",
    target: ["user_id", "friend_id"],
    input: z
      .strictObject({
        user_id: field(IdInput.optional(), "要删除的好友", "the friend to remove"),
        friend_id: field(IdInput.optional(), "同 user_id，只填其一", "the same as user_id; give one of them"),
        temp_block: field(z.boolean(), "同时拉黑", "block them as well"),
        temp_both_del: field(z.boolean(), "同时从对方列表中删除", "vanish from their list as well"),
      })
      .refine((value) => (value.user_id === undefined) !== (value.friend_id === undefined), {
        path: ["user_id"],
        message: "exactly one of user_id and friend_id",
      }),
    output: z.union([Verdict, z.null()]).optional(),
    traps: [
      {
        zh: "两个 ID 同时填写时以 friend_id 为准，可能删错人。",
        en: "Of two ids friend_id wins: the wrong person could be removed.",
      },
      {
        zh: "文档示例会拉黑对方，并把本账号从对方列表中一并移除。",
        en: "The document's example blocks the person and removes the account from their list, too.",
      },
      {
        zh: "没有该好友时仍返回 ok，只是 valid 为 false。",
        en: "Answers ok with valid: false when there is no such friend.",
      },
    ],
  }),
};
