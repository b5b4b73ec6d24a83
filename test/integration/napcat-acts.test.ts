import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "@/server/platforms/adapter";
import { createCall } from "@/server/platforms/client";
import { createAdapter } from "@/server/platforms/napcat/adapter";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { createHttpTransport, type HttpTransport } from "@/server/platforms/napcat/http";
import { textOnly } from "@/server/platforms/piece";
import { type Napcat, start } from "@/test/simulators/napcat";
import type { Group } from "@/test/simulators/napcat/world";
import { watchedAdapter } from "@/test/watched-adapter";

let napcat: Napcat;
let transport: HttpTransport;
let adapter: Required<Adapter>;
let group: Group;

const ann = { userId: "30001", nickname: "Ann" };
const bob = { userId: "30002", nickname: "Bob" };
const picture = "base64://aGVsbG8=";
const now = 1_760_000_000;

/** The adapter with everything that is tested here: a key it lacks fails the test that uses it. */
function adapterOf(): Required<Adapter> {
  const call = createCall(catalogue, transport.send, new AbortController().signal);
  // A name that is no row's is refused by the call itself.
  return watchedAdapter(catalogue, call as Parameters<typeof createAdapter>[0], createAdapter);
}

beforeEach(async () => {
  napcat = await start({ token: "t", now: () => now });
  transport = createHttpTransport({ url: napcat.httpUrl, token: "t" });
  adapter = adapterOf();
  napcat.world.addFriend(ann, "from chess");
  group = napcat.world.addGroup({ groupId: "40001", groupName: "Chess" }, [bob]);
});

afterEach(async () => {
  await transport.close();
  await napcat.close();
});

describe("the account", () => {
  test("a name, a signature and a picture change, and what is not given stays", async () => {
    await adapter["profile.update"]({ name: "Desk", signature: "here" });
    await adapter["profile.update"]({ name: "Desk 2" });
    expect(napcat.world.account).toMatchObject({ nickname: "Desk 2", signature: "here" });
    await adapter["profile.update"]({ signature: "away" });
    expect(napcat.world.account).toMatchObject({ nickname: "Desk 2", signature: "away" });
    await adapter["profile.update"]({ avatar: picture });
    expect(napcat.world.avatar).toBe(picture);
    await expect(adapter["profile.get"]()).resolves.toMatchObject({ id: "10001", name: "Desk 2" });
  });

  test("a picture that fails after the name has changed is told as done in part, with the platform's words", async () => {
    napcat.faults.failNext("set_qq_avatar", "头像过大");
    await expect(adapter["profile.update"]({ name: "Desk", avatar: picture })).rejects.toMatchObject({
      code: "partly_done",
      text: "头像过大",
      detail: { done: "name", left: "avatar", error: "platform_refused" },
    });
    expect(napcat.world.account.nickname).toBe("Desk");
  });

  test("a first step that fails is that failure: nothing was done", async () => {
    napcat.faults.failNext("set_qq_profile", "昵称违规");
    const change = adapter["profile.update"]({ name: "Desk", avatar: picture });
    await expect(change).rejects.toMatchObject({ code: "platform_refused", text: "昵称违规" });
    expect(napcat.calls.of("set_qq_avatar")).toEqual([]);
  });

  test("every preset of the online status is accepted under the names the wire knows", async () => {
    const presets = await adapter["presence.presets"]();
    expect(presets).toHaveLength(41);
    for (const { id } of presets) await adapter["presence.set"](id);
    await adapter["presence.set"]("gaming");
    expect(napcat.world.presence).toEqual({ status: 10, ext: 1027 });
    await expect(adapter["presence.set"]("sleepwalking")).rejects.toMatchObject({ code: "not_offered", isSent: false });
  });
});

describe("friends", () => {
  test("removing somebody neither blocks them nor vanishes from their list unless that is asked for", async () => {
    await adapter["friends.remove"]("30001");
    expect(napcat.world.friends.size).toBe(0);
    expect([napcat.world.blocked.size, napcat.world.vanished.size]).toEqual([0, 0]);
    napcat.world.addFriend(ann);
    await adapter["friends.remove"]("30001", { block: true, vanish: true });
    expect([...napcat.world.blocked, ...napcat.world.vanished]).toEqual(["30001", "30001"]);
  });

  test("removing who is no friend is a failure, although the answer says ok", async () => {
    await expect(adapter["friends.remove"]("30002")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "不是好友",
    });
  });

  test("a remark is changed and taken away", async () => {
    await adapter["friends.remark"]("30001", "chess club");
    await expect(adapter["friends.list"]()).resolves.toMatchObject([{ id: "30001", remark: "chess club" }]);
    await adapter["friends.remark"]("30001", "");
    expect(napcat.world.friends.get("30001")?.remark).toBe("");
  });

  test("phone numbers and mail addresses do not travel along with a friend", async () => {
    const [friend] = await adapter["friends.list"]();
    expect(friend?.raw).toMatchObject({ user_id: "30001", nickname: "Ann" });
    const categories = await adapter["categories.list"]();
    expect(categories).toMatchObject([{ id: "0", name: "我的好友", friends: [{ id: "30001" }] }]);
    expect(JSON.stringify([friend, categories])).not.toMatch(/phone_num|email|00000000000/);
  });
});

describe("groups", () => {
  test("a group has its owner, its remark and its mute", async () => {
    napcat.world.putMember(group, { ...ann, role: "owner" });
    group.remark = "evenings";
    await adapter["groups.muteAll"]("40001", true);
    await expect(adapter["groups.get"]("40001")).resolves.toMatchObject({
      id: "40001",
      name: "Chess",
      memberCount: 3,
      ownerId: "30001",
      remark: "evenings",
      isMuted: true,
    });
  });

  test("a group is read although its version does not tell the owner", async () => {
    napcat.faults.failNext("get_group_info_ex", "不支持的Api get_group_info_ex", "unknown");
    await expect(adapter["groups.get"]("40001")).resolves.toMatchObject({ id: "40001", ownerId: null });
  });

  test("lifting a mute of everybody never mutes everybody", async () => {
    await adapter["groups.muteAll"]("40001", true);
    expect(group.isMuted).toBe(true);
    await adapter["groups.muteAll"]("40001", false);
    expect(group.isMuted).toBe(false);
  });

  test("name, remark and picture change, an introduction cannot", async () => {
    await adapter["groups.update"]("40001", { name: "Go", remark: "r", avatar: picture });
    expect(group).toMatchObject({ groupName: "Go", remark: "r" });
    await expect(adapter["groups.update"]("40001", { name: "Chess", intro: "x" })).rejects.toMatchObject({
      code: "not_offered",
      isSent: false,
    });
    expect(group.groupName).toBe("Go");
  });

  test("leaving asks for nothing more than leaving", async () => {
    await adapter["groups.leave"]("40001");
    expect(napcat.world.groups.has("40001")).toBe(false);
    expect(napcat.calls.of("set_group_leave")[0]?.params).toEqual({ group_id: "40001" });
  });
});

describe("members", () => {
  test("a mute runs, is told with its end, and is lifted by nothing", async () => {
    await adapter["members.mute"]("40001", "30002", 600);
    await expect(adapter["members.get"]("40001", "30002")).resolves.toMatchObject({
      isMuted: null,
      mutedUntil: new Date((now + 600) * 1000),
    });
    await adapter["members.mute"]("40001", "30002", 0);
    await expect(adapter["members.get"]("40001", "30002")).resolves.toMatchObject({ isMuted: false, mutedUntil: null });
  });

  test("removing somebody lets them come back unless that is refused, too", async () => {
    await adapter["members.kick"]("40001", "30002");
    expect(group.members.has("30002")).toBe(false);
    expect(group.refused.size).toBe(0);
    napcat.world.putMember(group, bob);
    await adapter["members.kick"]("40001", "30002", { block: true });
    expect([...group.refused]).toEqual(["30002"]);
  });

  test("an admin is made and unmade by the owner alone", async () => {
    await expect(adapter["members.promote"]("40001", "30002", true)).rejects.toMatchObject({
      code: "platform_refused",
    });
    napcat.world.putMember(group, { ...napcat.world.account, role: "owner" });
    await adapter["members.promote"]("40001", "30002", true);
    await expect(adapter["members.get"]("40001", "30002")).resolves.toMatchObject({ role: "admin" });
    await adapter["members.promote"]("40001", "30002", false);
    await expect(adapter["members.get"]("40001", "30002")).resolves.toMatchObject({ role: "member" });
  });

  test("cards and titles are given and taken away", async () => {
    napcat.world.putMember(group, { ...napcat.world.account, role: "owner" });
    await adapter["members.card"]("40001", "30002", "Rook");
    await adapter["members.title"]("40001", "30002", "Champion");
    await expect(adapter["members.list"]("40001")).resolves.toContainEqual(
      expect.objectContaining({ id: "30002", card: "Rook", title: "Champion" }),
    );
    await adapter["members.card"]("40001", "30002", "");
    await adapter["members.title"]("40001", "30002", "");
    await expect(adapter["members.get"]("40001", "30002")).resolves.toMatchObject({ card: "", title: "" });
  });

  test("without a packet backend a title fails with NapCat's words", async () => {
    napcat.world.hasPacketBackend = false;
    await expect(adapter["members.title"]("40001", "30002", "x")).rejects.toMatchObject({
      code: "platform_refused",
      text: expect.stringContaining("packetBackend"),
    });
  });
});

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

describe("notices and highlights", () => {
  test("a notice is published, listed and removed", async () => {
    await adapter["notices.publish"]("40001", {
      text: "Rules",
      image: picture,
      isPinned: true,
      needsConfirmation: true,
    });
    expect(group.shelf.notices).toMatchObject([{ text: "Rules", isPinned: true, needsConfirmation: true }]);
    const [notice] = await adapter["notices.list"]("40001");
    expect(notice).toMatchObject({ text: "Rules", authorId: "10001", at: new Date(now * 1000) });
    await adapter["notices.remove"]("40001", notice?.id ?? "");
    expect(group.shelf.notices).toEqual([]);
    await expect(adapter["notices.remove"]("40001", "n9")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "公告不存在",
    });
    const calling = adapter["notices.publish"]("40001", { text: "x", callsAll: true });
    await expect(calling).rejects.toMatchObject({ code: "not_offered", isSent: false });
  });

  test("a message is highlighted and taken back; a refusal hidden in an ok is a failure", async () => {
    napcat.world.say("30002", "well said", "40001");
    const ref = { to: "group", id: "40001", messageId: String(napcat.world.chat.messages[0]?.messageId) } as const;
    await adapter["essence.add"](ref);
    await expect(adapter["essence.list"]("40001")).resolves.toMatchObject([
      {
        messageId: ref.messageId,
        senderId: "30002",
        senderName: "Bob",
        operatorId: "10001",
        pieces: [{ type: "text", text: "well said" }],
      },
    ]);
    await adapter["essence.remove"](ref);
    expect(group.shelf.essence).toEqual([]);
    napcat.world.putMember(group, { ...napcat.world.account, role: "member" });
    await expect(adapter["essence.add"](ref)).rejects.toMatchObject({
      code: "not_carried_out",
      text: expect.stringContaining("没有权限"),
    });
  });
});

describe("files", () => {
  const chess = { to: "group", id: "40001" } as const;

  test("a file is uploaded, found, moved, renamed, linked and deleted", async () => {
    const folderId = await adapter["folders.create"]("40001", "Games");
    await adapter["files.upload"](chess, { name: "a.pgn", source: picture });
    const root = await adapter["files.list"]("40001", null);
    expect(root).toMatchObject({
      files: [{ name: "a.pgn", size: 5, uploaderId: "10001", expiresAt: null }],
      folders: [{ id: folderId, name: "Games", fileCount: 0 }],
      isComplete: true,
    });
    const id = root.files[0]?.id ?? "";
    await adapter["files.move"]("40001", id, null, folderId);
    await adapter["files.rename"]("40001", id, folderId, "b.pgn");
    await expect(adapter["files.list"]("40001", folderId)).resolves.toMatchObject({ files: [{ id, name: "b.pgn" }] });
    await expect(adapter["files.link"](chess, id)).resolves.toMatch(/^https:/);
    await adapter["files.remove"]("40001", id);
    await adapter["folders.remove"]("40001", folderId ?? "");
    expect([group.shelf.files, group.shelf.folders]).toEqual([[], []]);
  });

  test("a file goes into the folder it was meant for", async () => {
    const folderId = await adapter["folders.create"]("40001", "Games");
    await adapter["files.upload"](chess, { name: "a.pgn", source: picture, folderId });
    expect(group.shelf.files).toMatchObject([{ folder: folderId }]);
    const person = adapter["files.upload"]({ to: "person", id: "30001" }, { name: "a", source: picture, folderId });
    await expect(person).rejects.toMatchObject({ code: "not_offered", isSent: false });
    await adapter["files.upload"]({ to: "person", id: "30001" }, { name: "a.pgn", source: picture });
    expect(napcat.world.sent).toMatchObject([{ to: "private", id: "30001" }]);
    await expect(adapter["files.link"]({ to: "person", id: "30001" }, "f")).resolves.toMatch(/^https:/);
  });

  test("refusals hidden in a list, in retCode and in result.retCode are failures", async () => {
    await expect(adapter["files.remove"]("40001", "/none")).rejects.toMatchObject({ code: "not_carried_out" });
    await expect(adapter["folders.remove"]("40001", "/none")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "文件夹不存在",
    });
    await adapter["folders.create"]("40001", "Games");
    await expect(adapter["folders.create"]("40001", "Games")).rejects.toMatchObject({
      code: "not_carried_out",
      text: "文件夹已存在",
    });
  });
});
