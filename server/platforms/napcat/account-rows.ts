import { z } from "zod";
import { Count, Id, IdInput, NoCache, row, Text } from "./field";

export const LoginInfo = z.looseObject({ user_id: Id, nickname: Text }).describe("the account NapCat is signed in to");
export const Status = z
  .looseObject({ online: z.boolean(), good: z.boolean() })
  .describe("is the account online, and does NapCat think itself healthy");
export const Version = z.looseObject({ app_name: Text, protocol_version: Text, app_version: Text });
export const FriendEntry = z.looseObject({ user_id: Id, nickname: Text, remark: Text });
export const Stranger = z.looseObject({ user_id: Id, nickname: Text, remark: Text, age: Count, sex: Text });

const nothing = z.strictObject({});

/** The account itself and the people it knows. */
export const accountRows = {
  get_login_info: row("get_login_info", {
    zh: "获取登录号信息",
    en: "Get the signed-in account",
    line: 1263,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: LoginInfo,
  }),
  get_status: row("get_status", {
    zh: "获取状态",
    en: "Get the account's state",
    line: 2353,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: Status,
  }),
  get_version_info: row("get_version_info", {
    zh: "获取版本信息",
    en: "Get NapCat's version",
    line: 10062,
    permission: "bots.view",
    risk: "read",
    input: nothing,
    output: Version,
  }),
  get_friend_list: row("get_friend_list", {
    zh: "获取好友列表",
    en: "List friends",
    line: 1794,
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ no_cache: NoCache }),
    output: z.array(FriendEntry),
    secretOutput: ["*.phone_num", "*.email"],
    traps: ["The document shows a list of null; friends arrive, with phone number and e-mail among their fields."],
  }),
  get_stranger_info: row("get_stranger_info", {
    zh: "获取账号信息",
    en: "Get an account's profile",
    line: 1706,
    permission: "friends.view",
    risk: "read",
    input: z.strictObject({ user_id: IdInput }),
    output: Stranger,
  }),
};
