import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import type { Permission } from "@/lib/permissions";
import type { Database } from "@/server/db/client";

/** What a row of the table may refer to: things of one bot, made for one call. */
export interface Fixture {
  database: Database;
  actor: Actor | null;
  botId: string;
  botName: string;
  requestId: string;
  password: string;
}

export const word = () => randomBytes(4).toString("hex");

const connection = { transport: "http", httpUrl: "http://127.0.0.1:9" };
/** Where nothing listens. */
const nowhere = "http://127.0.0.1:9/api/v1";
const person = () => ({ name: "Nobody", email: `${word()}@example.org`, password: `${word()} ${word()} long enough` });

async function operator({ database }: Fixture): Promise<string> {
  const id = uuid();
  const grants = { create: { id: uuid(), roleId: "auditor" } };
  await database.operator.create({
    data: { id, name: "Somebody", email: `${id}@example.org`, passwordHash: "none", grants },
  });
  return id;
}

async function invite({ database, actor }: Fixture): Promise<string> {
  const id = uuid();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.invite.create({
    data: { id, tokenHash: word(), roleId: "auditor", createdById: actor?.id ?? id, expiresAt },
  });
  return id;
}

async function session({ database, actor }: Fixture): Promise<string> {
  const id = uuid();
  if (!actor?.id) return id;
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.session.create({
    data: { id, operatorId: actor.id, expiresAt, address: "127.0.0.1", userAgent: "test" },
  });
  return id;
}

async function auditEvent({ database, botId }: Fixture): Promise<string> {
  const id = uuid();
  const fields = { correlationId: uuid(), actorKind: "system", actorName: "Gatehouse", action: "test", risk: "read" };
  await database.auditEvent.create({ data: { id, at: new Date(), botId, ...fields } });
  return id;
}

/** A group that the bot was in when its list was read. */
async function group({ database, botId }: Fixture): Promise<{ botId: string; groupId: string }> {
  const groupId = word();
  await database.knownGroup.create({ data: { botId, groupId, name: "Choir", searchText: "choir" } });
  return { botId, groupId };
}

async function text({ database }: Fixture): Promise<string> {
  const { id } = await database.cannedText.create({ data: { title: word(), verb: "deny", updatedBy: "Somebody" } });
  return id;
}

async function view(fixture: Fixture): Promise<string> {
  const operatorId = fixture.actor?.id ?? (await operator(fixture));
  const { id } = await fixture.database.savedView.create({
    data: { operatorId, name: word(), page: "requests", query: {} },
  });
  return id;
}

/** A batch of one request, whose decision failed. */
async function batch({ database, requestId }: Fixture): Promise<string> {
  const id = uuid();
  const decisionId = uuid();
  const by = { actor: {}, actorName: "Somebody", correlationId: uuid() };
  await database.request.update({ where: { id: requestId }, data: { state: "failed" } });
  await database.batch.create({ data: { id, verb: "ignore", ...by, heldUntil: new Date() } });
  await database.decision.create({
    data: { id: decisionId, requestId, verb: "approve", state: "failed", batchId: id, ...by },
  });
  await database.batchItem.create({
    data: { batchId: id, requestId, position: 0, version: 1, state: "taken", decisionId },
  });
  return id;
}

/** A friend of the bot, as its list was read. */
async function friend({ database, botId }: Fixture) {
  const userId = "80000000001";
  const who = { botId, userId, name: "Ann", searchText: "ann" };
  await database.knownFriend.createMany({ data: [who], skipDuplicates: true });
  return { botId, userId };
}

/** An own note on a person. */
async function personNote({ database, actor, botId }: Fixture) {
  const [id, who] = [uuid(), { platform: "napcat", personId: "80000000001", botId }];
  const by = { operatorId: actor?.id ?? null, operatorName: "Somebody", text: "seen" };
  await database.personNote.create({ data: { id, ...who, ...by } });
  return { ...who, id };
}

/** A conversation of the bot in which one message was said. */
async function chat({ database, botId }: Fixture): Promise<{ id: string; message: string }> {
  const at = new Date();
  const row = { botId, peerTo: "person", peerId: word(), name: "Somebody", lastAt: at, version: 1 };
  const { id } = await database.conversation.create({ data: row });
  const message = uuid();
  const said = {
    id: message,
    messageId: "1",
    key: "id:1",
    senderId: row.peerId,
    pieces: [{ type: "text", text: "word" }],
  };
  await database.message.create({ data: { conversationId: id, at, version: 1, ...said, searchText: "word" } });
  return { id, message };
}

/** A group, a friend, a member, a conversation and a note of a bot, all of which say its name: what shows one of them tells on it. */
export async function furnish(
  database: Database,
  { botId, botName: name }: Pick<Fixture, "botId" | "botName">,
): Promise<void> {
  const [searchText, userId, at] = [name, "80000000001", new Date()];
  await database.knownGroup.create({ data: { botId, groupId: word(), name, searchText } });
  await database.knownFriend.create({ data: { botId, userId, name, searchText } });
  await database.knownMember.create({ data: { botId, groupId: "1", userId, name, role: "member", searchText } });
  const talk = { botId, peerTo: "person", peerId: userId, name, lastAt: at, version: 1 };
  const { id: conversationId } = await database.conversation.create({ data: talk });
  const said = { messageId: "1", key: "id:1", senderId: userId, pieces: [{ type: "text", text: name }], searchText };
  await database.message.create({ data: { id: uuid(), conversationId, at, version: 1, ...said } });
  const note = { platform: "napcat", personId: userId, botId, operatorName: "Somebody", text: name };
  await database.personNote.create({ data: { id: uuid(), ...note } });
}

/** A task of one member, who could not be muted. */
async function task({ database, botId }: Fixture): Promise<string> {
  const id = uuid();
  const by = { actor: {}, actorName: "Somebody", correlationId: uuid() };
  await database.task.create({ data: { id, botId, groupId: "1", verb: "mute", arguments: { seconds: 60 }, ...by } });
  await database.taskItem.create({ data: { taskId: id, userId: "2", name: "Two", position: 0, state: "failed" } });
  return id;
}

/** Somebody in a group. */
async function member({ database, botId }: Fixture): Promise<{ groupId: string; userId: string }> {
  const who = { groupId: "1", userId: word() };
  await database.knownMember.create({ data: { botId, ...who, name: "Two", role: "member", searchText: "two" } });
  return who;
}

/** A request that was ignored a moment ago. */
async function undoable({ database, requestId }: Fixture): Promise<{ id: string; decisionId: string }> {
  const decisionId = uuid();
  await database.request.update({ where: { id: requestId }, data: { state: "ignored" } });
  const by = { actor: {}, actorName: "Somebody", correlationId: uuid() };
  await database.decision.create({
    data: { id: decisionId, requestId, verb: "ignore", state: "confirmed", ...by },
  });
  return { id: requestId, decisionId };
}

/** A valid input of every procedure. The suite fails when a procedure is missing here. */
export const inputs: Record<string, (fixture: Fixture) => unknown> = {
  "account.sessions": () => undefined,
  "account.revokeSession": async (fixture) => ({ id: await session(fixture) }),
  "account.revokeOthers": () => undefined,
  "account.changePassword": ({ password }) => ({ current: password, next: `${word()} ${word()} long enough` }),
  "account.setLocale": () => ({ locale: "zh-CN" }),
  "account.setTimeZone": () => ({ timeZone: "Asia/Shanghai" }),
  "audit.list": () => ({}),
  "audit.newer": () => ({ filter: {}, after: uuid() }),
  "audit.get": async (fixture) => ({ id: await auditEvent(fixture) }),
  "audit.actions": () => undefined,
  "audit.actors": () => undefined,
  "batches.preview": ({ requestId }) => ({ verb: "ignore", ids: [requestId] }),
  "batches.list": () => undefined,
  "batches.get": async (fixture) => ({ id: await batch(fixture) }),
  "batches.start": ({ requestId }) => ({ id: uuid(), verb: "ignore", items: [{ id: requestId, version: 1 }] }),
  "batches.cancel": async (fixture) => ({ id: await batch(fixture) }),
  "batches.retry": async (fixture) => ({ id: await batch(fixture), newId: uuid() }),
  "bots.list": () => undefined,
  "bots.get": ({ botId }) => ({ id: botId }),
  "bots.supports": ({ botId }) => ({ id: botId }),
  "bots.log": ({ botId }) => ({ id: botId }),
  "bots.gaps": ({ botId }) => ({ id: botId }),
  "bots.create": () => ({ name: `bot ${word()}`, platform: "napcat", connection, token: "not-a-real-one" }),
  "bots.update": ({ botId, botName }) => ({ id: botId, name: botName, connection }),
  "bots.probe": ({ botId }) => ({ id: botId, platform: "napcat", connection }),
  "bots.platforms": () => undefined,
  "bots.signInStart": () => ({ platform: "im", connection: { baseUrl: nowhere }, start: { method: "password" } }),
  "bots.signIn": () => ({
    ...{ name: `bot ${word()}`, platform: "im", connection: { baseUrl: nowhere } },
    answer: { method: "password", account: "nobody", password: "not-a-real-one", key: "k", code: "abcd" },
  }),
  "bots.setEnabled": ({ botId }) => ({ id: botId, isEnabled: false }),
  "bots.setExtra": ({ botId }) => ({ id: botId, operation: "get_status", isOn: true }),
  "bots.remove": ({ botId, botName }) => ({ id: botId, name: botName }),
  "chats.list": () => ({}),
  "chats.unread": () => undefined,
  "chats.rows": async (fixture) => ({ ids: [(await chat(fixture)).id] }),
  "chats.get": async (fixture) => ({ id: (await chat(fixture)).id }),
  "chats.find": ({ botId }) => ({ botId, to: "person", peerId: "1" }),
  "chats.page": async (fixture) => ({ id: (await chat(fixture)).id }),
  "chats.changed": async (fixture) => ({ id: (await chat(fixture)).id, after: 0 }),
  "chats.search": async (fixture) => ({ text: "word", id: (await chat(fixture)).id }),
  "chats.send": async (fixture) => ({
    ...{ id: (await chat(fixture)).id, newId: uuid(), pieces: [{ type: "text", text: "word" }] },
  }),
  "chats.discard": async (fixture) => {
    const made = await chat(fixture);
    await fixture.database.message.update({ where: { id: made.message }, data: { state: "failed" } });
    return made;
  },
  "chats.recall": (fixture) => chat(fixture),
  "chats.react": async (fixture) => ({ ...(await chat(fixture)), faceId: "1", isOn: true }),
  "chats.addEssence": (fixture) => chat(fixture),
  "chats.removeEssence": (fixture) => chat(fixture),
  "chats.poke": (fixture) => chat(fixture),
  "chats.forward": async (fixture) => ({ ...(await chat(fixture)), to: (await chat(fixture)).id }),
  "chats.read": async (fixture) => ({ id: (await chat(fixture)).id }),
  "console.operations": ({ botId }) => ({ botId }),
  "console.catalogue": () => ({ platform: "im" }),
  "console.schemas": () => ({ platform: "napcat", operation: "send_msg" }),
  "console.check": ({ botId }) => ({ botId, operation: "send_msg", input: {} }),
  "console.history": ({ botId }) => ({ botId }),
  "console.invoke": ({ botId }) => ({ botId, operation: "get_friend_list", input: { no_cache: true } }),
  "console.reveal": ({ botId }) => ({ botId, operation: "get_friend_list", token: "of.nothing" }),
  "files.list": group,
  "files.space": group,
  "files.link": async (fixture) => ({ ...(await group(fixture)), fileId: "/f1", name: "rules.pdf" }),
  "files.upload": async (fixture) => ({ ...(await group(fixture)), uploadId: uuid() }),
  "files.rename": async (fixture) => ({ ...(await group(fixture)), fileId: "/f1", name: "rules.pdf" }),
  "files.move": async (fixture) => ({ ...(await group(fixture)), fileId: "/f1", to: null }),
  "files.remove": async (fixture) => ({ ...(await group(fixture)), fileId: "/f1" }),
  "files.keep": async (fixture) => ({ ...(await group(fixture)), fileId: "/f1" }),
  "files.createFolder": async (fixture) => ({ ...(await group(fixture)), name: "Rules" }),
  "files.removeFolder": async (fixture) => ({ ...(await group(fixture)), folderId: "/d1", name: "Rules" }),
  "notices.list": group,
  "notices.publish": async (fixture) => ({ ...(await group(fixture)), text: "The hall is closed today." }),
  "notices.remove": async (fixture) => ({ ...(await group(fixture)), noticeId: "n1" }),
  "groups.list": () => ({}),
  "groups.ids": () => ({}),
  "groups.rows": async (fixture) => ({ ids: [`${fixture.botId}/${(await group(fixture)).groupId}`] }),
  "groups.rosters": () => undefined,
  "groups.get": group,
  "groups.read": ({ botId }) => ({ botId }),
  "groups.update": async (fixture) => ({ ...(await group(fixture)), change: { name: "Reading circle" } }),
  "groups.muteAll": async (fixture) => ({ ...(await group(fixture)), isMuted: true }),
  "groups.joinRule": async (fixture) => ({ ...(await group(fixture)), rule: { how: "ask" } }),
  "groups.findable": async (fixture) => ({ ...(await group(fixture)), isOn: true }),
  "groups.robots": async (fixture) => ({ ...(await group(fixture)), isOn: true }),
  "groups.heirs": group,
  "groups.leave": async (fixture) => ({ ...(await group(fixture)), name: "Choir" }),
  "groups.dissolve": async (fixture) => ({ ...(await group(fixture)), name: "Choir" }),
  "groups.transfer": async (fixture) => ({ ...(await group(fixture)), userId: "1", name: "Choir" }),
  "groups.create": ({ botId }) => ({ botId, name: "Choir" }),
  "groups.join": async (fixture) => ({ ...(await group(fixture)), reason: "" }),
  "groups.invite": async (fixture) => ({ ...(await group(fixture)), userIds: ["1"] }),
  "groups.search": ({ botId }) => ({ botId, words: "choir" }),
  "groups.nearby": ({ botId }) => ({ botId, latitude: 0, longitude: 0 }),
  "groups.honors": group,
  "groups.muted": group,
  "groups.link": group,
  "groups.essence": group,
  "groups.removeEssence": async (fixture) => ({ ...(await group(fixture)), messageId: "1" }),
  find: ({ requestId }) => ({ words: requestId }),
  "friends.bots": () => undefined,
  "friends.list": () => ({}),
  "friends.ids": () => ({}),
  "friends.rows": async (fixture) => ({ ids: [`${fixture.botId}/${(await friend(fixture)).userId}`] }),
  "friends.facets": () => ({}),
  "friends.get": friend,
  "friends.read": ({ botId }) => ({ botId }),
  "friends.profile": friend,
  "friends.groups": friend,
  "friends.search": ({ botId }) => ({ botId, words: "Ann" }),
  "friends.blocked": ({ botId }) => ({ botId }),
  "friends.oneWay": ({ botId }) => ({ botId }),
  "friends.nearby": ({ botId }) => ({ botId, latitude: 52.5, longitude: 13.4 }),
  "friends.categories": ({ botId }) => ({ botId }),
  "profile.get": ({ botId }) => ({ botId }),
  "profile.presence": ({ botId }) => ({ botId }),
  "profile.presets": ({ botId }) => ({ botId }),
  "profile.likes": ({ botId }) => ({ botId }),
  "profile.update": ({ botId }) => ({ botId, signature: "at the door" }),
  "profile.setPresence": ({ botId }) => ({ botId, preset: "away" }),
  "profile.wordPresence": ({ botId }) => ({ botId, words: "at the door", faceId: "14" }),
  "profile.exit": ({ botId, botName }) => ({ botId, name: botName }),
  "profile.restart": ({ botId, botName }) => ({ botId, name: botName }),
  "profile.forget": ({ botId, botName }) => ({ botId, name: botName }),
  "friends.add": friend,
  "friends.remove": friend,
  "friends.remark": async (fixture) => ({ ...(await friend(fixture)), remark: "from chess" }),
  "friends.label": async (fixture) => ({ ...(await friend(fixture)), label: "chess" }),
  "friends.block": friend,
  "friends.unblock": friend,
  "friends.like": friend,
  "friends.createCategory": ({ botId }) => ({ botId, name: "Chess" }),
  "friends.renameCategory": ({ botId }) => ({ botId, categoryId: "1", name: "Chess" }),
  "friends.removeCategory": ({ botId }) => ({ botId, categoryId: "1" }),
  "friends.assign": async (fixture) => ({ ...(await friend(fixture)), categoryId: "1" }),
  "friends.unassign": async (fixture) => ({ ...(await friend(fixture)), categoryId: "1" }),
  "invite.preview": () => ({ token: "unknown" }),
  "invite.accept": () => ({ ...person(), token: "unknown" }),
  "invites.list": () => undefined,
  "invites.create": () => ({ role: "auditor" }),
  "invites.revoke": async (fixture) => ({ id: await invite(fixture) }),
  live: () => undefined,
  livePosition: () => undefined,
  "members.page": ({ botId }) => ({ botId, groupId: "1" }),
  "members.read": ({ botId }) => ({ botId, groupId: "1" }),
  "members.rows": ({ botId }) => ({ botId, groupId: "1", userIds: ["2"] }),
  "members.ids": ({ botId }) => ({ botId, groupId: "1" }),
  "members.summary": ({ botId }) => ({ botId, groupId: "1" }),
  "members.get": async (fixture) => ({ botId: fixture.botId, ...(await member(fixture)) }),
  "members.kick": ({ botId }) => ({ botId, groupId: "1", userId: "2" }),
  "members.mute": ({ botId }) => ({ botId, groupId: "1", userId: "2", seconds: 60 }),
  "members.promote": ({ botId }) => ({ botId, groupId: "1", userId: "2", isAdmin: true }),
  "members.card": ({ botId }) => ({ botId, groupId: "1", userId: "2", card: "" }),
  "members.title": ({ botId }) => ({ botId, groupId: "1", userId: "2", title: "" }),
  "operators.list": () => undefined,
  "operators.setGrants": async (fixture) => ({
    id: await operator(fixture),
    grants: [{ roleId: "moderator", botId: null }],
  }),
  "operators.disable": async (fixture) => ({ id: await operator(fixture) }),
  "operators.enable": async (fixture) => ({ id: await operator(fixture) }),
  "people.get": () => ({ platform: "napcat", personId: "80000000001" }),
  "people.messages": () => ({ platform: "napcat", personId: "80000000001" }),
  "people.events": () => ({ platform: "napcat", personId: "80000000001" }),
  "people.note": ({ botId }) => ({ platform: "napcat", personId: "80000000001", botId, text: "seen" }),
  "people.removeNote": personNote,
  "people.flag": ({ botId }) => ({
    ...{ platform: "napcat", personId: "80000000001", botId },
    ...{ flag: "watched", isOn: true },
  }),
  "overview.pressing": () => undefined,
  "overview.bots": () => undefined,
  "overview.decided": () => ({ zone: "Asia/Shanghai" }),
  "overview.arrivals": () => ({ zone: "Asia/Kathmandu", span: "week" }),
  "preferences.get": () => undefined,
  "preferences.set": () => ({ patch: { claimOnOpen: true } }),
  "presence.list": () => undefined,
  "presence.look": ({ requestId }) => ({ tab: uuid(), requestId }),
  "requests.list": () => ({ state: "all" }),
  "requests.changed": ({ requestId }) => ({ state: "all", ids: [requestId] }),
  "requests.arrived": ({ requestId }) => ({ state: "all", after: requestId }),
  "requests.counts": () => ({ state: "all" }),
  "requests.get": ({ requestId }) => ({ id: requestId }),
  "requests.raw": ({ requestId }) => ({ id: requestId }),
  "requests.claim": ({ requestId }) => ({ id: requestId, tab: uuid() }),
  "requests.release": ({ requestId }) => ({ id: requestId, token: "of a lease that ended" }),
  "requests.decide": ({ requestId }) => ({ id: requestId, version: 1, verb: "ignore" }),
  "requests.undo": undoable,
  "requests.skip": ({ requestId }) => ({ id: requestId, isSkipped: true }),
  "requests.snooze": ({ requestId }) => ({ id: requestId, until: new Date(Date.now() + 3_600_000) }),
  "requests.handOver": ({ requestId }) => ({ id: requestId, operatorId: null }),
  "requests.colleagues": ({ requestId }) => ({ id: requestId }),
  "requests.note": ({ requestId }) => ({ id: requestId, text: "seen" }),
  "requests.check": ({ requestId }) => ({ id: requestId }),
  "session.get": () => undefined,
  "setup.create": () => ({ ...person(), token: "wrong" }),
  "setup.status": () => undefined,
  "tasks.preview": ({ botId }) => ({ botId, groupId: "1", act: { verb: "mute", seconds: 60 }, userIds: ["2"] }),
  "tasks.list": ({ botId }) => ({ botId, groupId: "1" }),
  "tasks.get": async (fixture) => ({ id: await task(fixture) }),
  "tasks.start": ({ botId }) => ({
    id: uuid(),
    botId,
    groupId: "1",
    act: { verb: "mute", seconds: 60 },
    userIds: ["2"],
  }),
  "tasks.pause": async (fixture) => ({ id: await task(fixture) }),
  "tasks.resume": async (fixture) => ({ id: await task(fixture) }),
  "tasks.cancel": async (fixture) => ({ id: await task(fixture) }),
  "tasks.retry": async (fixture) => ({ id: await task(fixture), newId: uuid() }),
  "texts.list": () => undefined,
  "texts.save": () => ({ title: "No adverts", verb: "deny", kinds: [], textZh: "", textEn: "No adverts, {{name}}." }),
  "texts.remove": async (fixture) => ({ id: await text(fixture) }),
  "texts.order": async (fixture) => ({ ids: [await text(fixture)] }),
  "views.list": () => undefined,
  "views.counts": () => undefined,
  "views.save": () => ({ name: word(), page: "requests", query: { state: "failed" } }),
  "views.rename": async (fixture) => ({ id: await view(fixture), name: word() }),
  "views.share": async (fixture) => ({ id: await view(fixture), isTeam: true }),
  "views.remove": async (fixture) => ({ id: await view(fixture) }),
  "views.order": async (fixture) => ({ ids: [await view(fixture)] }),
};

/** What the input above takes beside the procedure's own permission: that of the act it names. */
export const askedBeside: Record<string, Permission> = {
  "tasks.start": "members.mute",
  "tasks.pause": "members.mute",
  "tasks.resume": "members.mute",
  "tasks.cancel": "members.mute",
  "tasks.retry": "members.mute",
};

/** Procedures whose input above is refused by what they are for, with the code that says so. */
export const refusedByPurpose: Record<string, string> = {
  "files.upload": "upload_gone",
  "files.list": "not_connected",
  "files.space": "not_connected",
  "files.link": "not_connected",
  "files.rename": "not_connected",
  "files.move": "not_connected",
  "files.remove": "not_connected",
  "files.keep": "not_connected",
  "files.createFolder": "not_connected",
  "files.removeFolder": "not_connected",
  "notices.list": "not_connected",
  "notices.publish": "not_connected",
  "notices.remove": "not_connected",
  // The bot of the table connects to nothing.
  "console.invoke": "not_connected",
  "chats.send": "not_connected",
  "chats.recall": "not_connected",
  "chats.react": "not_connected",
  "chats.addEssence": "not_connected",
  "chats.removeEssence": "not_connected",
  "chats.poke": "not_connected",
  "chats.forward": "not_connected",
  "groups.update": "not_connected",
  "groups.muteAll": "not_connected",
  "groups.joinRule": "not_connected",
  "groups.findable": "not_connected",
  "groups.robots": "not_connected",
  "groups.leave": "not_connected",
  "groups.dissolve": "not_connected",
  "groups.transfer": "not_connected",
  "groups.create": "not_connected",
  "groups.join": "not_connected",
  "groups.invite": "not_connected",
  "groups.search": "not_connected",
  "groups.nearby": "not_connected",
  "groups.honors": "not_connected",
  "groups.muted": "not_connected",
  "groups.link": "not_connected",
  "groups.essence": "not_connected",
  "groups.removeEssence": "not_connected",
  ...Object.fromEntries(
    [
      ...[
        "profile",
        "groups",
        "search",
        "blocked",
        "oneWay",
        "nearby",
        "categories",
        "add",
        "remove",
        "remark",
        "label",
      ],
      ...["block", "unblock", "like", "createCategory", "renameCategory", "removeCategory", "assign", "unassign"],
    ].map((name) => [`friends.${name}`, "not_connected"]),
  ),
  ...Object.fromEntries(
    ["get", "presence", "presets", "likes", "update", "setPresence", "wordPresence", "exit", "restart"].map((name) => [
      `profile.${name}`,
      "not_connected",
    ]),
  ),
  // NapCat's token is NapCat's own.
  "profile.forget": "not_possible",
  "bots.signInStart": "connection_refused",
  "bots.signIn": "connection_refused",
  "members.kick": "not_connected",
  "members.mute": "not_connected",
  "members.promote": "not_connected",
  "members.card": "not_connected",
  "members.title": "not_connected",
  // NapCat has no operation beyond its document.
  "bots.setExtra": "unknown_operation",
  "invite.accept": "invite_invalid",
  "console.reveal": "reveal_gone",
  "invite.preview": "invite_invalid",
  "setup.create": "setup_done",
};

/** A bot that connects to nothing, with one request. */
export async function makeBot(
  database: Database,
  name = `bot ${word()}`,
): Promise<{ botId: string; botName: string; requestId: string }> {
  const [botId, requestId] = [uuid(), uuid()];
  await database.bot.create({ data: { id: botId, name, platform: "napcat", connection, isEnabled: false } });
  await database.request.create({
    data: {
      id: requestId,
      botId,
      kind: "friend",
      key: `friend:${word()}`,
      applicantId: word(),
      applicantName: `applicant of ${name}`,
      handle: { flag: "1" },
      raw: { of: name },
      answers: { approve: true, deny: true, takesReason: false },
      searchText: "",
    },
  });
  return { botId, botName: name, requestId };
}
