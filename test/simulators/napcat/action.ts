import { accountActions } from "./account-action";
import { chatActions } from "./chat-action";
import { type Action, define, findGroup, findMember, type Params, Refusal } from "./define";
import { fileActions } from "./file-action";
import { friendActions } from "./friend-action";
import { groupActions } from "./group-action";
import type { Inbox } from "./inbox";
import { memberActions } from "./member-action";
import { noticeActions } from "./notice-action";
import type { FriendRequest, GroupRequest } from "./request";
import { ruleActions } from "./rule-action";
import { isYes } from "./schema";
import { asObject, type Wire, type WireObject } from "./wire";
import { toFriend, toGroup, toMember } from "./wire-entity";
import type { World } from "./world";

/** A row of the group lists. `invitor_*` is the requester, whatever the name says, and the flag is a number here. */
function toGroupRow(request: GroupRequest): WireObject {
  return {
    request_id: BigInt(request.flag),
    invitor_uin: BigInt(request.userId),
    invitor_nick: request.nickname,
    group_id: BigInt(request.groupId),
    message: request.comment,
    group_name: request.groupName,
    checked: request.state !== "pending",
    actor: request.actorId === null ? 0 : BigInt(request.actorId),
    requester_nick: request.nickname,
  };
}

function listGroupRequests(params: Params, inbox: Inbox): Wire {
  const newest = inbox.groups.filter((request) => !request.isFiltered).toReversed();
  const rows = newest.slice(0, Number(params.count ?? 50));
  const invited = rows.filter((request) => request.kind === "invite").map(toGroupRow);
  const joins = rows.filter((request) => request.kind === "join").map(toGroupRow);
  return { invited_requests: invited, InvitedRequest: invited, join_requests: joins };
}

/** The request a flag means: the first of that second, decided or not, however many there are. */
function findFriendRequest(inbox: Inbox, flag: string): FriendRequest {
  const request = inbox.friends.find((each) => each.flag === flag);
  if (!request) throw new Refusal("No such request");
  return request;
}

/** Which chat a message goes to: the group whenever one is named, unless the caller insists on "private". */
function send(params: Params, mode: unknown, world: World): Wire {
  const isGroup = mode !== "private" && params.group_id !== undefined && params.group_id !== "";
  const id = String((isGroup ? params.group_id : params.user_id) ?? "");
  if (isGroup) findGroup(world, params);
  else if (mode === "group" || !world.people.has(id)) throw new Refusal("无法获取用户信息");
  const peer = { to: isGroup ? ("group" as const) : ("private" as const), id };
  // Parsed from JSON, so it is a value of the wire.
  const messageId = world.utter(peer, world.account.userId, params.message as Wire);
  world.sent.push({ messageId, ...peer, message: params.message });
  return { message_id: messageId };
}

/** What the simulator can do, by NapCat's names. Everything else is an unknown action. */
export const actions: Readonly<Record<string, Action>> = {
  ...accountActions,
  ...friendActions,
  ...groupActions,
  ...memberActions,
  ...chatActions,
  ...noticeActions,
  ...ruleActions,
  ...fileActions,
  get_login_info: define({}, (_params, world) => ({
    user_id: BigInt(world.account.userId),
    nickname: world.account.nickname,
  })),
  // `good` stays true while the account is offline.
  get_status: define({}, (_params, world) => ({ online: world.isOnline, good: true, stat: {} })),
  get_version_info: define({}, () => ({
    app_name: "NapCat.Onebot",
    protocol_version: "v11",
    app_version: "4.18.13",
  })),
  get_friend_list: define({ "no_cache?": "boolean" }, (_params, world) => [...world.friends.values()].map(toFriend)),
  get_group_list: define({ "no_cache?": "boolean" }, (_params, world) => [...world.groups.values()].map(toGroup)),
  get_group_info: define({ group_id: "id" }, (params, world) => toGroup(findGroup(world, params))),
  get_group_member_list: define({ group_id: "id", "no_cache?": "boolean" }, (params, world) => {
    const group = findGroup(world, params);
    return [...group.members.values()].map((member) => toMember(group, member));
  }),
  get_group_member_info: define({ group_id: "id", user_id: "id", "no_cache?": "boolean" }, (params, world) => {
    const group = findGroup(world, params);
    return toMember(group, findMember(group, params));
  }),
  get_stranger_info: define({ user_id: "id", "no_cache?": "boolean" }, (params, world) => {
    const person = world.people.get(String(params.user_id));
    if (!person) throw new Refusal("找不到用户");
    return {
      user_id: BigInt(person.userId),
      uid: `u_sim${person.userId.padStart(12, "0")}`,
      uin: person.userId,
      nickname: person.nickname,
      age: person.age ?? 0,
      qid: "",
      qqLevel: person.level ?? 0,
      sex: person.sex ?? "unknown",
      long_nick: person.signature ?? "",
      reg_time: 0,
      is_vip: false,
      is_years_vip: false,
      vip_level: 0,
      remark: world.friends.get(person.userId)?.remark ?? "",
      status: 10,
      login_days: 0,
    };
  }),
  get_group_system_msg: define({ "count?": "number" }, (params, _world, inbox) => listGroupRequests(params, inbox)),
  // The name promises the ignored ones; the answer is the list above.
  get_group_ignored_notifies: define({ "count?": "number" }, (params, _world, inbox) =>
    listGroupRequests(params, inbox),
  ),
  get_group_ignore_add_request: define({}, (_params, _world, inbox) =>
    inbox.groups
      .filter((request) => request.isFiltered && request.kind === "join")
      .toReversed()
      .slice(0, 10)
      .map(toGroupRow),
  ),
  get_doubt_friends_add_request: define({ "count?": "number" }, (params, _world, inbox) =>
    inbox.filtered.slice(0, Number(params.count ?? 50)).map((request) => ({
      flag: request.flag,
      uin: request.userId,
      nick: request.nickname,
      source: request.source,
      reason: request.reason,
      msg: request.message,
      group_code: request.groupId,
      time: String(request.second),
      type: "doubt",
    })),
  ),
  // Any call accepts: `approve` is not looked at, and an unknown flag is not told apart from a known one.
  set_doubt_friends_add_request: define({ flag: "string", "approve?": "any" }, (params, _world, inbox) => {
    const request = inbox.filtered.find((each) => each.flag === String(params.flag));
    if (request) inbox.acceptFiltered(request);
    return null;
  }),
  // The answer says that the wish was handed on, not that QQ granted it.
  set_friend_add_request: define(
    { flag: "string", "approve?": "any", "remark?": "string" },
    (params, _world, inbox) => {
      const request = findFriendRequest(inbox, String(params.flag));
      inbox.decideFriend(request, isYes(params.approve), String(params.remark ?? ""));
      return null;
    },
  ),
  set_group_add_request: define(
    { flag: "string", "approve?": "any", "reason?": "any", "count?": "number" },
    (params, _world, inbox) => {
      const request = inbox.groups.find((each) => each.flag === String(params.flag));
      if (!request) throw new Refusal("No such request");
      inbox.decideGroup(request, isYes(params.approve));
      return null;
    },
  ),
  send_msg: define(
    { message: "message", "message_type?": "string", "user_id?": "id", "group_id?": "id" },
    (params, world) => send(params, params.message_type, world),
  ),
  send_private_msg: define({ message: "message", user_id: "id" }, (params, world) => send(params, "private", world)),
  send_group_msg: define({ message: "message", group_id: "id" }, (params, world) => send(params, "group", world)),
  // friend_id wins over user_id, and a failure is told inside an ok.
  delete_friend: define(
    { "friend_id?": "id", "user_id?": "id", "temp_block?": "boolean", "temp_both_del?": "boolean" },
    (params, world) => {
      const id = String(params.friend_id ?? params.user_id ?? "");
      if (!world.people.has(id)) return { valid: false, message: "好友不存在" };
      if (!world.friends.has(id)) return { valid: false, message: "不是好友" };
      world.unfriend(id);
      if (params.temp_block === true) world.blocked.add(id);
      if (params.temp_both_del === true) world.vanished.add(id);
      return { result: 0, errMsg: "" };
    },
  ),
  // Acts by an event: what is not understood is dropped without a word.
  ".handle_quick_operation": define({ context: "object", operation: "object" }, (params, _world, inbox) => {
    quickOperate(asObject(params.context) ?? {}, asObject(params.operation) ?? {}, inbox);
    return null;
  }),
};

/** The answer to a posted event may carry an act: NapCat obeys `approve` for requests. Errors are swallowed. */
export function quickOperate(event: Params, operation: Params, inbox: Inbox): void {
  if (event.post_type !== "request" || operation.approve === undefined || operation.approve === null) return;
  const isApproved = Boolean(operation.approve);
  if (event.request_type === "friend") {
    const request = inbox.friends.find((each) => each.flag === event.flag);
    if (request) inbox.decideFriend(request, isApproved);
  } else {
    const request = inbox.groups.find((each) => each.flag === event.flag);
    if (request) inbox.decideGroup(request, isApproved);
  }
}
