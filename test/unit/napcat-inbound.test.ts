import { describe, expect, test } from "vitest";
import { endless } from "@/server/platforms/arrival";
import { PlatformError } from "@/server/platforms/error";
import { parseJson } from "@/server/platforms/json";
import { toInbound } from "@/server/platforms/napcat/inbound";
import { toFilteredArrival, toGroupArrival } from "@/server/platforms/napcat/listed";
import { DoubtRequest, GroupNotice } from "@/server/platforms/napcat/request-rows";

const base = { time: 1700000100, self_id: 10001 };
const friend = {
  ...base,
  post_type: "request",
  request_type: "friend",
  user_id: 30001,
  comment: "hi",
  flag: "1700000000",
};

function arrivalOf(raw: unknown) {
  const inbound = toInbound(raw);
  if (inbound.type !== "request") throw new Error(`not a request: ${inbound.type}`);
  return inbound.arrival;
}

describe("friend requests", () => {
  test("two people who ask in the same second share a flag: told apart by key, and each warned of by the twin key", () => {
    const one = arrivalOf(friend);
    const other = arrivalOf({ ...friend, user_id: 30002 });
    expect(one.key).not.toBe(other.key);
    expect(one.twinKey).toBe(other.twinKey);
    expect(one.key).toBe("friend:30001:1700000000");
  });

  test("somebody who asks again later is a new arrival and nobody's twin", () => {
    const again = arrivalOf({ ...friend, flag: "1700000060" });
    expect(again.key).not.toBe(arrivalOf(friend).key);
    expect(again.twinKey).not.toBe(arrivalOf(friend).twinKey);
  });

  test.each([
    ["endless", "9".repeat(200)],
    ["of U+0000", "17\u0000"],
    ["of a new line", "17\n00"],
    ["of half a character", "17\ud800"],
  ])("an id %s, which no database could keep as a key, is a wrong shape and holds up nothing", (_what, flag) => {
    expect(() => arrivalOf({ ...friend, flag })).toThrow(PlatformError);
  });

  test("a push that is repeated makes the same key, whatever type its ids have", () => {
    const repeated = arrivalOf({ ...friend, time: 1700000500, user_id: "30001", flag: 1700000000, self_id: "10001" });
    expect(repeated.key).toBe(arrivalOf(friend).key);
  });

  test("an id beyond 2^53 is not rounded into somebody else", () => {
    const raw = parseJson(
      '{"post_type":"request","request_type":"friend","self_id":1,"user_id":9007199254740993,"flag":"1700000000"}',
    );
    expect(arrivalOf(raw)).toMatchObject({ applicantId: "9007199254740993", message: "" });
  });

  test("carries what is needed to answer it, without a reason to the applicant", () => {
    expect(arrivalOf(friend)).toMatchObject({
      kind: "friend",
      handle: { flag: "1700000000" },
      answers: { approve: true, deny: true, takesReason: false },
      askedAt: new Date(1700000000_000),
      raw: friend,
    });
  });

  test("without a flag it cannot be answered and is told as a wrong shape", () => {
    expect(() => toInbound({ ...friend, flag: undefined })).toThrow(
      expect.objectContaining({ code: "bad_answer", detail: { field: "flag" } }),
    );
  });
});

describe("group requests", () => {
  const pushed = {
    ...base,
    post_type: "request",
    request_type: "group",
    sub_type: "add",
    group_id: 40001,
    user_id: 30001,
    comment: "let me in",
    flag: "1700000000123456",
  };
  const listed = {
    request_id: 1700000000123456,
    invitor_uin: 30001,
    invitor_nick: "Ann",
    group_id: 40001,
    message: "let me in",
    group_name: "Chess",
    checked: false,
    actor: 0,
  };

  test("one that was pushed and is listed later is not two requests", () => {
    const arrival = toGroupArrival(GroupNotice.parse(listed), "group_join", "");
    expect(arrival.key).toBe(arrivalOf(pushed).key);
    expect(arrival).toMatchObject({
      kind: "group_join",
      applicantId: "30001",
      applicantName: "Ann",
      groupName: "Chess",
    });
    expect(arrival.handle).toEqual(arrivalOf(pushed).handle);
    expect(arrival.isHandled).toBeUndefined();
  });

  test("an invitation likewise", () => {
    const arrival = toGroupArrival(GroupNotice.parse(listed), "group_invite", "");
    const event = arrivalOf({ ...pushed, sub_type: "invite" });
    expect(event).toMatchObject({ kind: "group_invite", key: arrival.key, applicantId: arrival.applicantId });
  });

  test("a flag of 16 digits goes back as the text it was, not as a number", () => {
    expect(toGroupArrival(GroupNotice.parse(listed), "group_join", "").handle).toEqual({ flag: "1700000000123456" });
  });

  test("`checked` is decided elsewhere, and `actor` who did it", () => {
    const by = (extra: object) =>
      toGroupArrival(GroupNotice.parse({ ...listed, ...extra }), "group_join", "").isHandled;
    expect(by({ checked: true, actor: 50001 })).toEqual({ by: "50001" });
    expect(by({ checked: true, actor: 0 })).toEqual({ by: null });
    expect(by({ checked: true, actor: null })).toEqual({ by: null });
  });

  test("a filtered one may come with nulls", () => {
    const sparse = GroupNotice.parse({
      ...listed,
      invitor_nick: null,
      group_id: null,
      message: null,
      group_name: null,
    });
    expect(toGroupArrival(sparse, "group_join", "filtered")).toMatchObject({
      applicantName: "",
      groupId: null,
      message: "",
      groupName: null,
      source: "filtered",
    });
  });

  test("a kind nobody knows is named and not guessed", () => {
    expect(toInbound({ ...pushed, sub_type: "apply" })).toEqual({ type: "other", name: "request.group" });
    expect(toInbound({ ...pushed, request_type: "guild" })).toEqual({ type: "other", name: "request.guild" });
  });
});

describe("filtered friend requests", () => {
  const doubt = {
    flag: "u_abc",
    uin: "30001",
    nick: "Ann",
    source: "search",
    reason: "risk",
    msg: "hi",
    time: "1700000000",
  };

  test("a deny button would accept the person: the request offers none and says why", () => {
    expect(toFilteredArrival(DoubtRequest.parse(doubt))).toMatchObject({
      kind: "filtered_friend",
      applicantId: "30001",
      answers: { approve: true, deny: false, whyNoDeny: "filtered_friend" },
      handle: { flag: "u_abc", time: "1700000000" },
    });
  });

  test("who is filtered again later is a new arrival, who is listed again is not", () => {
    const key = (extra: object = {}) => toFilteredArrival(DoubtRequest.parse({ ...doubt, ...extra })).key;
    expect(key()).toBe(key({ nick: "Anna" }));
    expect(key()).not.toBe(key({ time: "1700009999" }));
    expect(key({ time: "" })).toBe("doubt:30001:u_abc");
  });
});

describe("what else arrives", () => {
  test.each([
    ["friend_add", { notice_type: "friend_add", user_id: 30001 }, { type: "friend_added", userId: "30001" }],
    [
      "a new member",
      { notice_type: "group_increase", sub_type: "approve", group_id: 4, user_id: 30001, operator_id: 50001 },
      { type: "member_joined", groupId: "4", userId: "30001", operatorId: "50001", how: "approve" },
    ],
    [
      "a new member by invitation, operator unknown",
      { notice_type: "group_increase", sub_type: "invite", group_id: "4", user_id: "30001", operator_id: 0 },
      { type: "member_joined", groupId: "4", userId: "30001", operatorId: null, how: "invite" },
    ],
    [
      "the bot in a new group",
      { notice_type: "group_increase", sub_type: "invite", group_id: 4, user_id: 10001, operator_id: 50001 },
      { type: "bot_joined_group", groupId: "4" },
    ],
    [
      "the account's end",
      { notice_type: "bot_offline", user_id: 10001, tag: "kick", message: "signed out" },
      { type: "bot_offline", message: "signed out" },
    ],
    [
      "somebody who left",
      { notice_type: "group_decrease", sub_type: "leave", group_id: 4, user_id: 30001, operator_id: 30001 },
      { type: "member_left", groupId: "4", userId: "30001", operatorId: null, how: "leave" },
    ],
    [
      "somebody who was put out",
      { notice_type: "group_decrease", sub_type: "kick", group_id: 4, user_id: 30001, operator_id: "50001" },
      { type: "member_left", groupId: "4", userId: "30001", operatorId: "50001", how: "kick" },
    ],
    [
      "the account put out",
      { notice_type: "group_decrease", sub_type: "kick_me", group_id: 4, user_id: 10001, operator_id: 50001 },
      { type: "bot_left_group", groupId: "4", operatorId: "50001" },
    ],
    [
      "the account gone of its own will",
      { notice_type: "group_decrease", sub_type: "leave", group_id: 4, user_id: 10001, operator_id: 10001 },
      { type: "bot_left_group", groupId: "4", operatorId: null },
    ],
    [
      "a group dissolved by its owner",
      { notice_type: "group_decrease", sub_type: "disband", group_id: 4, user_id: 50001, operator_id: 50001 },
      { type: "bot_left_group", groupId: "4", operatorId: "50001" },
    ],
    [
      "a mute, which ends by the platform's clock",
      { notice_type: "group_ban", sub_type: "ban", group_id: 4, user_id: 30001, operator_id: 50001, duration: 60 },
      {
        ...{ type: "member_muted", groupId: "4", userId: "30001", operatorId: "50001" },
        until: new Date(1700000160_000),
      },
    ],
    [
      "a mute lifted",
      { notice_type: "group_ban", sub_type: "lift_ban", group_id: 4, user_id: 30001, operator_id: 50001, duration: 0 },
      { type: "member_muted", groupId: "4", userId: "30001", operatorId: "50001", until: null },
    ],
    [
      "everybody muted, without an end",
      { notice_type: "group_ban", sub_type: "ban", group_id: 4, user_id: 0, operator_id: 50001, duration: -1 },
      { type: "member_muted", groupId: "4", userId: null, operatorId: "50001", until: endless },
    ],
    [
      "everybody's mute lifted",
      { notice_type: "group_ban", sub_type: "lift_ban", group_id: 4, user_id: 0, operator_id: 50001, duration: 0 },
      { type: "member_muted", groupId: "4", userId: null, operatorId: "50001", until: null },
    ],
    [
      "a new admin",
      { notice_type: "group_admin", sub_type: "set", group_id: 4, user_id: 30001 },
      { type: "member_changed", groupId: "4", userId: "30001", role: "admin" },
    ],
    [
      "an admin no more",
      { notice_type: "group_admin", sub_type: "unset", group_id: 4, user_id: 30001 },
      { type: "member_changed", groupId: "4", userId: "30001", role: "member" },
    ],
    [
      "a card taken away",
      { notice_type: "group_card", group_id: 4, user_id: 30001, card_new: "", card_old: "Door" },
      { type: "member_changed", groupId: "4", userId: "30001", card: "" },
    ],
    [
      "a title",
      { notice_type: "notify", sub_type: "title", group_id: 4, user_id: 30001, title: "Champion" },
      { type: "member_changed", groupId: "4", userId: "30001", title: "Champion" },
    ],
    [
      "a group's new name",
      { notice_type: "notify", sub_type: "group_name", group_id: 4, user_id: 30001, name_new: "Go" },
      { type: "group_changed", groupId: "4", name: "Go" },
    ],
    [
      "a highlight, which the lists know",
      { notice_type: "essence", sub_type: "add", group_id: 4, message_id: 7, sender_id: 30001, operator_id: 50001 },
      { type: "group_changed", groupId: "4" },
    ],
    [
      "a message taken back by an admin",
      { notice_type: "group_recall", group_id: 4, user_id: 30001, operator_id: 50001, message_id: -7 },
      { type: "message_recalled", peer: { to: "group", id: "4" }, messageId: "-7", operatorId: "50001" },
    ],
    [
      "a message taken back in private",
      { notice_type: "friend_recall", user_id: 30001, message_id: 7 },
      { type: "message_recalled", peer: { to: "person", id: "30001" }, messageId: "7", operatorId: null },
    ],
    [
      "a face under a message, on or off unknown",
      {
        ...{ notice_type: "group_msg_emoji_like", group_id: 4, user_id: 30001, message_id: 7 },
        likes: [{ emoji_id: "76", count: 1 }],
      },
      {
        ...{ type: "reacted", peer: { to: "group", id: "4" }, messageId: "7" },
        ...{ userId: "30001", faceId: "76", isOn: null },
      },
    ],
    [
      "a face taken away",
      {
        ...{ notice_type: "group_msg_emoji_like", group_id: 4, user_id: 30001, message_id: 7, is_add: false },
        likes: [{ emoji_id: 76, count: 0 }],
      },
      {
        ...{ type: "reacted", peer: { to: "group", id: "4" }, messageId: "7" },
        ...{ userId: "30001", faceId: "76", isOn: false },
      },
    ],
    [
      "a poke in a group",
      { notice_type: "notify", sub_type: "poke", group_id: 4, user_id: 30001, target_id: 10001 },
      { type: "poked", peer: { to: "group", id: "4" }, userId: "30001", targetId: "10001" },
    ],
    [
      "a poke in private by the account, told under the other's number",
      { notice_type: "notify", sub_type: "poke", user_id: 30001, sender_id: 10001, target_id: 30001 },
      { type: "poked", peer: { to: "person", id: "30001" }, userId: "10001", targetId: "30001" },
    ],
    [
      "a poke in private by the account, told under its own",
      { notice_type: "notify", sub_type: "poke", user_id: 10001, target_id: 30001 },
      { type: "poked", peer: { to: "person", id: "30001" }, userId: "10001", targetId: "30001" },
    ],
    ["a notice of no use here", { notice_type: "x" }, { type: "other", name: "notice.x" }],
    [
      "a notice of an unknown sub-kind",
      { notice_type: "notify", sub_type: "input_status" },
      { type: "other", name: "notice.notify.input_status" },
    ],
  ])("%s", (_name, notice, inbound) => {
    expect(toInbound({ ...base, post_type: "notice", ...notice })).toEqual(inbound);
  });

  test("heartbeat and lifecycle", () => {
    const meta = { ...base, post_type: "meta_event" };
    const beat = { ...meta, meta_event_type: "heartbeat", status: { online: false, good: true }, interval: 30000 };
    expect(toInbound(beat)).toEqual({ type: "heartbeat", isOnline: false, interval: 30000 });
    expect(toInbound({ ...beat, status: { good: true } })).toMatchObject({ isOnline: false });
    expect(toInbound({ ...meta, meta_event_type: "lifecycle", sub_type: "connect" })).toEqual({
      type: "lifecycle",
      sub: "connect",
    });
  });

  test.each([null, 1, "x", [], {}, { post_type: "request" }, { post_type: 3, self_id: 1 }])("%j is no event", (raw) => {
    expect(() => toInbound(raw)).toThrow(PlatformError);
  });
});

describe("messages", () => {
  const sender = { user_id: 30001, nickname: "Ann", card: "Door", role: "member" };
  const said = { ...base, post_type: "message", message_id: 7, user_id: 30001, sender };
  const group = { ...said, message_type: "group", group_id: 4 };
  const segments = { message_format: "array", message: [{ type: "text", data: { text: "hello" } }] };

  function messageOf(raw: unknown) {
    const inbound = toInbound(raw);
    if (inbound.type !== "message") throw new Error(`not a message: ${inbound.type}`);
    return inbound.message;
  }

  test.each([
    ["segments", segments],
    ["text with codes", { message_format: "string", message: "hello" }],
  ])("one in a group, written as %s", (_name, content) => {
    expect(messageOf({ ...group, ...content })).toMatchObject({
      ...{ id: "7", peer: { to: "group", id: "4" }, senderId: "30001", senderName: "Door", isOwn: false },
      ...{ at: new Date(1700000100_000), pieces: [{ type: "text", text: "hello" }] },
    });
  });

  test("what somebody typed is no code, and a code is no text", () => {
    const codes = messageOf({ ...group, message_format: "string", message: "[CQ:at,qq=10001] &#91;CQ:at,qq=all&#93;" });
    expect(codes.pieces).toEqual([
      { type: "mention", userId: "10001" },
      { type: "text", text: " [CQ:at,qq=all]" },
    ]);
    const typed = [{ type: "text", data: { text: "[CQ:at,qq=all]" } }];
    expect(messageOf({ ...group, message: typed }).pieces).toEqual([{ type: "text", text: "[CQ:at,qq=all]" }]);
  });

  test("one in private belongs to the conversation with its sender", () => {
    const message = messageOf({ ...said, ...segments, message_type: "private", sub_type: "friend" });
    expect(message).toMatchObject({ peer: { to: "person", id: "30001" }, isOwn: false, senderName: "Door" });
  });

  test("the account's own, sent from its phone, belongs to the conversation it went to", () => {
    const own = { ...said, ...segments, post_type: "message_sent", user_id: 10001, sender: { user_id: 10001 } };
    const message = messageOf({ ...own, message_type: "private", target_id: 30002 });
    expect(message).toMatchObject({ peer: { to: "person", id: "30002" }, isOwn: true, senderId: "10001" });
    expect(messageOf({ ...own, message_type: "group", group_id: 4 })).toMatchObject({
      ...{ peer: { to: "group", id: "4" }, isOwn: true },
    });
    // Without a target nobody knows whose conversation it is: not the account's with itself.
    expect(toInbound({ ...own, message_type: "private" })).toEqual({ type: "other", name: "message_sent.private" });
  });

  test("one of a kind nobody knows is named and not guessed", () => {
    const guild = { ...said, ...segments, message_type: "guild", guild_id: "1" };
    expect(toInbound(guild)).toEqual({ type: "other", name: "message.guild" });
  });

  test("an id that no database could keep is a wrong shape", () => {
    expect(() => toInbound({ ...group, ...segments, message_id: "7\u0000" })).toThrow(PlatformError);
  });
});

test("the number 0 is nobody: everybody is muted, without an end, and not for less than a second", () => {
  const notice = { ...base, post_type: "notice", notice_type: "group_ban", sub_type: "ban", group_id: 4 };
  for (const [user_id, duration] of [
    [0, -1],
    ["0", "-1"],
    [0, 0.5],
  ])
    expect(toInbound({ ...notice, user_id, operator_id: 0, duration })).toEqual({
      ...{ type: "member_muted", groupId: "4", userId: null, operatorId: null, until: endless },
    });
});

test("whoever poked in private, the conversation is with the other", () => {
  const notice = { ...base, post_type: "notice", notice_type: "notify", sub_type: "poke" };
  const ways = [
    { user_id: 30001, sender_id: 30001, target_id: 10001 },
    { user_id: 30001, sender_id: 10001, target_id: 30001 },
    { user_id: 10001, target_id: 30001 },
  ];
  for (const way of ways)
    expect(toInbound({ ...notice, ...way })).toMatchObject({ type: "poked", peer: { to: "person", id: "30001" } });
});
