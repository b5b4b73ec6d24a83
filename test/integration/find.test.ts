import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { createTestDatabase, type TestDatabase } from "../database";
import { startDesk, type TestDesk } from "../desk";
import { makeBot } from "../procedure-inputs";

let store: TestDatabase;
let test: TestDesk;
let front: { botId: string; requestId: string };
let back: { botId: string; requestId: string };
let chatId: string;
let decisionId: string;
const event = { id: uuid(), correlationId: uuid() };
let ada: Actor;
let mei: Actor;

beforeAll(async () => {
  store = await createTestDatabase();
  test = await startDesk(store.url);
  front = await makeBot(store.database, "Front door");
  back = await makeBot(store.database, "Back door");
  ada = await test.operator("owner");
  // Her own account, and whatever a moderator may, on one bot.
  const moderator = await test.operator("moderator", front.botId);
  mei = { ...moderator, grants: [...moderator.grants, { roleId: "self", botId: null, permissions: ["account.self"] }] };
  const { database } = store;
  for (const { botId, at } of [
    { ...front, at: 1 },
    { ...back, at: 2 },
  ]) {
    await database.knownGroup.createMany({
      data: [
        {
          botId,
          groupId: `81${at}`,
          name: "Reading 100%_circle",
          memberCount: at,
          searchText: `reading 100%_circle 81${at}`,
        },
        { botId, groupId: `82${at}`, name: "Choir", searchText: `choir circle 82${at}` },
      ],
    });
    await database.knownFriend.create({ data: { botId, userId: "7001", name: "Wren", searchText: "wren 7001" } });
    await database.knownMember.createMany({
      data: ["7001", `720${at}`].map((userId) => ({
        ...{ botId, groupId: `81${at}`, userId, name: "Wren", card: `Wren of 81${at}`, role: "member" },
        searchText: `wren of 81${at} ${userId}`,
      })),
    });
    await database.request.updateMany({
      where: { botId },
      data: { applicantId: `7${at}00`, applicantName: `Wrenna ${at}`, searchText: `wrenna ${at} 7${at}00` },
    });
  }
  const chat = { peerTo: "person", peerId: "7001", name: "Wren" };
  chatId = (await database.conversation.create({ data: { ...chat, botId: back.botId } })).id;
  decisionId = uuid();
  const by = { actor: {}, actorName: "Somebody", correlationId: event.correlationId };
  await database.decision.create({ data: { id: decisionId, requestId: back.requestId, verb: "deny", ...by } });
  const line = { actorKind: "system", actorName: "Gatehouse", action: "test", risk: "read", botId: back.botId };
  await database.auditEvent.create({ data: { ...event, at: new Date(), ...line } });
});
afterAll(async () => {
  await test.stop();
  await store.drop();
});

const find = (actor: Actor, words: string) => test.as(actor).find({ words });
const nothing = { bots: [], groups: [], people: [], requests: [], chats: [], events: [] };

describe("the palette's search", () => {
  it("finds bots, groups, people, requests and conversations by their names", async () => {
    expect(await find(ada, " DOOR ")).toMatchObject({ bots: [{ name: "Back door" }, { name: "Front door" }] });
    const found = await find(ada, "wren");
    expect(found.people.map(({ personId, as }) => [personId, as])).toEqual([
      ["7001", "friend"],
      ["7201", "member"],
      ["7202", "member"],
      ["7200", "applicant"],
      ["7100", "applicant"],
    ]);
    expect(found.requests.map(({ applicantName }) => applicantName)).toEqual(["Wrenna 2", "Wrenna 1"]);
    expect(found.chats).toMatchObject([{ id: chatId, botName: "Back door" }]);
  });

  it("puts groups first whose name begins so, then the larger ones, and takes signs as letters", async () => {
    const found = await find(ada, "c");
    expect(found.groups.map(({ name, groupId }) => [name, groupId])).toEqual([
      ["Choir", "821"],
      ["Choir", "822"],
      ["Reading 100%_circle", "812"],
      ["Reading 100%_circle", "811"],
    ]);
    expect((await find(ada, "0%_c")).groups).toHaveLength(2);
    expect((await find(ada, "%%")).groups).toEqual([]);
  });

  it("leads from a platform's number to the group or the person", async () => {
    expect(await find(ada, "811")).toMatchObject({ groups: [{ groupId: "811" }] });
    expect((await find(ada, "7202")).people).toMatchObject([{ personId: "7202", as: "member", platform: "napcat" }]);
    expect((await find(ada, "7200")).people).toMatchObject([{ personId: "7200", as: "applicant", of: "Back door" }]);
  });

  it("leads from any id of the desk to the thing", async () => {
    expect(await find(ada, back.requestId.toUpperCase())).toMatchObject({ requests: [{ id: back.requestId }] });
    expect(await find(ada, decisionId)).toMatchObject({ requests: [{ id: back.requestId }] });
    expect(await find(ada, back.botId)).toMatchObject({ bots: [{ id: back.botId }] });
    expect(await find(ada, chatId)).toMatchObject({ chats: [{ id: chatId }] });
    expect(await find(ada, event.id)).toMatchObject({ events: [{ id: event.id }] });
    expect(await find(ada, event.correlationId)).toMatchObject({ events: [{ id: event.id }] });
    expect(await find(ada, uuid())).toEqual(nothing);
    expect(await find(ada, "  ")).toEqual(nothing);
  });

  it("tells a moderator of one bot nothing of another, by words or by id", async () => {
    for (const words of ["wren", "c", "door", "7", "7001", "812", "7202", "7200"]) {
      const said = JSON.stringify(await find(mei, words));
      for (const hidden of [back.botId, back.requestId, chatId, "Back door", "812", "7202", "Wrenna 2"])
        expect(said, `${hidden} for ${words}`).not.toContain(hidden);
    }
    expect((await find(mei, "wren")).people).toMatchObject([
      { personId: "7001", of: "Front door" },
      { personId: "7201" },
      { personId: "7100" },
    ]);
    for (const id of [back.botId, back.requestId, decisionId, chatId, event.id, event.correlationId])
      expect(await find(mei, id)).toEqual(nothing);
  });

  it("finds each kind only with the permission for it", async () => {
    const only = (permission: "groups.view" | "messages.view"): Actor => ({
      ...ada,
      grants: [{ roleId: "some", botId: null, permissions: ["account.self", permission] }],
    });
    const groups = await find(only("groups.view"), "c");
    expect(groups).toEqual({ ...nothing, groups: groups.groups });
    expect(groups.groups).toHaveLength(4);
    expect(await find(only("messages.view"), "wren")).toMatchObject({ ...nothing, chats: [{ id: chatId }] });
    expect(await find(only("messages.view"), event.id)).toEqual(nothing);
  });
});
