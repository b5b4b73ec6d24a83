import { describe, expect, test } from "vitest";
import { adapter, ann, bob, group, napcat, now, picture, setUp } from "../napcat-ground";

setUp();

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
      detail: { done: "name", left: "avatar", error: "platform_refused", outcome: "failed" },
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
