import { z } from "zod";
import type { Arrival, RequestFate, RequestList, RequestRef, Verb } from "../arrival";
import type { Call } from "../client";
import { PlatformError } from "../error";
import type { Json } from "../json";
import type { ImCatalogue } from "./catalogue";
import type { FriendApply } from "./friend-rows";
import type { GroupJoin } from "./group-rows";

type C = Call<ImCatalogue>;
type Friend = z.output<typeof FriendApply>;
type Join = z.output<typeof GroupJoin>;

/** The server's page where it says no total. */
const pageSize = 50;

/** Applications have no id: person, group and the moment they were made stand for it. */
const Handle = z.looseObject({ createdAt: z.string() });

function momentOf(request: RequestRef): string {
  const handle = Handle.safeParse(request.handle);
  if (handle.success) return handle.data.createdAt;
  throw new PlatformError("invalid_input", { isSent: false, detail: { field: "handle" } });
}

function toDate(text: string): Date | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

const answers = { approve: true, deny: true, takesReason: true } as const;

function toFriendArrival(apply: Friend): Arrival {
  const { fromAccount: account, createdAt } = apply;
  return {
    kind: "friend",
    key: `friend:${account.id}:${createdAt}`,
    applicantId: account.id,
    applicantName: account.nickname || account.username,
    message: apply.applyReason,
    ...{ groupId: null, groupName: null, source: "" },
    handle: { createdAt },
    raw: asJson({ ...apply, fromAccount: withoutSecrets(account) }),
    answers,
    askedAt: toDate(createdAt),
    // The answer names the person only: whichever of their applications it is, the same person is let in.
    twinKey: null,
    ...(apply.status === "wait" ? {} : { isHandled: { by: null } }),
  };
}

function toJoinArrival(apply: Join): Arrival {
  const { account, chatGroup, createdAt } = apply;
  return {
    kind: "group_join",
    key: `join:${chatGroup.id}:${account.id}:${createdAt}`,
    applicantId: account.id,
    applicantName: account.nickname || account.username,
    message: apply.applyReason,
    groupId: chatGroup.id,
    groupName: chatGroup.name || null,
    source: "",
    handle: { createdAt },
    raw: asJson({ ...apply, account: withoutSecrets(account) }),
    answers,
    askedAt: toDate(createdAt),
    twinKey: null,
    ...(apply.status === "wait" ? {} : { isHandled: { by: null } }),
  };
}

/** Everything in it came out of parseJson; the row's schema only turned ids into text. */
function asJson(apply: object): Json {
  return apply as Json;
}

/** An arrival is stored: without what its row calls secret. */
function withoutSecrets(account: Friend["fromAccount"]): Friend["fromAccount"] {
  return { ...account, email: "", mobile: "" };
}

/** Is it all there is? A server that pages its lists says a larger total, or fills the page. */
function isWhole({ items, total }: { items: readonly unknown[]; total: number | null }): boolean {
  return total === null ? items.length < pageSize : items.length >= total;
}

/**
 * Both lists of applications. One that fails does not hide the other; only when neither can be read does it throw. An
 * invitation to a group is never asked about: the server adds people at once.
 */
export async function listRequests(call: C): Promise<RequestList> {
  const [friends, joins] = await Promise.allSettled([
    call("get.friends.add.applies", {}),
    call("get.chatGroups.join", {}),
  ]);
  if (friends.status === "rejected" && joins.status === "rejected") throw friends.reason;
  const isFriends = friends.status === "fulfilled" && isWhole(friends.value);
  const isJoins = joins.status === "fulfilled" && isWhole(joins.value);
  return {
    arrivals: [
      ...(friends.status === "fulfilled" ? friends.value.items.map(toFriendArrival) : []),
      ...(joins.status === "fulfilled" ? joins.value.items.map(toJoinArrival) : []),
    ],
    complete: [...(isFriends ? (["friend"] as const) : []), ...(isJoins ? (["group_join"] as const) : [])],
    reach: { ...(isFriends ? { friend: "all" } : {}), ...(isJoins ? { group_join: "all" } : {}) },
    unlisted: [],
  };
}

/** Tells the server. A reason goes with a denial only. Throws `not_offered` for what this server never asks about. */
export async function answerRequest(call: C, request: RequestRef & { verb: Verb; reason: string }): Promise<void> {
  const status = request.verb === "approve" ? "pass" : "deny";
  const reason = status === "deny" && request.reason !== "" ? { reason: request.reason } : {};
  if (request.kind === "friend") {
    await call("post.friends.add.reply", { toId: request.applicantId, status, ...reason });
  } else if (request.kind === "group_join" && request.groupId !== null) {
    const { groupId, applicantId: accountId } = request;
    await call("post.chatGroups.join.reply", { groupId, accountId, status, ...reason });
  } else {
    throw new PlatformError("not_offered", { isSent: false });
  }
}

/** Code 1 says no without saying why: who cannot be looked at is not known to be in. */
async function isIn(reading: Promise<boolean>): Promise<boolean> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PlatformError && error.code === "platform_refused") return false;
    throw error;
  }
}

/** What became of a request: who is in was approved; of who is not, the lists tell. Changes nothing. */
export async function checkRequest(call: C, request: RequestRef): Promise<RequestFate> {
  const createdAt = momentOf(request);
  const { applicantId, groupId } = request;
  if (request.kind === "friend") {
    const friend = call("get.friends.info", { toId: applicantId });
    if (await isIn(friend.then((found) => found?.account.id === applicantId))) return "approved";
    const list = await call("get.friends.add.applies", {});
    return fateIn(
      list,
      list.items.find((apply) => apply.fromAccount.id === applicantId && apply.createdAt === createdAt),
    );
  }
  if (request.kind !== "group_join" || groupId === null) return "unknown";
  const group = call("get.chatGroups.info", { groupId });
  if (await isIn(group.then(({ membersList }) => membersList.some(({ account }) => account.id === applicantId))))
    return "approved";
  const list = await call("get.chatGroups.join", {});
  const isIt = (apply: Join) =>
    apply.account.id === applicantId && apply.chatGroup.id === groupId && apply.createdAt === createdAt;
  return fateIn(list, list.items.find(isIt));
}

/** An application that a whole list does not have any more was decided by somebody. */
function fateIn(
  list: { items: readonly unknown[]; total: number | null },
  apply: { status: "wait" | "pass" | "deny" } | undefined,
): RequestFate {
  if (apply === undefined) return isWhole(list) ? "decided" : "unknown";
  return ({ wait: "pending", pass: "approved", deny: "denied" } as const)[apply.status];
}
