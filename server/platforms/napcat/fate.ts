import { z } from "zod";
import type { RequestFate, RequestRef } from "../arrival";
import type { Call } from "../client";
import { PlatformError } from "../error";
import type { NapcatCatalogue } from "./catalogue";
import type { GroupNotice } from "./request-rows";

const Handle = z.looseObject({ flag: z.string().min(1), time: z.string().optional() });

/** The flag out of a stored handle. Throws `invalid_input` when the handle is none of this platform's. */
export function handleOf(request: { handle: unknown }): { flag: string; time?: string | undefined } {
  const result = Handle.safeParse(request.handle);
  if (result.success) return result.data;
  throw new PlatformError("invalid_input", { isSent: false, detail: { field: "handle" } });
}

type C = Call<NapcatCatalogue>;

async function isFriend(call: C, userId: string): Promise<boolean> {
  const friends = await call("get_friend_list", { no_cache: true });
  return friends.some((friend) => friend.user_id === userId);
}

/** Not every version has every list; one that is missing tells nothing. */
export async function orNothing<T>(reading: Promise<T[]>): Promise<T[]> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PlatformError && error.code === "unknown_operation") return [];
    throw error;
  }
}

async function findNotice(call: C, kind: "group_join" | "group_invite", flag: string): Promise<GroupNotice | null> {
  const lists = await call("get_group_system_msg", { count: 100 });
  const entries = kind === "group_join" ? lists.join_requests : lists.invited_requests;
  const found = entries.find((entry) => entry.request_id === flag);
  if (found !== undefined || kind === "group_invite") return found ?? null;
  const filtered = await orNothing(call("get_group_ignore_add_request", {}));
  return filtered.find((entry) => entry.request_id === flag) ?? null;
}

/** Is the person in the group? A group that cannot be read (the bot has left it) tells nothing. */
async function isMember(call: C, groupId: string | null, userId: string): Promise<boolean> {
  if (groupId === null) return false;
  try {
    const members = await call("get_group_member_list", { group_id: groupId, no_cache: true });
    return members.some((member) => member.user_id === userId);
  } catch (error) {
    if (error instanceof PlatformError && error.code === "platform_refused") return false;
    throw error;
  }
}

/**
 * What became of a request, read back from lists; changes nothing. Ordinary friend requests are listed nowhere, so only
 * their approval can be seen. The group lists say that a request is decided, not how: who is in then was approved, and
 * `decided` is all that can be said of who is not.
 */
export async function checkRequest(call: C, request: RequestRef): Promise<RequestFate> {
  const { flag, time } = handleOf(request);
  switch (request.kind) {
    case "friend":
      return (await isFriend(call, request.applicantId)) ? "approved" : "unknown";
    case "filtered_friend": {
      if (await isFriend(call, request.applicantId)) return "approved";
      const waiting = await call("get_doubt_friends_add_request", { count: 100 });
      const isListed = waiting.some((doubt) => doubt.flag === flag && (time === undefined || doubt.time === time));
      return isListed ? "pending" : "unknown";
    }
    case "group_join": {
      if (await isMember(call, request.groupId, request.applicantId)) return "approved";
      const notice = await findNotice(call, request.kind, flag);
      if (notice === null) return "unknown";
      return notice.checked ? "decided" : "pending";
    }
    case "group_invite": {
      const groups = await call("get_group_list", { no_cache: true });
      if (groups.some((group) => group.group_id === request.groupId)) return "approved";
      const notice = await findNotice(call, request.kind, flag);
      if (notice === null) return "unknown";
      return notice.checked ? "decided" : "pending";
    }
  }
}
