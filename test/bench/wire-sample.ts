/** Frames of a OneBot server as they come in an evening, all invented, in about the shares they come in. */

export const account = { user_id: 90_000_000_001, nickname: "Bench" };

export const member = {
  group_id: 91_000_100_001,
  user_id: 90_000_100_017,
  nickname: "Wren Halloway",
  card: "雨停了就出发",
  sex: "unknown",
  age: 0,
  area: "",
  level: "17",
  qq_level: 34,
  join_time: 1_750_000_000,
  last_sent_time: 1_751_000_000,
  title_expire_time: 0,
  unfriendly: false,
  card_changeable: true,
  is_robot: false,
  shut_up_timestamp: 0,
  role: "member",
  title: "",
};

const base = { time: 1_751_000_000, self_id: account.user_id };

function message(at: number, text: string): unknown {
  const id = 1_000_000 + at;
  const sender = { user_id: member.user_id + at, nickname: member.nickname, card: member.card, role: "member" };
  const [content, group] = [
    { type: "text", data: { text } },
    { group_id: member.group_id, group_name: "Open Loom" },
  ];
  return {
    ...{ ...base, post_type: "message", message_type: "group", sub_type: "normal", ...group },
    ...{ message_id: id, message_seq: id, real_id: id, real_seq: String(at), user_id: sender.user_id, sender },
    ...{
      raw_message: text,
      font: 14,
      message_format: "array",
      message: [content, { type: "face", data: { id: "66" } }],
    },
  };
}

const notice = { ...base, post_type: "notice", group_id: member.group_id, user_id: member.user_id };

/** One round; it is sent again and again. */
export const events: readonly unknown[] = [
  ...Array.from({ length: 32 }, (_none, at) =>
    message(at, "周三改到七点半，记得。 See you there, bring the loom notes!"),
  ),
  { ...notice, notice_type: "group_increase", sub_type: "approve", operator_id: member.user_id + 1 },
  { ...notice, notice_type: "group_decrease", sub_type: "leave", operator_id: 0 },
  { ...notice, notice_type: "group_recall", operator_id: member.user_id, message_id: 1_000_003 },
  { ...notice, notice_type: "notify", sub_type: "poke", target_id: account.user_id },
  { ...notice, notice_type: "friend_add" },
  {
    ...base,
    post_type: "meta_event",
    meta_event_type: "heartbeat",
    status: { online: true, good: true },
    interval: 30_000,
  },
  {
    ...base,
    post_type: "request",
    request_type: "friend",
    user_id: member.user_id,
    comment: "你好",
    flag: "1751000000",
  },
  {
    ...{ ...base, post_type: "request", request_type: "group", sub_type: "add", group_id: member.group_id },
    ...{ user_id: member.user_id, comment: "问题：从哪里知道本群？\n答案：朋友介绍", flag: "1751000000000001" },
  },
];
