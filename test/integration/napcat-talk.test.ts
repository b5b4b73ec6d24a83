import { describe, expect, test } from "vitest";
import { textOnly } from "@/server/platforms/piece";
import { adapter, napcat, now, picture, setUp } from "../napcat-ground";

setUp();

describe("messages", () => {
  const chess = { to: "group", id: "40001" } as const;

  test("every kind of piece arrives as the segment it is", async () => {
    const { messageId } = await adapter["messages.send"]({
      ...chess,
      pieces: [
        { type: "reply", messageId: "7" },
        { type: "mention", userId: "30002" },
        { type: "mention_all" },
        { type: "text", text: "[CQ:at,qq=all]" },
        { type: "face", id: "21" },
        { type: "image", source: picture },
        { type: "voice", source: picture },
        { type: "video", source: picture },
        { type: "file", source: picture, name: "a.txt" },
      ],
    });
    expect(napcat.world.sent).toMatchObject([{ messageId: Number(messageId), to: "group", id: "40001" }]);
    expect(napcat.world.sent[0]?.message).toEqual([
      { type: "reply", data: { id: "7" } },
      { type: "at", data: { qq: "30002" } },
      { type: "at", data: { qq: "all" } },
      { type: "text", data: { text: "[CQ:at,qq=all]" } },
      { type: "face", data: { id: "21" } },
      { type: "image", data: { file: picture } },
      { type: "record", data: { file: picture } },
      { type: "video", data: { file: picture } },
      { type: "file", data: { file: picture, name: "a.txt" } },
    ]);
  });

  test.each(["D:/a.jpg", "file:///etc/passwd", "http://127.0.0.1:6099/api", "/etc/passwd"])(
    "a picture from %s, which NapCat's host would read, is never sent",
    async (source) => {
      const sending = adapter["messages.send"]({ ...chess, pieces: [{ type: "image", source }] });
      await expect(sending).rejects.toMatchObject({ code: "invalid_input", isSent: false });
      expect(napcat.world.sent).toEqual([]);
    },
  );

  test("what was sent is read back as the pieces it was", async () => {
    const { messageId } = await adapter["messages.send"]({ to: "person", id: "30001", pieces: textOnly("hello") });
    const message = await adapter["messages.get"]({ to: "person", id: "30001", messageId: String(messageId) });
    expect(message).toMatchObject({
      id: messageId,
      peer: { to: "person", id: "30001" },
      senderId: "10001",
      isOwn: true,
      at: new Date(now * 1000),
      pieces: [{ type: "text", text: "hello" }],
    });
  });

  test.each(["reverseOrder", "reverse_order"] as const)(
    "a history leads back to its beginning, page by page, where the order is called %s",
    async (orderName) => {
      napcat.world.chat.orderName = orderName;
      for (let index = 1; index <= 25; index++) napcat.world.say("30002", `m${index}`, "40001");
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const { items, next }: Awaited<ReturnType<(typeof adapter)["messages.history"]>> = await adapter[
          "messages.history"
        ](chess, cursor, 10);
        seen.push(...items.flatMap(({ pieces }) => pieces.map((piece) => (piece.type === "text" ? piece.text : ""))));
        cursor = next;
      } while (cursor !== null);
      expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `m${25 - index}`));
    },
  );

  test("a version that cannot lead back ends the history instead of going round in it", async () => {
    napcat.world.chat.orderName = null;
    for (let index = 1; index <= 5; index++) napcat.world.say("30002", `m${index}`, "40001");
    const { next } = await adapter["messages.history"](chess, null, 2);
    await expect(adapter["messages.history"](chess, next, 2)).resolves.toEqual({ items: [], next: null });
  });

  test("a conversation without messages is empty, although NapCat calls it an error", async () => {
    await expect(adapter["messages.history"](chess, null, 10)).resolves.toEqual({ items: [], next: null });
    await expect(adapter["messages.history"]({ to: "group", id: "49999" }, null, 10)).rejects.toMatchObject({
      code: "platform_refused",
    });
  });

  test("a message is recalled, and one of before NapCat's restart cannot be", async () => {
    const { messageId } = await adapter["messages.send"]({ ...chess, pieces: textOnly("oops") });
    await adapter["messages.recall"]({ ...chess, messageId: String(messageId) });
    expect(napcat.world.chat.messages).toEqual([]);
    await expect(adapter["messages.recall"]({ ...chess, messageId: String(messageId) })).rejects.toMatchObject({
      code: "platform_refused",
    });
  });

  test("reading, forwarding, reacting, poking, and the conversations there were", async () => {
    napcat.world.say("30002", "hi", "40001");
    const [message] = napcat.world.chat.messages;
    const ref = { ...chess, messageId: String(message?.messageId) };
    await adapter["messages.read"](chess);
    await adapter["messages.read"]({ to: "person", id: "30001" });
    expect([...napcat.world.chat.read]).toEqual(["group 40001", "private 30001"]);
    await adapter["messages.react"](ref, "76", true);
    expect([...(message?.faces ?? [])]).toEqual(["76"]);
    await adapter["messages.react"](ref, "76", false);
    expect(message?.faces.size).toBe(0);
    await expect(adapter["messages.react"](ref, "👍", true)).rejects.toMatchObject({ code: "not_offered" });
    await adapter["messages.forward"](ref, { to: "person", id: "30001" });
    await adapter["messages.forward"](ref, chess);
    expect(napcat.world.sent).toMatchObject([
      { to: "private", id: "30001" },
      { to: "group", id: "40001" },
    ]);
    await adapter["messages.poke"]("30002", "40001");
    await adapter["messages.poke"]("30001", null);
    expect(napcat.world.pokes).toEqual([
      { userId: "30002", groupId: "40001" },
      { userId: "30001", groupId: null },
    ]);
    await expect(adapter["conversations.list"](10)).resolves.toMatchObject([
      { to: "group", id: "40001", name: "Chess" },
      { to: "person", id: "30001", name: "from chess" },
    ]);
  });
});
