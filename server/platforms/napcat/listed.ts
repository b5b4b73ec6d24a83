import type { Arrival } from "../arrival";
import type { Json } from "../json";
import type { DoubtRequest, GroupNotice } from "./request-rows";
import { fromSeconds } from "./shape";

/** Every element came out of parseJson; the row's schema only turned ids into text. */
function asJson(raw: GroupNotice | DoubtRequest): Json {
  return raw as Json;
}

/**
 * A join request or invitation from one of the lists. `request_id` is the flag of the event, so a request that was
 * pushed and is listed later has one key. In both kinds `invitor_*` is the person who acts.
 */
export function toGroupArrival(
  notice: GroupNotice,
  kind: "group_join" | "group_invite",
  source: "" | "filtered",
): Arrival {
  return {
    kind,
    key: `group:${notice.request_id}`,
    applicantId: notice.invitor_uin,
    applicantName: notice.invitor_nick || notice.requester_nick,
    message: notice.message,
    groupId: notice.group_id,
    groupName: notice.group_name || null,
    source,
    handle: { flag: notice.request_id },
    raw: asJson(notice),
    answers: { approve: true, deny: true, takesReason: true },
    // The flag is the microsecond at which it was asked.
    askedAt: notice.request_id.length === 16 ? fromSeconds(Number(notice.request_id.slice(0, 10))) : null,
    twinKey: null,
    ...(notice.checked ? { isHandled: { by: notice.actor ?? null } } : {}),
  };
}

/**
 * A filtered friend request. Its flag names the person, not the request: with the time, somebody who asks again later is
 * a new arrival. It can be accepted and never refused: the only call there is accepts, whatever it is told.
 */
export function toFilteredArrival(doubt: DoubtRequest): Arrival {
  return {
    kind: "filtered_friend",
    key: `doubt:${doubt.uin}:${doubt.time === "" || doubt.time === "0" ? doubt.flag : doubt.time}`,
    applicantId: doubt.uin,
    applicantName: doubt.nick,
    message: doubt.msg,
    groupId: doubt.group_code === "" || doubt.group_code === "0" ? null : doubt.group_code,
    groupName: null,
    source: [doubt.source, doubt.reason].filter((part) => part !== "").join(" · "),
    handle: { flag: doubt.flag, time: doubt.time },
    raw: asJson(doubt),
    answers: { approve: true, deny: false, takesReason: false, whyNoDeny: "filtered_friend" },
    askedAt: fromSeconds(doubt.time),
    twinKey: null,
  };
}
