import type { z } from "zod";
import type { Answers, Arrival, RequestFate, RequestKind, RequestList, RequestRef, Verb } from "../arrival";
import type { Call } from "../client";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import { fromMillis } from "../moment";
import type { ContactApply } from "./account-rows";
import type { Chat68Catalogue } from "./catalogue";

type C = Call<Chat68Catalogue>;
type Apply = z.output<typeof ContactApply>;

/** The operation that accepts somebody; beyond the vendor's document. */
export const accept = "UpdateContactsApply";

/** The applicant's uid is all the id there is; with the time, somebody who asks again later is a new arrival. */
function keyOf(apply: Apply): string {
  return `friend:${apply.userInfo.uid}:${apply.modifyTime}`;
}

/** The vendor's own client has no refusal; accepting is an operation beyond the document. */
export function answersTo(kind: RequestKind, isOn: (operation: string) => boolean): Answers {
  return { approve: kind === "friend" && isOn(accept), deny: false, takesReason: false };
}

function toArrival(apply: Apply, isOn: (operation: string) => boolean): Arrival {
  const { userInfo } = apply;
  return {
    kind: "friend",
    key: keyOf(apply),
    applicantId: userInfo.uid,
    applicantName: userInfo.nickName,
    message: apply.msg,
    groupId: null,
    groupName: null,
    source: apply.type,
    handle: { modifyTime: apply.modifyTime },
    raw: toRaw(apply),
    answers: answersTo("friend", isOn),
    askedAt: fromMillis(apply.modifyTime),
    twinKey: null,
    ...(userInfo.friendRelation?.bfFriend === true ? { isHandled: { by: null } } : {}),
  };
}

/**
 * Friend requests: listed, never pushed. Whether the list is cut is not documented, so it is trusted back to its oldest
 * entry and no further; what is not in it may still wait.
 */
export async function listRequests(call: C, isOn: (operation: string) => boolean): Promise<RequestList> {
  const { recordList } = await call("ContactsApplyList", {});
  const arrivals = recordList.map((apply) => toArrival(apply, isOn));
  const times = arrivals.flatMap(({ askedAt }) => askedAt?.getTime() ?? []);
  const reach = times.length === 0 ? {} : { friend: new Date(Math.min(...times)) };
  return { arrivals, complete: [], reach: arrivals.length === 0 ? { friend: "all" } : reach, unlisted: [] };
}

export async function answerRequest(call: C, canAccept: boolean, request: RequestRef & { verb: Verb }): Promise<void> {
  // The vendor's own client has no refusal, only a blacklist, which is another thing to do to somebody.
  if (request.kind !== "friend" || request.verb !== "approve" || !canAccept)
    throw new PlatformError("not_offered", { isSent: false, detail: { operation: accept } });
  await call(accept, { applyUid: request.applicantId });
}

export async function checkRequest(call: C, request: RequestRef): Promise<RequestFate> {
  if (request.kind !== "friend") return "unknown";
  const { contactsList } = await call("ContactsList", {});
  if (contactsList.some(({ userInfo }) => userInfo.uid === request.applicantId)) return "approved";
  const { recordList } = await call("ContactsApplyList", {});
  const listed = recordList.find(({ userInfo }) => userInfo.uid === request.applicantId);
  if (listed === undefined) return "unknown";
  return listed.userInfo.friendRelation?.bfFriend === true ? "approved" : "pending";
}
