import { describe, expect, test } from "vitest";
import { toInbound } from "@/server/platforms/im/inbound";

const ann = 10_000_011;
const me = "10000012";

function push(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...{ id: 2, createdAt: "2022-12-01T00:12:24.799+08:00", fromId: ann, toId: Number(me), ope: "friend" },
    ...{ type: "text", body: "hello", isPrivate: true, status: "normal", isRead: false },
    ...more,
  };
}

describe("what is said", () => {
  test("by a friend, or by the account to one, belongs to the conversation with them", () => {
    const peer = { to: "person", id: String(ann) };
    expect(toInbound(push(), me)).toMatchObject({
      type: "message",
      message: {
        ...{ id: "2", peer, senderId: String(ann), isOwn: false, isRecalled: false },
        ...{ at: new Date("2022-11-30T16:12:24.799Z"), pieces: [{ type: "text", text: "hello" }] },
      },
    });
    const own = push({ fromId: Number(me), toId: ann });
    expect(toInbound(own, me)).toMatchObject({ message: { peer, senderId: me, isOwn: true } });
  });

  test("in a group of a friend's number is not taken for theirs", () => {
    const inbound = toInbound(push({ ope: "group", toId: ann, fromId: 10_000_020 }), me);
    expect(inbound).toMatchObject({ message: { peer: { to: "group", id: String(ann) }, senderId: "10000020" } });
  });

  test("of whom the account is not known, nobody is told apart", () => {
    expect(toInbound(push(), null)).toMatchObject({ message: { isOwn: null, peer: { id: String(ann) } } });
  });

  test("media come by their address", () => {
    const body = JSON.stringify({ fileUrl: "https://a.example/b.pdf", fileName: "b.pdf" });
    expect(toInbound(push({ type: "file", body }), me)).toMatchObject({
      message: { pieces: [{ type: "file", url: "https://a.example/b.pdf", name: "b.pdf" }] },
    });
  });
});

test("what is taken back comes once more with another status; only who said it can do that", () => {
  expect(toInbound(push({ ope: "group", toId: 7, status: "revocation" }), me)).toEqual({
    ...{ type: "message_recalled", peer: { to: "group", id: "7" }, messageId: "2", operatorId: String(ann) },
  });
});

test("that somebody reads or types is no message, and a message without its ends is none either", () => {
  expect(toInbound(push({ type: "input" }), me)).toEqual({ type: "other", name: "friend.input" });
  expect(toInbound(push({ type: "read", id: 0 }), me)).toEqual({ type: "other", name: "friend.read" });
  expect(toInbound(push({ ope: "system", type: "text" }), me)).toEqual({ type: "other", name: "system.text" });
  expect(() => toInbound(push({ toId: undefined }), me)).toThrow(
    expect.objectContaining({ code: "bad_answer", detail: { field: "toId" } }),
  );
});
