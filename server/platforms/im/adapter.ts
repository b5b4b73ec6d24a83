import { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Friend, Group, Member, Person } from "../entity";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import { plainText } from "../not-offered";
import type { ImCatalogue } from "./catalogue";
import type { Account, ChatGroup } from "./field";
import type { FriendEntry } from "./friend-rows";
import { editGroup } from "./group-edit";
import type { GroupMember } from "./group-rows";
import { answerRequest, checkRequest, listRequests } from "./request";

const roles = { owner: "owner", manager: "admin", general: "member" } as const;

const secrets = ["email", "mobile"];

function toPerson(account: z.output<typeof Account>): Person {
  const { id, nickname, username, avatar, intro, gender } = account;
  return {
    id,
    name: nickname || username,
    avatar: avatar || null,
    signature: intro,
    sex: gender === "男" ? "male" : gender === "女" ? "female" : null,
    raw: toRaw(account, secrets),
  };
}

/** Whether they are online is not told: the server never sets it back. */
function toFriend(friend: z.output<typeof FriendEntry>): Friend {
  const { account, remark, label } = friend;
  return { ...toPerson(account), remark, label, isOnline: null, raw: toRaw(friend, secrets) };
}

function toGroup(group: z.output<typeof ChatGroup>): Group {
  const { id, name, members: memberCount, members_limit: memberLimit, avatar, intro } = group;
  const untold = { ownerId: null, remark: null, ownRole: null, isMuted: null };
  return { id, name, memberCount, memberLimit, avatar: avatar || null, intro, ...untold, raw: toRaw(group) };
}

function toMember(member: z.output<typeof GroupMember>): Member {
  const { account, role, remark: card, isBanned: isMuted } = member;
  const untold = { title: null, mutedUntil: null, joinedAt: null, lastSpokeAt: null };
  return { ...toPerson(account), card, role: roles[role], isMuted, ...untold, raw: toRaw(member, secrets) };
}

const Sent = z.object({ id: z.union([z.string(), z.number()]) });

/**
 * IM's capabilities over `call`, which parses by the row, checks and records. Whether the account is online is not among
 * them: the server keeps its own answer to that wrong.
 */
export function createAdapter(rawCall: (name: string, input: unknown) => Promise<unknown>): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as Call<ImCatalogue>;
  return {
    "profile.get": async () => {
      const { account } = await call("get.me.info", {});
      return toPerson(account);
    },
    "friends.list": async () => {
      const { items } = await call("get.friends", { blacklist: false });
      return items.map(toFriend);
    },
    "groups.list": async () => {
      const { items } = await call("get.chatGroups", {});
      return items.map(toGroup);
    },
    "members.list": async (groupId) => (await call("get.chatGroups.info", { groupId })).membersList.map(toMember),
    "people.get": async (userId) => {
      // The search looks at names and numbers, too: only the id is taken for an answer.
      const { items } = await call("get.friends.search", { account: userId });
      const found = items.find(({ id }) => id === userId);
      if (found === undefined) throw new PlatformError("platform_refused", { isSent: true });
      return toPerson(found);
    },
    "groups.update": (groupId, change) => editGroup(call, groupId, change),
    "requests.list": () => listRequests(call),
    "requests.answer": (request) => answerRequest(call, request),
    "requests.check": (request) => checkRequest(call, request),
    "messages.send": async ({ to, id, pieces }) => {
      const ope = to === "group" ? "group" : "friend";
      const answer = await call("post.chat.send", { toId: id, ope, type: "text", body: plainText(pieces) });
      // A message is sent whatever its answer looks like.
      const sent = Sent.safeParse(answer);
      return { messageId: sent.success ? String(sent.data.id) : null, handle: null };
    },
  };
}
