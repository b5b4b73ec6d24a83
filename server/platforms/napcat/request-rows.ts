import { z } from "zod";
import { field } from "../field";
import { Id, Nothing, row, Text } from "./field";

/** What the request is answered by. A number in the lists, text in the events, always text inside. */
const Flag = field(z.string().min(1).max(512), "请求的 flag，原样传回", "the request's flag, as it arrived");

/** No default and no coercion: NapCat reads everything but `false` as yes, an omitted value included. */
const Approve = field(z.boolean(), "true 通过，false 拒绝", "true accepts, false refuses");

/** One entry of the group lists. In a join request `invitor_*` is the person who asks; in an invitation, who invites. */
export const GroupNotice = z.looseObject({
  request_id: Id,
  invitor_uin: Id,
  invitor_nick: Text,
  group_id: Id.nullish().transform((value) => value ?? null),
  group_name: Text,
  message: Text,
  requester_nick: Text,
  checked: field(z.boolean(), "是否已处理", "already decided"),
  actor: Id.nullish().transform((value) => (value === undefined || value === "0" ? null : value)),
});
export type GroupNotice = z.infer<typeof GroupNotice>;

const notices = z.array(GroupNotice).nullish();

function onceEach(entries: GroupNotice[]): GroupNotice[] {
  return [...new Map(entries.map((entry) => [entry.request_id, entry])).values()];
}

/** The invitations come under two names, together or alone; inside there is one. */
export const GroupNotices = z
  .looseObject({ InvitedRequest: notices, invited_requests: notices, join_requests: notices })
  .refine((value) => value.InvitedRequest ?? value.invited_requests ?? value.join_requests, "none of the lists")
  .transform(({ InvitedRequest, invited_requests, join_requests, ...rest }) => ({
    ...rest,
    invited_requests: onceEach([...(invited_requests ?? []), ...(InvitedRequest ?? [])]),
    join_requests: join_requests ?? [],
  }));
export type GroupNotices = z.infer<typeof GroupNotices>;

export const DoubtRequest = z.looseObject({
  flag: Id,
  uin: Id,
  nick: Text,
  source: Text,
  reason: Text,
  msg: Text,
  group_code: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value === null || value === undefined ? "" : String(value))),
  time: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => (value === null || value === undefined ? "" : String(value))),
});
export type DoubtRequest = z.infer<typeof DoubtRequest>;

const count = field(z.int().min(1).max(1000).default(50), "最多返回多少条", "how many at most");

/** Who asks to be let in, and the answers. */
export const requestRows = {
  get_group_system_msg: row("get_group_system_msg", {
    zh: "获取群系统消息",
    en: "List group requests (joins and invitations)",
    line: 5249,
    capabilities: ["requests.list", "requests.check"],
    permission: "requests.view",
    risk: "read",
    input: z.strictObject({ count }),
    output: GroupNotices,
    traps: [
      {
        zh: "邀请可能出现在 InvitedRequest 或 invited_requests 中，也可能两者都有。",
        en: "Invitations come as InvitedRequest, as invited_requests, or both.",
      },
      { zh: "加群申请中的 invitor_uin 其实是申请人。", en: "invitor_uin of a join request is the person who asks." },
      {
        zh: "request_id 就是 flag，为最长 16 位的数字；回传时须用文本。",
        en: "request_id is the flag, as a number of up to 16 digits; it goes back as text.",
      },
      {
        zh: "成员邀请他人、需管理员审核的申请只以事件推送，不会出现在列表中。",
        en: "A member's invitation that an admin must approve is pushed as an event and never listed.",
      },
    ],
  }),
  get_doubt_friends_add_request: row("get_doubt_friends_add_request", {
    zh: "获取被过滤好友请求",
    en: "List filtered friend requests",
    line: 102,
    capabilities: ["requests.list", "requests.check"],
    permission: "requests.view",
    risk: "read",
    input: z.strictObject({ count }),
    output: z.array(DoubtRequest),
    traps: [
      {
        zh: "被过滤的申请从不推送，只能通过此列表得知。",
        en: "Filtered requests are never pushed: this list is the only way to learn of them.",
      },
    ],
  }),
  set_doubt_friends_add_request: row("set_doubt_friends_add_request", {
    zh: "处理被过滤好友请求",
    en: "Accept a filtered friend request",
    line: 244,
    capabilities: ["requests.answer"],
    permission: "requests.decide",
    risk: "destructive",
    target: ["flag"],
    input: z.strictObject({
      flag: Flag,
      approve: field(
        z.literal(true, "a filtered request can only be accepted"),
        "只能为 true：NapCat 会忽略此值，一律通过",
        "only true: NapCat ignores it and accepts",
      ),
    }),
    output: Nothing,
    traps: [
      {
        zh: "approve 会被忽略：任何调用都会通过申请，无法拒绝。",
        en: "approve is ignored: every call accepts the person. There is no way to refuse.",
      },
    ],
  }),
  get_group_ignore_add_request: row("get_group_ignore_add_request", {
    zh: "获取被过滤的加群请求",
    en: "List filtered join requests",
    line: 10638,
    capabilities: ["requests.list", "requests.check"],
    permission: "requests.view",
    risk: "read",
    input: z.strictObject({}),
    output: z.array(GroupNotice),
    traps: [
      { zh: "真正被过滤的申请在此列表中，最多返回 10 条。", en: "The really filtered list; at most 10 entries." },
    ],
  }),
  get_group_ignored_notifies: row("get_group_ignored_notifies", {
    zh: "获取群过滤系统消息",
    en: "List group requests (despite its name not the filtered ones)",
    line: 7102,
    permission: "requests.view",
    risk: "read",
    input: z.strictObject({}),
    output: GroupNotices,
    traps: [
      {
        zh: "返回内容与 get_group_system_msg 相同；被过滤的申请在 get_group_ignore_add_request 中。",
        en: "Returns the same list as get_group_system_msg; the filtered ones are in get_group_ignore_add_request.",
      },
    ],
  }),
  set_friend_add_request: row("set_friend_add_request", {
    zh: "处理好友请求",
    en: "Answer a friend request",
    line: 1148,
    capabilities: ["requests.answer"],
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({
      flag: Flag,
      approve: Approve,
      remark: field(
        z.string().max(60).default(""),
        "新好友的备注，可留空",
        "remark for the new friend; empty is harmless",
      ),
    }),
    output: Nothing,
    traps: [
      {
        zh: "除 false 以外的值（包括不填）都会通过申请。",
        en: "Everything but false approves, an omitted value included.",
      },
      {
        zh: "flag 是申请时间的秒数：同一秒的两个申请 flag 相同，只会处理第一个。",
        en: "The flag is the second of the request: two requests of one second share it, and the first is acted on.",
      },
      {
        zh: "返回 ok 只表示已提交；是否成功要看 friend_add 事件或好友列表。",
        en: "ok means submitted; it is confirmed by the event friend_add or by the friend list.",
      },
    ],
  }),
  set_group_add_request: row("set_group_add_request", {
    zh: "处理加群请求",
    en: "Answer a group request",
    line: 6259,
    capabilities: ["requests.answer"],
    permission: "requests.decide",
    risk: "write",
    input: z.strictObject({
      flag: Flag,
      approve: Approve,
      reason: field(z.string().max(200).default(""), "拒绝时告知申请人的理由", "told to the applicant when refused"),
    }),
    output: Nothing,
    traps: [
      {
        zh: "除 false 以外的值（包括不填）都会通过申请。",
        en: "Everything but false approves, an omitted value included.",
      },
    ],
  }),
};
