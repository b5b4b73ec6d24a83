import { describe, expect, test } from "vitest";
import { decodePush, toInbound } from "@/server/platforms/yunhu/inbound";
import { type Field, message } from "@/test/simulators/yunhu/bytes";

const me = "100";
const at = new Date(1_700_000_000_123);

/** A pushed message, number by number, as the server writes it. */
const pushed = (content: readonly Field[], ...more: Field[]) =>
  message(
    [1, message([1, "1"], [2, "push_message"])],
    [
      2,
      message(
        [1, "type.googleapis.com/proto.PushMessage"],
        [2, message([1, "m1"], [3, me], [6, message(...content)], [8, BigInt(at.getTime())], ...more)],
      ),
    ],
  );
const sender = (id: string, name = "Ann"): Field => [2, message([1, id], [2, 1], [3, name])];
const hear = (bytes: Buffer) => toInbound(decodePush(bytes), me);
const hello: readonly Field[] = [[1, "hello"]];

describe("what is said", () => {
  test("in a group says who, where and when", () => {
    expect(hear(pushed(hello, sender("5"), [4, "900"], [5, 2], [7, 1]))).toMatchObject({
      type: "message",
      message: {
        ...{ id: "m1", peer: { to: "group", id: "900" }, senderId: "5", senderName: "Ann", isOwn: false, at },
        pieces: [{ type: "text", text: "hello" }],
      },
    });
  });

  test("by a person, or by the account to one, belongs to the conversation with them", () => {
    const peer = { to: "person", id: "5" };
    for (const chatId of ["5", me])
      expect(hear(pushed(hello, sender("5"), [4, chatId], [5, 1]))).toMatchObject({ message: { peer, isOwn: false } });
    const own = pushed(hello, sender(me, "Me"), [4, "5"], [5, 1]);
    expect(hear(own)).toMatchObject({ message: { peer, senderId: me, isOwn: true } });
  });

  test("a conversation with a bot is neither a person's nor a group's", () => {
    expect(hear(pushed(hello, sender("5"), [4, "5"], [5, 3]))).toEqual({ type: "other", name: "push_message.bot" });
  });

  test.each<[string, readonly Field[], readonly Field[], unknown]>([
    ["a picture", [[3, "https://a.example/b.png"]], [[7, 2]], [{ type: "image", url: "https://a.example/b.png" }]],
    ["a picture by a name only", [[3, "b.png"]], [[7, 2]], [{ type: "image", url: null }]],
    [
      "a file",
      [
        [4, "b.pdf"],
        [5, "https://a.example/b.pdf"],
      ],
      [[7, 4]],
      [{ type: "file", url: "https://a.example/b.pdf", name: "b.pdf" }],
    ],
    ["a voice", [[21, "https://a.example/b.m4a"]], [[7, 11]], [{ type: "voice", url: "https://a.example/b.m4a" }]],
    [
      "an answer",
      hello,
      [[11, "m0"]],
      [
        { type: "reply", messageId: "m0" },
        { type: "text", text: "hello" },
      ],
    ],
    ["a form", [[7, "{}"]], [[7, 5]], [{ type: "other", name: "form" }]],
  ])("%s is told by what it brings along", (_what, content, more, pieces) => {
    expect(hear(pushed(content, sender("5"), [4, "900"], [5, 2], ...more))).toMatchObject({ message: { pieces } });
  });
});

test("what is taken back comes once more with the time of it", () => {
  const bytes = pushed(hello, sender("5"), [4, "900"], [5, 2], [10, BigInt(at.getTime())]);
  expect(hear(bytes)).toEqual({
    ...{ type: "message_recalled", peer: { to: "group", id: "900" }, messageId: "m1", operatorId: null },
  });
});

test("a push of another kind is passed over, whatever stands where a message has its parts", () => {
  const draft = message(
    [1, message([1, "1"], [2, "draft_input"])],
    [2, message([1, "any"], [2, message([1, "5"], [2, "no message"])])],
  );
  expect(hear(draft)).toEqual({ type: "other", name: "draft_input" });
  const empty = message([1, message([1, "1"], [2, "push_message"])]);
  expect(() => hear(empty)).toThrow(expect.objectContaining({ code: "bad_answer", detail: { field: "data" } }));
});
