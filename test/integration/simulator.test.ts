import { type AllHandlers, NCWebsocket } from "node-napcat-ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Napcat, start } from "@/test/simulators/napcat";

/** An independent client, written against real NapCats by other people, talks to the simulator. */
describe("node-napcat-ts and the simulated NapCat", () => {
  let napcat: Napcat;
  let client: NCWebsocket;

  beforeEach(async () => {
    napcat = await start({ token: "right", account: { userId: "20002", nickname: "门卫" } });
    client = connectTo(napcat, "right");
  });

  afterEach(async () => {
    await client.disconnect();
    await napcat.close();
  });

  test("connecting is greeted by a lifecycle event of the account", async () => {
    const greeted = next<AllHandlers["meta_event.lifecycle.connect"]>((take) =>
      client.subscribeOnce("meta_event.lifecycle.connect", take),
    );
    await client.connect();
    expect(await greeted).toMatchObject({ self_id: 20002, post_type: "meta_event" });
  });

  test("a wrong token is refused in a frame after the upgrade", async () => {
    const stranger = connectTo(napcat, "wrong");
    const refused = next<AllHandlers["socket.error"]>((take) => stranger.subscribeOnce("socket.error", take));
    await stranger.connect();
    expect(await refused).toMatchObject({ error_type: "response_error", info: { errno: 1403 } });
    await stranger.disconnect();
    expect(napcat.calls.all).toHaveLength(0);
  });

  test("the account, its friends, groups and members can be read", async () => {
    napcat.world.addFriend({ userId: "30003", nickname: "小满" }, "老同学");
    napcat.world.addGroup({ groupId: "700100", groupName: "读书会" }, [
      { userId: "30004", nickname: "Ada", card: "阿达" },
    ]);
    await client.connect();

    expect(await client.get_login_info()).toEqual({ user_id: 20002, nickname: "门卫" });
    expect(await client.get_status()).toMatchObject({ online: true, good: true });
    expect(await client.get_friend_list()).toMatchObject([{ user_id: 30003, nickname: "小满", remark: "老同学" }]);
    expect(await client.get_group_list({})).toMatchObject([
      { group_id: 700100, group_name: "读书会", member_count: 2 },
    ]);
    const members = await client.get_group_member_list({ group_id: 700100 });
    expect(members.map((member) => [member.user_id, member.role])).toEqual([
      [20002, "admin"],
      [30004, "member"],
    ]);
    expect(napcat.calls.all.map((call) => call.action)).toEqual([
      "get_login_info",
      "get_status",
      "get_friend_list",
      "get_group_list",
      "get_group_member_list",
    ]);
  });

  test("an error has the WebSocket's retcodes and the platform's words", async () => {
    await client.connect();
    await expect(client.get_group_info({ group_id: 1 })).rejects.toMatchObject({
      status: "failed",
      retcode: 1200,
      message: "群1不存在",
    });
    // A caller without types: what the client's own types forbid is the point here.
    const untyped = client.send.bind(client) as (action: string, params: object) => Promise<unknown>;
    await expect(untyped("no_such_action", {})).rejects.toMatchObject({ retcode: 1404 });
    await expect(untyped("get_group_info", {})).rejects.toMatchObject({ retcode: 1400 });
  });

  test("a friend request is pushed, approved by its flag, and confirmed by a notice", async () => {
    await client.connect();
    const asked = next<AllHandlers["request.friend"]>((take) => client.subscribeOnce("request.friend", take));
    napcat.inbox.arriveFriend({ userId: "30005", nickname: "林间", comment: "我是读书会的", second: 1_760_000_000 });
    const request = await asked;
    expect(request).toMatchObject({ user_id: 30005, comment: "我是读书会的", flag: "1760000000" });

    const added = next<AllHandlers["notice.friend_add"]>((take) => client.subscribeOnce("notice.friend_add", take));
    expect(await client.set_friend_add_request({ flag: request.flag, approve: true, remark: "书友" })).toBeNull();
    expect(await added).toMatchObject({ user_id: 30005 });
    expect(await client.get_friend_list()).toMatchObject([{ user_id: 30005, remark: "书友" }]);
    expect(napcat.calls.of("set_friend_add_request")).toHaveLength(1);
  });

  test("a join request is listed with its number, then decided with the same number as text", async () => {
    napcat.world.addGroup({ groupId: "700100", groupName: "读书会" });
    await client.connect();
    const asked = next<AllHandlers["request.group.add"]>((take) => client.subscribeOnce("request.group.add", take));
    napcat.inbox.arriveJoin({ userId: "30006", nickname: "Wren", groupId: "700100", comment: "let me in" });
    const { flag } = await asked;

    const before = await client.get_group_system_msg();
    expect(before.join_requests).toMatchObject([{ request_id: Number(flag), invitor_uin: 30006, checked: false }]);

    const joined = next<AllHandlers["notice.group_increase.approve"]>((take) =>
      client.subscribeOnce("notice.group_increase.approve", take),
    );
    await client.set_group_add_request({ flag, approve: true });
    expect(await joined).toMatchObject({ group_id: 700100, user_id: 30006, operator_id: 20002 });
    const after = await client.get_group_system_msg();
    expect(after.join_requests).toMatchObject([{ checked: true, actor: 20002 }]);
    await expect(client.set_group_add_request({ flag: "1", approve: true })).rejects.toMatchObject({
      message: "No such request",
    });
  });

  test("accepting an invitation brings the account into the group", async () => {
    await client.connect();
    const asked = next<AllHandlers["request.group.invite"]>((take) =>
      client.subscribeOnce("request.group.invite", take),
    );
    napcat.inbox.arriveInvite({ userId: "30007", nickname: "Moss", groupId: "700200", groupName: "Night Garden" });
    const { flag, user_id } = await asked;
    expect(user_id).toBe(30007);

    const joined = next<AllHandlers["notice.group_increase.invite"]>((take) =>
      client.subscribeOnce("notice.group_increase.invite", take),
    );
    await client.set_group_add_request({ flag, approve: true });
    expect(await joined).toMatchObject({ user_id: 20002, operator_id: 30007 });
    expect(await client.get_group_list({})).toMatchObject([{ group_id: 700200, group_name: "Night Garden" }]);
  });

  test("a filtered friend request is never pushed, and any call accepts it", async () => {
    await client.connect();
    napcat.inbox.arriveFiltered({ userId: "30008", nickname: "影", message: "在吗" });
    const [row] = await client.get_doubt_friends_add_request({});
    expect(row).toMatchObject({ uin: "30008", nick: "影", type: "doubt" });
    expect(napcat.events).toHaveLength(0);

    const added = next<AllHandlers["notice.friend_add"]>((take) => client.subscribeOnce("notice.friend_add", take));
    await client.set_doubt_friends_add_request({ flag: row?.flag ?? "" });
    expect(await added).toMatchObject({ user_id: 30008 });
    expect(await client.get_doubt_friends_add_request({})).toEqual([]);
  });

  test("a message is sent and counted once", async () => {
    napcat.world.addFriend({ userId: "30003", nickname: "小满" });
    await client.connect();
    const { message_id } = await client.send_private_msg({
      user_id: 30003,
      message: [{ type: "text", data: { text: "欢迎" } }],
    });
    expect(napcat.world.sent).toMatchObject([{ messageId: message_id, to: "private", id: "30003" }]);
  });
});

/** One connection without reconnecting: what ends stays ended. */
function connectTo(napcat: Napcat, accessToken: string): NCWebsocket {
  return new NCWebsocket({ baseUrl: napcat.wsUrl, accessToken, reconnection: { enable: false } });
}

/** The next event that `subscribe` hands over. The client's own generics are too deep for a helper that takes the name. */
function next<T>(subscribe: (take: (event: T) => void) => unknown): Promise<T> {
  return new Promise((resolve) => {
    subscribe(resolve);
  });
}
