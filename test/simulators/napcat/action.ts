import type { Inbox } from "./inbox";
import type { FriendRequest, GroupRequest } from "./request";
import { isYes, type Kind, type Schema } from "./schema";
import { asObject, type Wire, type WireObject } from "./wire";
import type { Friend, Group, Member, World } from "./world";

/** Thrown by an action: the words become the answer's `message`. */
export class Refusal extends Error {}

type Params = Readonly<Record<string, unknown>>;
export interface Action {
  schema: Schema;
  run(params: Params, world: World, inbox: Inbox): Wire;
}

const define = (schema: Readonly<Record<string, Kind>>, run: Action["run"]): Action => ({ schema, run });

function findGroup(world: World, params: Params): Group {
  const group = world.groups.get(String(params.group_id));
  if (!group) throw new Refusal(`群${String(params.group_id)}不存在`);
  return group;
}

function toFriend(friend: Friend): WireObject {
  return {
    birthday_year: 0,
    birthday_month: 0,
    birthday_day: 0,
    user_id: BigInt(friend.userId),
    age: friend.age ?? 0,
    phone_num: "-",
    email: "",
    category_id: 0,
    nickname: friend.nickname,
    remark: friend.remark,
    sex: friend.sex ?? "unknown",
    level: friend.level ?? 0,
  };
}

function toGroup(group: Group): WireObject {
  return {
    group_all_shut: group.isMuted ? -1 : 0,
    group_remark: group.remark,
    group_id: BigInt(group.groupId),
    group_name: group.groupName,
    member_count: group.members.size,
    max_member_count: group.maxMembers,
  };
}

function toMember(group: Group, member: Member): WireObject {
  return {
    group_id: BigInt(group.groupId),
    user_id: BigInt(member.userId),
    nickname: member.nickname,
    card: member.card,
    sex: member.sex ?? "unknown",
    age: member.age ?? 0,
    area: "",
    // Text, although the document's table calls it a number.
    level: String(member.level ?? 1),
    qq_level: 0,
    join_time: member.joinedAt,
    last_sent_time: member.joinedAt,
    title_expire_time: 0,
    unfriendly: false,
    card_changeable: true,
    is_robot: false,
    shut_up_timestamp: 0,
    role: member.role,
    title: "",
    qage: "0",
  };
}

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
  const messageId = world.nextMessageId();
  world.sent.push({ messageId, to: isGroup ? "group" : "private", id, message: params.message });
  return { message_id: messageId };
}

/** What the simulator can do, by NapCat's names. Everything else is an unknown action. */
export const actions: Readonly<Record<string, Action>> = {
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
    const member = group.members.get(String(params.user_id));
    if (!member) throw new Refusal(`群(${group.groupId})成员${String(params.user_id)}不存在`);
    return toMember(group, member);
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
      long_nick: "",
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
