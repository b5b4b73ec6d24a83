import { describe, expect, test } from "vitest";
import { endless, type Inbound } from "@/server/platforms/arrival";
import { toInbounds } from "@/server/platforms/chat68/inbound";

const at = new Date(1_766_115_963_742);

/** A message of a group, with the fields that the helper pushes. */
function said(more: Record<string, unknown> = {}): { operator: string; data: Record<string, unknown> } {
  const user = { uid: "7237423", nickName: "Ann" };
  return {
    operator: "msgNew",
    data: {
      ...{ msgType: 0, atUids: [], sendUid: 7237423, groupId: 389284, content: "hello", sendTime: at.getTime() },
      ...{ msgId: 4626337038, sendMember: { user, groupId: "389284" }, groupName: "Chess", customMsgId: "20298293316" },
      ...{
        isSelf: false,
        ChatType: 0,
        chatType: 0,
        id: 389284,
        name: "Chess",
        time: at.getTime(),
        type: "group",
        user,
      },
      ...more,
    },
  };
}

function only(raw: unknown): Inbound {
  const [first, ...rest] = toInbounds(raw);
  expect(rest).toEqual([]);
  return first ?? { type: "other", name: "nothing" };
}

const pieceOf = (chatType: number, content: string) => {
  const inbound = only(said({ chatType, content }));
  return inbound.type === "message" ? inbound.message.pieces : null;
};

describe("what is said", () => {
  test("in a group carries both of its ids, by which it is taken back", () => {
    expect(only(said())).toMatchObject({
      type: "message",
      message: {
        ...{ id: "4626337038", peer: { to: "group", id: "389284" }, handle: { customMsgId: "20298293316" } },
        ...{ senderId: "7237423", senderName: "Ann", isOwn: false, at, isRecalled: null },
        pieces: [{ type: "text", text: "hello" }],
      },
    });
  });

  test("by a friend belongs to the conversation with them, whoever of the two said it", () => {
    const sendUser = { nickName: "Me" };
    const own = { type: "friend", id: 7128348, sendUid: 4008697, sendMember: null, user: null, sendUser, isSelf: true };
    expect(only(said(own))).toMatchObject({
      message: { peer: { to: "person", id: "7128348" }, senderId: "4008697", senderName: "Me", isOwn: true },
    });
  });

  test.each([
    [
      1,
      "http://a.example/b.jpeg||http://a.example/c.jpeg||20310||0",
      { type: "image", url: "http://a.example/b.jpeg" },
    ],
    [7, "http://a.example/d.xml||ui.xml||11994", { type: "file", url: "http://a.example/d.xml", name: "ui.xml" }],
    [2, "http://a.example/e.amr||12", { type: "voice", url: "http://a.example/e.amr" }],
    [3, "http://a.example/f.mp4||x", { type: "video", url: "http://a.example/f.mp4" }],
    [1, "javascript:alert(1)||x", { type: "image", url: null }],
    [12, "3||4967183513", { type: "other", name: "dice" }],
    [999, "x", { type: "other", name: "type_999" }],
    [8, "new rules", { type: "text", text: "new rules" }],
    [0, "a||b", { type: "text", text: "a||b" }],
  ])("of kind %i: %s", (chatType, content, piece) => {
    expect(pieceOf(chatType, content)).toEqual([piece]);
  });

  test("without an id, or under the number 0, nothing can be done to it", () => {
    const told = { id: null, handle: null };
    expect(only(said({ msgId: 0, customMsgId: undefined }))).toMatchObject({ message: told });
    expect(only(said({ msgId: undefined, customMsgId: null }))).toMatchObject({ message: told });
  });
});

describe("what is done", () => {
  test("a group's silence comes in the words of a message and is none", () => {
    const push = (bfShutup: boolean) => ({
      ...said({ sendUid: undefined, msgId: undefined, chatType: 50, targetId: 0, bfShutup }),
      operatorType: "groupShutupAll",
    });
    const muted = { type: "member_muted", groupId: "389284", userId: null, operatorId: null };
    expect([only(push(true)), only(push(false))]).toEqual([
      { ...muted, until: endless },
      { ...muted, until: null },
    ]);
  });

  test("a group has a new name, or another setting", () => {
    const named = { operator: "groupUpdate", data: { type: "group", id: 389284, values: { name: "Go" } } };
    expect(only(named)).toEqual({ type: "group_changed", groupId: "389284", name: "Go" });
    const burning = { ...said({ chatType: 50 }), operatorType: "operatorReadCancel" };
    expect(only(burning)).toEqual({ type: "group_changed", groupId: "389284" });
  });

  test("several messages are taken back in one push; a cleared conversation names none", () => {
    const entry = { msgTargetId: "4008697", clearTime: "1773390253258" };
    const recallOneToOneMessages = ["2565552547", "2565552548"].map((msgId) => ({ ...entry, msgId }));
    const told = { type: "message_recalled", peer: { to: "person", id: "4008697" }, operatorId: null };
    expect(toInbounds({ operator: "recall_msg", data: { recallOneToOneMessages } })).toEqual([
      { ...told, messageId: "2565552547" },
      { ...told, messageId: "2565552548" },
    ]);
    const cleared = { recallGroupMessages: [{ ...entry, msgId: "0", clear: 1 }] };
    expect(only({ operator: "recall_msg", data: cleared })).toEqual({ type: "other", name: "recall_msg" });
  });

  test("what became of one's own message: its id, or that it did not arrive", () => {
    const list = [
      { customMsgId: "10441859254", updated: { MsgID: 4667081534, readStatus: 1, sendTime: "1766115963742" } },
      { customMsgId: "30984532587", updated: { readStatus: 0 } },
    ];
    const peer = { to: "group", id: "389284" };
    expect(toInbounds({ operator: "msgListPropertyUpdate", data: { id: 389284, type: "group", list } })).toEqual([
      {
        ...{ type: "message_settled", peer, handle: { customMsgId: "10441859254" } },
        ...{ messageId: "4667081534", isDelivered: true, at },
      },
      {
        ...{ type: "message_settled", peer, handle: { customMsgId: "30984532587" } },
        ...{ messageId: null, isDelivered: false, at: null },
      },
    ]);
  });
});

test("a known push of wrong shape names the field", () => {
  const bad = (raw: unknown) => expect(() => toInbounds(raw)).toThrow(expect.objectContaining({ code: "bad_answer" }));
  bad(said({ id: undefined }));
  bad(said({ type: "channel" }));
  bad({ operator: "groupUpdate", data: {} });
  bad({ operator: "msgNew" });
});
