import { z } from "zod";
import type { Adapter } from "../adapter";
import type { RequestRef, Verb } from "../arrival";
import type { Call } from "../client";
import type { Group, Member } from "../entity";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import type { NapcatCatalogue } from "./catalogue";
import { checkRequest, handleOf } from "./fate";
import type { GroupEntry, MemberEntry } from "./group-rows";
import { listRequests } from "./list";
import { toSegments } from "./said";

type C = Call<NapcatCatalogue>;

const untold = { avatar: null, signature: null, sex: null };

function toGroup(entry: z.infer<typeof GroupEntry>): Group {
  return {
    id: entry.group_id,
    name: entry.group_name,
    memberCount: entry.member_count,
    memberLimit: entry.max_member_count,
    ownerId: null,
    avatar: null,
    intro: null,
    remark: null,
    ownRole: null,
    isMuted: null,
    raw: toRaw(entry),
  };
}

function toMember(entry: z.infer<typeof MemberEntry>): Member {
  return {
    ...untold,
    id: entry.user_id,
    name: entry.nickname,
    card: entry.card,
    role: entry.role,
    title: null,
    isMuted: null,
    mutedUntil: null,
    joinedAt: null,
    lastSpokeAt: null,
    raw: toRaw(entry),
  };
}

async function answerRequest(call: C, request: RequestRef & { verb: Verb; reason: string }): Promise<void> {
  const { flag } = handleOf(request);
  // Always a real boolean: everything else NapCat takes for yes.
  const approve = request.verb === "approve";
  switch (request.kind) {
    case "friend":
      await call("set_friend_add_request", { flag, approve });
      return;
    case "filtered_friend":
      if (!approve) throw new PlatformError("not_offered", { isSent: false, detail: { why: "filtered_friend" } });
      await call("set_doubt_friends_add_request", { flag, approve: true });
      return;
    case "group_join":
    case "group_invite":
      await call("set_group_add_request", { flag, approve, reason: approve ? "" : request.reason });
      return;
  }
}

const Sent = z.object({ message_id: z.union([z.string(), z.number()]) });

/** NapCat's capabilities over `call`, which parses by the row, checks and records. */
export function createAdapter(rawCall: (name: string, input: unknown) => Promise<unknown>): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as C;
  return {
    "profile.get": async () => {
      const info = await call("get_login_info", {});
      return { ...untold, id: info.user_id, name: info.nickname, raw: toRaw(info) };
    },
    "presence.get": async () => {
      const status = await call("get_status", {});
      return { isOnline: status.online, isGood: status.good, raw: toRaw(status) };
    },
    "friends.list": async () => {
      const friends = await call("get_friend_list", { no_cache: false });
      return friends.map((friend) => ({
        ...untold,
        id: friend.user_id,
        name: friend.nickname,
        remark: friend.remark,
        label: null,
        isOnline: null,
        raw: toRaw(friend, ["phone_num", "email"]),
      }));
    },
    "groups.list": async () => (await call("get_group_list", {})).map(toGroup),
    "members.list": async (groupId) => (await call("get_group_member_list", { group_id: groupId })).map(toMember),
    "members.get": async (groupId, userId) =>
      toMember(await call("get_group_member_info", { group_id: groupId, user_id: userId })),
    "people.get": async (userId) => {
      const person = await call("get_stranger_info", { user_id: userId });
      return { ...untold, id: person.user_id, name: person.nickname, raw: toRaw(person) };
    },
    "requests.list": () => listRequests(call),
    "requests.answer": (request) => answerRequest(call, request),
    "requests.check": (request) => checkRequest(call, request),
    "messages.send": async ({ to, id, pieces }) => {
      const message = toSegments(pieces);
      const answer =
        to === "group"
          ? await call("send_group_msg", { group_id: id, message })
          : await call("send_private_msg", { user_id: id, message });
      // A message is sent whatever its answer looks like.
      const sent = Sent.safeParse(answer);
      return { messageId: sent.success ? String(sent.data.message_id) : null, handle: null };
    },
  };
}
