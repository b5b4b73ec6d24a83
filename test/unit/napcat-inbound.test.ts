import { describe, expect, test } from "vitest";
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
    ["a notice of no use here", { notice_type: "group_card" }, { type: "other", name: "notice.group_card" }],
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

  test.each([
    ["segments", { message_format: "array", message: [{ type: "text", data: { text: "x" } }] }],
    ["a CQ string", { message_format: "string", message: "[CQ:at,qq=10001] x" }],
  ])("a message written as %s, and our own reported back, are no requests and no fault", (_name, message) => {
    const event = { ...base, message_type: "group", group_id: 4, user_id: 30001, ...message };
    expect(toInbound({ ...event, post_type: "message" })).toEqual({ type: "other", name: "message.group" });
    expect(toInbound({ ...event, post_type: "message_sent", message_sent_type: "self" })).toEqual({
      type: "other",
      name: "message_sent.group",
    });
  });

  test.each([null, 1, "x", [], {}, { post_type: "request" }, { post_type: 3, self_id: 1 }])("%j is no event", (raw) => {
    expect(() => toInbound(raw)).toThrow(PlatformError);
  });
});
