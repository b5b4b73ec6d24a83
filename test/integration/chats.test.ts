import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Inbound } from "@/server/platforms/arrival";
import type { Message } from "@/server/platforms/piece";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk, until } from "../desk";
import { type Napcat, start } from "../simulators/napcat";

let store: TestDatabase;
let napcat: Napcat;
let test: TestDesk;
let botId: string;
let owner: Actor;
const groupId = "880700";
const peer = { to: "group", id: groupId } as const;

beforeAll(async () => {
  store = await createTestDatabase();
  napcat = await start();
  napcat.world.addGroup({ groupId, groupName: "群" });
  test = await startDesk(store.url);
  botId = await test.connect(napcat);
  owner = await test.operator("owner");
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

function said(id: string, text: string, second: number, more: Partial<Message> = {}): Inbound {
  const at = new Date(Date.UTC(2026, 0, 1) + second * 1_000);
  const message: Message = {
    ...{ id, peer, senderId: "930001", senderName: "访客", isOwn: false, at, isRecalled: null },
    ...{ pieces: [{ type: "text", text }], handle: null, raw: null },
    ...more,
  };
  return { type: "message", message };
}

function hear(...inbounds: Inbound[]): void {
  for (const inbound of inbounds) test.desk.chats.hear({ id: botId, name: "bot", platform: "napcat" }, inbound);
}

const api = () => test.as(owner).chats;

/** The conversation of a message, once it is stored. */
async function whenStored(messageId: string) {
  return await until(test.desk, async () => {
    const row = await store.database.message.findFirst({ where: { messageId }, select: { conversationId: true } });
    return row?.conversationId;
  });
}

/** The texts of a conversation as a page shows them, the oldest first. */
async function texts(id: string) {
  const { items } = await api().page({ id });
  return items
    .toReversed()
    .map((item) => item.pieces.map((piece) => (piece.type === "text" ? piece.text : piece.type)).join());
}

it("keeps what is said once, however often it is told, in the order of one second", async () => {
  hear(said("101", "one", 1), said("102", "two", 1), said("103", "three", 1), said("102", "two", 1));
  const id = await whenStored("103");
  hear(said("101", "one", 1), said("104", "four", 2));
  await whenStored("104");
  expect(await texts(id)).toEqual(["one", "two", "three", "four"]);
  const { items } = await api().list({});
  expect(items[0]).toMatchObject({ id, unread: 4, peer, last: { text: "four", senderName: "访客" } });
});
