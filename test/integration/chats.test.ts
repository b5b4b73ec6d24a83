import { Readable } from "node:stream";
import { TRPCError } from "@trpc/server";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { toWire } from "@/server/api/trpc";
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
let groups = 0;
const person = "930001";

beforeAll(async () => {
  store = await createTestDatabase();
  napcat = await start();
  napcat.world.addPerson({ userId: person, nickname: "访客" });
  test = await startDesk(store.url);
  botId = await test.connect(napcat);
  owner = await test.operator("owner");
});
afterAll(async () => {
  await test.stop();
  await napcat.close();
  await store.drop();
});

const api = () => test.as(owner).chats;

/** A group of its own with its conversation, so that no test sees what another has said. */
async function chat() {
  groups += 1;
  const groupId = String(880_720 + groups);
  napcat.world.addGroup({ groupId, groupName: "群" });
  napcat.world.join(groupId, { userId: person, nickname: "访客" }, "approve", person);
  const { id } = await api().find({ botId, to: "group", peerId: groupId });
  return { id, groupId, peer: { to: "group", id: groupId } as const };
}
type Chat = Awaited<ReturnType<typeof chat>>;

/** An event as an adapter tells it, of a second of this year. */
function said({ peer }: Chat, id: string | null, text: string, second: number, more: Partial<Message> = {}): Inbound {
  const at = new Date(Date.UTC(2026, 0, 1) + second * 1_000);
  const message: Message = {
    ...{ id, peer, senderId: person, senderName: "访客", isOwn: false, at, isRecalled: null },
    ...{ pieces: [{ type: "text", text }], handle: null, raw: null },
    ...more,
  };
  return { type: "message", message };
}

function hear(...inbounds: Inbound[]): void {
  for (const inbound of inbounds) test.desk.chats.hear({ id: botId, name: "bot", platform: "napcat" }, inbound);
}

/** What is kept of a conversation, the oldest first, once it fulfils `isDone`. */
async function kept({ id }: Chat, isDone: (rows: Awaited<ReturnType<typeof read>>) => boolean) {
  return await until(test.desk, async () => {
    const rows = await read(id);
    return isDone(rows) ? rows : undefined;
  });
}

async function read(id: string) {
  const { items } = await api().changed({ id, after: 0 });
  return items
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.rank - b.rank)
    .map((item) => ({
      ...item,
      text: item.pieces.map((piece) => (piece.type === "text" ? piece.text : piece.type)).join(),
    }));
}

const texts = (rows: { text: string }[]) => rows.map(({ text }) => text);

async function refusal(call: Promise<unknown>): Promise<string> {
  const cause = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(cause instanceof TRPCError)) throw new Error("not refused");
  return toWire(cause).code;
}

describe("what is said", () => {
  it("is kept once, however often it is told, in the order of one second", async () => {
    const at = await chat();
    hear(said(at, "101", "one", 1), said(at, "102", "two", 1), said(at, "103", "three", 1), said(at, "102", "two", 1));
    await kept(at, (rows) => rows.length === 3);
    hear(said(at, "101", "one", 1), said(at, "104", "four", 2));
    expect(texts(await kept(at, (rows) => rows.length > 3))).toEqual(["one", "two", "three", "four"]);
    const row = (await api().list({})).items.find(({ id }) => id === at.id);
    expect(row).toMatchObject({ unread: 4, peer: at.peer, last: { text: "four", senderName: "访客" } });
    await api().read({ id: at.id });
    expect((await api().get({ id: at.id })).unread).toBe(0);
    expect(napcat.world.chat.read).toContain(`group ${at.groupId}`);
  });

  it("stays readable when it is recalled, also when the recall comes first or the message never", async () => {
    const at = await chat();
    const taken = (messageId: string): Inbound => ({
      type: "message_recalled",
      peer: at.peer,
      messageId,
      operatorId: person,
    });
    hear(said(at, "201", "regretted", 1), taken("201"), taken("202"), said(at, "202", "late", 2), taken("203"));
    const rows = await kept(at, (found) => found.length === 3);
    expect(rows.map(({ text, recalled }) => [text, recalled?.by])).toEqual([
      ["regretted", person],
      ["late", person],
      ["", person],
    ]);
    expect((await api().get({ id: at.id })).last).toMatchObject({ text: "", isRecalled: true });
  });

  it("is taken in as NapCat tells it: messages, recalls, faces and pokes", async () => {
    const at = await chat();
    const messageId = napcat.world.say(person, "Grüße 你好", at.groupId);
    const [row] = await kept(at, (rows) => rows.length === 1);
    expect(row).toMatchObject({
      text: "Grüße 你好",
      isOwn: false,
      messageId: String(messageId),
      sender: { id: person },
    });
    await api().react({ id: at.id, message: row?.id ?? "", faceId: "76", isOn: true });
    const [faced] = await kept(at, ([first]) => first?.reactions.length === 1);
    expect(faced?.reactions).toEqual([{ faceId: "76", count: 1, isOwn: true }]);
    await api().poke({ id: at.id, message: row?.id ?? "" });
    expect(texts(await kept(at, (rows) => rows.length === 2))).toEqual(["Grüße 你好", "poke"]);
    expect((await api().search({ text: "GRÜSSE".toLowerCase().replace("ss", "ß") })).items[0]?.id).toBe(row?.id);
  });

  it("a thousand times in one moment, is stored in its order while requests go on arriving", async () => {
    const at = await chat();
    hear(...Array.from({ length: 1_000 }, (_, index) => said(at, String(3_000 + index), `line ${index}`, index >> 4)));
    napcat.inbox.arriveJoin({ userId: "930077", nickname: "新人", groupId: at.groupId });
    await until(
      test.desk,
      async () => (await store.database.request.findFirst({ where: { applicantId: "930077" } })) ?? undefined,
    );
    await until(test.desk, async () =>
      (await store.database.message.count({ where: { conversationId: at.id } })) === 1_000 ? true : undefined,
    );
    const rows = await store.database.message.findMany({
      where: { conversationId: at.id },
      orderBy: [{ at: "asc" }, { rank: "asc" }],
    });
    expect(rows.map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => String(3_000 + index)),
    );
  });
});

describe("history", () => {
  it("is read back page by page, closes what was missed, and ends where the platform's does", async () => {
    const at = await chat();
    for (let index = 0; index < 130; index += 1)
      napcat.world.chat.add(
        { to: "group", id: at.groupId },
        person,
        [{ type: "text", data: { text: `m${index}` } }],
        1_767_225_600 + (index >> 2),
      );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof api>["page"]>> = await api().page({
        id: at.id,
        cursor,
        limit: 40,
      });
      seen.push(
        ...page.items.map((item) => item.pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join()),
      );
      cursor = page.next;
      if (cursor === null) expect(page).toMatchObject({ isCut: false, error: null });
    } while (cursor !== null);
    expect(seen.toReversed()).toEqual(Array.from({ length: 130 }, (_, index) => `m${index}`));
  });
});

describe("a message sent from the desk", () => {
  it("is sent once, and confirmed by what the platform tells, without a double", async () => {
    const at = await chat();
    const newId = uuid();
    const input = { id: at.id, newId, pieces: [{ type: "text" as const, text: "welcome" }] };
    const [first, second] = await Promise.all([api().send(input), api().send(input)]);
    const again = await api().send(input);
    expect([first.message?.id, second.message?.id, again.message?.id]).toEqual([newId, newId, newId]);
    expect(again).toMatchObject({
      state: "confirmed",
      message: { sent: { state: "confirmed", operatorName: owner.name } },
    });
    expect(napcat.calls.of("send_group_msg").filter(({ params }) => params.group_id === at.groupId)).toHaveLength(1);
    await api().page({ id: at.id });
    await test.desk.chats.histories.refresh(at.id);
    expect(texts(await read(at.id))).toEqual(["welcome"]);
    const events = await store.database.auditEvent.findMany({
      where: { groupId: at.groupId },
      include: { outcome: true },
    });
    expect(events.filter(({ action }) => action === "chats.send").map(({ outcome }) => outcome?.outcome)).toContain(
      "OK",
    );
  });

  it("whose push comes before its answer is one, and two of the same words are two", async () => {
    const at = await chat();
    napcat.world.reportsOwn = true;
    const held = napcat.faults.hold("send_group_msg", "after");
    const pieces = [{ type: "text" as const, text: "same" }];
    const [one, two] = [uuid(), uuid()];
    const sending = api().send({ id: at.id, newId: one, pieces });
    await held.call;
    await kept(at, ([first]) => first?.sent?.state === "confirmed");
    held.release();
    await sending;
    await api().send({ id: at.id, newId: two, pieces });
    napcat.world.reportsOwn = false;
    const rows = await kept(
      at,
      (found) => found.length === 2 && found.every(({ sent }) => sent?.state === "confirmed"),
    );
    expect(rows.map(({ id }) => id)).toEqual([one, two]);
    expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it("that the platform refuses has failed with its words; one cut off may have gone out", async () => {
    const at = await chat();
    napcat.faults.failNext("send_group_msg", "被禁言");
    const pieces = [{ type: "text" as const, text: "unheard" }];
    const [failed, cut, again] = [uuid(), uuid(), uuid()];
    expect(await refusal(api().send({ id: at.id, newId: failed, pieces }))).toBe("platform_refused");
    expect((await read(at.id))[0]?.sent).toMatchObject({ state: "failed", platformText: "被禁言" });
    await api().send({ id: at.id, newId: again, pieces, instead: failed });
    expect((await read(at.id)).map(({ id }) => id)).toEqual([again]);
    expect((await api().changed({ id: at.id, after: 0 })).gone).toEqual([failed]);
    napcat.faults.hangUp("send_group_msg", "before");
    await refusal(api().send({ id: at.id, newId: cut, pieces: [{ type: "text", text: "cut off" }] }));
    const rows = await kept(at, (found) => found.some(({ id, sent }) => id === cut && sent?.state === "unknown"));
    expect(rows.find(({ id }) => id === cut)?.sent?.error).not.toBeNull();
    await until(test.desk, async () => (test.desk.connections.isConnected(botId) ? true : undefined));
  });

  it("carries a file that was brought before: once, and again where it failed", async () => {
    const at = await chat();
    const bring = async (name: string, content: string | Buffer, actor = owner) => {
      const asked = { actor, correlationId: uuid(), botId, use: "messages.send" as const, name };
      return (await test.desk.uploads.receive(asked, Readable.from([Buffer.from(content)]))).id;
    };
    const send = (type: "image" | "file", uploadId: string, newId = uuid()) =>
      api().send({ id: at.id, newId, pieces: [{ type, uploadId }] });
    const calls = () => napcat.calls.of("send_group_msg").filter(({ params }) => params.group_id === at.groupId);

    const rules = await bring("a/../rules.txt", "be kind");
    napcat.faults.failNext("send_group_msg", "被禁言");
    expect(await refusal(send("file", rules))).toBe("platform_refused");
    const newId = uuid();
    expect((await send("file", rules, newId)).message?.pieces).toMatchObject([{ type: "file", name: "rules.txt" }]);
    expect(JSON.stringify(calls().at(-1)?.params.message)).toContain(Buffer.from("be kind").toString("base64"));
    expect(test.desk.uploads.count).toBe(0);

    // The same click once more is the same message; another finds no file, and leaves nothing behind.
    const sent = calls().length;
    expect((await send("file", rules, newId)).message?.id).toBe(newId);
    const lost = uuid();
    expect(await refusal(send("file", rules, lost))).toBe("upload_gone");
    const theirs = await bring("b.txt", "b", await test.operator("moderator", botId));
    expect(await refusal(send("file", theirs, lost))).toBe("upload_gone");
    expect(await refusal(send("image", await bring("a.png", "<svg/>"), lost))).toBe("invalid_input");
    expect(await store.database.message.count({ where: { id: lost } })).toBe(0);
    expect(calls()).toHaveLength(sent);
  });

  it("is taken back, made a highlight and sent on", async () => {
    const at = await chat();
    const to = await chat();
    const newId = uuid();
    await api().send({ id: at.id, newId, pieces: [{ type: "text", text: "to be kept" }] });
    expect(await api().forward({ id: at.id, message: newId, to: to.id })).toMatchObject({ state: "sent" });
    expect(texts(await kept(to, (rows) => rows.length === 1))).toEqual(["to be kept"]);
    await api().recall({ id: at.id, message: newId });
    const [row] = await kept(at, ([first]) => first?.recalled != null);
    expect(row).toMatchObject({ text: "to be kept", can: { recall: false } });
  });
});

describe("a message of the desk's and what the platform tells of it", () => {
  const hello = [{ type: "text" as const, text: "hello" }];
  /** Sends, held after the platform has taken it: what it tells meanwhile comes before its answer. */
  const holding = async (at: Chat, newId: string) => {
    const held = napcat.faults.hold("send_group_msg", "after");
    const sending = api().send({ id: at.id, newId, pieces: hello });
    await held.call;
    return { release: () => held.release(), sending };
  };
  const own = { isOwn: true, senderName: "bot" };

  it("are two when the push was of the same words from elsewhere: each has its own id", async () => {
    const at = await chat();
    const newId = uuid();
    // Before the platform has it: else its history may tell of it first, and what is pushed is then nobody's of the desk.
    const held = napcat.faults.hold("send_group_msg", "before");
    const sending = api().send({ id: at.id, newId, pieces: hello });
    await held.call;
    hear(said(at, "770001", "hello", 1, { ...own, at: new Date() }));
    await kept(at, ([first]) => first?.messageId === "770001");
    held.release();
    await sending;
    const rows = await kept(at, (found) => found.length === 2);
    const { messageId } = await store.database.message.findUniqueOrThrow({ where: { id: newId } });
    expect(messageId).toBe(String(napcat.world.chat.of({ to: "group", id: at.groupId }).at(-1)?.messageId));
    const other = rows.find(({ id }) => id !== newId);
    expect(other).toMatchObject({ messageId: "770001", text: "hello", isOwn: true, sent: null });
  });

  it("stay two when the sending then fails: what was told is nobody's message of the desk", async () => {
    const at = await chat();
    const newId = uuid();
    const held = napcat.faults.hold("send_group_msg", "before", "被禁言");
    const refused = refusal(api().send({ id: at.id, newId, pieces: hello }));
    await held.call;
    hear(said(at, "770002", "hello", 1, { ...own, at: new Date() }));
    await kept(at, ([first]) => first?.messageId === "770002");
    held.release();
    expect(await refused).toBe("platform_refused");
    const rows = await kept(at, (found) => found.length === 2);
    expect(rows.find(({ id }) => id === newId)).toMatchObject({ messageId: null, sent: { state: "failed" } });
    expect(rows.find(({ id }) => id !== newId)).toMatchObject({ messageId: "770002", sent: null });
  });

  it("are one when it was told under its id as a stranger's first, with what happened to it meanwhile", async () => {
    const at = await chat();
    // Before the platform has it: its history, where the words stand as they were sent, would else tell of it, too.
    await read(at.id);
    const newId = uuid();
    const held = await holding(at, newId);
    const messageId = String(napcat.world.chat.of({ to: "group", id: at.groupId }).at(-1)?.messageId);
    // The platform has rewritten the words: nobody can tell yet whose message it is.
    hear(said(at, messageId, "hello!", 1, { ...own, at: new Date() }));
    hear({ type: "message_recalled", peer: at.peer, messageId, operatorId: person });
    await kept(at, (found) => found.some(({ recalled }) => recalled !== null));
    held.release();
    await held.sending;
    const [row, ...rest] = await read(at.id);
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ id: newId, messageId, text: "hello!", recalled: { by: person } });
  });
});

it("a highlight is seen among the group's, and no more once it is taken away", async () => {
  const at = await chat();
  const messageId = String(napcat.world.say(person, "the rules", at.groupId));
  const [row] = await kept(at, (rows) => rows.length === 1);
  const message = row?.id ?? "";
  const shelf = () => napcat.world.groups.get(at.groupId)?.shelf.essence.map((each) => String(each.messageId));
  const isEssence = async () => (await read(at.id)).find(({ id }) => id === message)?.isEssence;

  napcat.faults.failNext("set_essence_msg", "权限不足");
  expect(await refusal(api().addEssence({ id: at.id, message }))).toBe("platform_refused");
  expect([shelf(), await isEssence()]).toEqual([[], false]);
  expect(await api().addEssence({ id: at.id, message })).toEqual({ state: "confirmed" });
  expect([shelf(), await isEssence()]).toEqual([[messageId], true]);
  expect(await api().removeEssence({ id: at.id, message })).toEqual({ state: "confirmed" });
  expect([shelf(), await isEssence()]).toEqual([[], false]);
  // As a mere member the account keeps no order there.
  const group = { ...{ botId, groupId: at.groupId, name: "群", searchText: "" }, ownRole: "member" };
  const where = { botId_groupId: { botId, groupId: at.groupId } };
  await store.database.knownGroup.upsert({ where, create: group, update: group });
  expect((await api().get({ id: at.id })).can.essence).toEqual({ add: false, remove: false });
});

it("words are found page by page, none twice and none left out, and a sign is only itself", async () => {
  const at = await chat();
  hear(...Array.from({ length: 7 }, (_, index) => said(at, `78${index}`, `needle_${index}`, index >> 2)));
  await kept(at, (rows) => rows.length === 7);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof api>["search"]>> = await api().search({
      ...{ text: "NEEDLE_", id: at.id, cursor, limit: 2 },
    });
    seen.push(...page.items.map(({ text }) => text));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `needle_${index}`));
  expect((await api().search({ text: "needle%", id: at.id })).items).toEqual([]);
  const [found] = (await api().search({ text: "needle_3" })).items;
  expect(found).toMatchObject({ senderName: "访客", isOwn: false, conversation: { id: at.id, peer: at.peer } });
});

it("an operator of one bot is told nothing of another's conversations", async () => {
  const at = await chat();
  hear(said(at, "901", "hidden words", 1));
  const [row] = await kept(at, (rows) => rows.length === 1);
  const other = await test.connect(napcat);
  const moderator = await test.operator("moderator", other);
  const chats = test.as(moderator).chats;
  expect((await chats.list({})).items).toEqual([]);
  expect((await chats.list({ botId })).items).toEqual([]);
  expect(await chats.rows({ ids: [at.id] })).toEqual([]);
  expect((await chats.search({ text: "hidden" })).items).toEqual([]);
  expect((await chats.search({ text: "hidden", id: at.id, botId })).items).toEqual([]);
  const message = row?.id ?? "";
  const { id } = at;
  const refused = [
    chats.get({ id }),
    chats.page({ id }),
    chats.changed({ id, after: 0 }),
    chats.find({ botId, to: "group", peerId: at.groupId }),
    chats.read({ id }),
    chats.recall({ id, message }),
    chats.send({ id, newId: uuid(), pieces: [{ type: "text", text: "x" }] }),
  ];
  expect(new Set(await Promise.all(refused.map(refusal)))).toEqual(new Set(["not_found"]));
  const own = await chats.find({ botId: other, to: "group", peerId: at.groupId });
  expect(await refusal(chats.recall({ id: own.id, message }))).toBe("not_found");
});
