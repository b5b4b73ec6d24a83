import { z } from "zod";
import type { Adapter, Group, Member, RequestRef, Verb } from "../adapter";
import type { Call } from "../client";
import { PlatformError } from "../error";
import type { NapcatCatalogue } from "./catalogue";
import { checkRequest, handleOf } from "./fate";
import type { GroupEntry, MemberEntry } from "./group-rows";
import { listRequests } from "./list";

type C = Call<NapcatCatalogue>;

function toGroup(entry: z.infer<typeof GroupEntry>): Group {
  return { id: entry.group_id, name: entry.group_name, memberCount: entry.member_count };
}

function toMember(entry: z.infer<typeof MemberEntry>): Member {
  return { id: entry.user_id, name: entry.nickname, card: entry.card, role: entry.role };
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
      return { accountId: info.user_id, nickname: info.nickname };
    },
    "status.get": async () => {
      const status = await call("get_status", {});
      return { isOnline: status.online, isGood: status.good };
    },
    "friends.list": async () => {
      const friends = await call("get_friend_list", { no_cache: false });
      return friends.map((friend) => ({ id: friend.user_id, name: friend.nickname, remark: friend.remark }));
    },
    "groups.list": async () => (await call("get_group_list", {})).map(toGroup),
    "members.list": async (groupId) => (await call("get_group_member_list", { group_id: groupId })).map(toMember),
    "member.get": async (groupId, userId) =>
      toMember(await call("get_group_member_info", { group_id: groupId, user_id: userId })),
    "people.get": async (userId) => {
      const person = await call("get_stranger_info", { user_id: userId });
      return { id: person.user_id, name: person.nickname };
    },
    "requests.list": () => listRequests(call),
    "requests.answer": (request) => answerRequest(call, request),
    "requests.check": (request) => checkRequest(call, request),
    "messages.send": async ({ to, id, text }) => {
      // A text segment, never a string: in a string NapCat would carry out the CQ codes somebody typed.
      const message = [{ type: "text" as const, data: { text } }];
      const answer =
        to === "group"
          ? await call("send_group_msg", { group_id: id, message })
          : await call("send_private_msg", { user_id: id, message });
      // A message is sent whatever its answer looks like.
      const sent = Sent.safeParse(answer);
      return { messageId: sent.success ? String(sent.data.message_id) : null };
    },
  };
}
