import type { z } from "zod";
import type { Adapter } from "../adapter";
import type { Answers, Arrival, RequestFate, RequestKind, RequestList, RequestRef, Verb } from "../arrival";
import type { Call } from "../client";
import type { Friend, Member, Person } from "../entity";
import { PlatformError } from "../error";
import { type Json, toRaw } from "../json";
import { plainText } from "../not-offered";
import type { Contact, ContactApply } from "./account-rows";
import type { Chat68Catalogue } from "./catalogue";
import type { Person as PersonInfo } from "./field";

type C = Call<Chat68Catalogue>;
type Apply = z.output<typeof ContactApply>;

const pageSize = 1000;
const mostPages = 100;
const accept = "UpdateContactsApply";

function toPerson(person: z.output<typeof PersonInfo>): Person {
  const { uid: id, nickName: name, icon, signature } = person;
  return { id, name, avatar: icon || null, signature, sex: null, raw: toRaw(person) };
}

function toFriend({ userInfo }: z.output<typeof Contact>): Friend {
  return { ...toPerson(userInfo), remark: null, label: null, isOnline: userInfo.userOnOrOffline?.online ?? null };
}

/** A date from a count of milliseconds; null for what is no plausible time. */
function fromMillis(text: string): Date | null {
  const value = Number(text);
  return value > 1e12 && value < 1e14 ? new Date(value) : null;
}

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
    // It came out of parseJson; the row's schema only normalised texts.
    raw: apply as Json,
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
async function listRequests(call: C, isOn: (operation: string) => boolean): Promise<RequestList> {
  const { recordList } = await call("ContactsApplyList", {});
  const arrivals = recordList.map((apply) => toArrival(apply, isOn));
  const times = arrivals.flatMap(({ askedAt }) => askedAt?.getTime() ?? []);
  const reach = times.length === 0 ? {} : { friend: new Date(Math.min(...times)) };
  return { arrivals, complete: [], reach: arrivals.length === 0 ? { friend: "all" } : reach, unlisted: [] };
}

async function answerRequest(call: C, canAccept: boolean, request: RequestRef & { verb: Verb }): Promise<void> {
  // The vendor's own client has no refusal, only a blacklist, which is another thing to do to somebody.
  if (request.kind !== "friend" || request.verb !== "approve" || !canAccept)
    throw new PlatformError("not_offered", { isSent: false, detail: { operation: accept } });
  await call(accept, { applyUid: request.applicantId });
}

async function checkRequest(call: C, request: RequestRef): Promise<RequestFate> {
  if (request.kind !== "friend") return "unknown";
  const { contactsList } = await call("ContactsList", {});
  if (contactsList.some(({ userInfo }) => userInfo.uid === request.applicantId)) return "approved";
  const { recordList } = await call("ContactsApplyList", {});
  const listed = recordList.find(({ userInfo }) => userInfo.uid === request.applicantId);
  if (listed === undefined) return "unknown";
  return listed.userInfo.friendRelation?.bfFriend === true ? "approved" : "pending";
}

const untold = { isMuted: null, mutedUntil: null, joinedAt: null, lastSpokeAt: null };

/** Every page of a group's members. Who owns the group is told by the group, and nothing tells who else runs it. */
async function listMembers(call: C, groupId: string): Promise<Member[]> {
  const { group } = await call("GroupDetail", { groupId });
  const found = new Map<string, Member>();
  for (let pageNum = 1; pageNum <= mostPages; pageNum++) {
    const { members, count } = await call("GroupMemberList", { groupId, pageSize, pageNum });
    const before = found.size;
    for (const { user } of members) {
      const role = user.uid === group.hostId ? "owner" : "unknown";
      found.set(user.uid, { ...toPerson(user), card: null, role, title: null, ...untold });
    }
    // A page that brings nobody new ends it too: a server that ignores the number would be asked for ever.
    if (members.length < pageSize || found.size === before || (count !== null && found.size >= count)) break;
  }
  return [...found.values()];
}

/**
 * 68chat's capabilities over `call`, which parses by the row, checks and records. `isOn` says which operations beyond the
 * vendor's document are switched on for this bot: without it no request can be answered.
 */
export function createAdapter(
  rawCall: (name: string, input: unknown) => Promise<unknown>,
  isOn: (operation: string) => boolean = () => false,
): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as C;
  const canAccept = () => isOn(accept);
  return {
    "profile.get": async () => {
      const { userInfo } = await call("UserInfo", {});
      return toPerson(userInfo);
    },
    "friends.list": async () => (await call("ContactsList", {})).contactsList.map(toFriend),
    "groups.list": async () => {
      const groups = await call("getGroups", {});
      return groups.map((group) => ({
        id: group.id,
        name: group.name,
        memberCount: group.memberCount,
        memberLimit: null,
        ownerId: group.hostId,
        avatar: group.pic || null,
        intro: null,
        remark: group.groupAliasName || null,
        ownRole: null,
        isMuted: group.bfShutup,
        raw: toRaw(group, ["qrUrl"]),
      }));
    },
    "members.list": (groupId) => listMembers(call, groupId),
    "people.get": async (userId) => {
      const { contactsDetailBase } = await call("ContactsDetail", { targetUid: userId });
      return toPerson(contactsDetailBase.userInfo);
    },
    "requests.list": () => listRequests(call, isOn),
    ...(canAccept()
      ? { "requests.answer": (request: RequestRef & { verb: Verb }) => answerRequest(call, canAccept(), request) }
      : {}),
    "requests.check": (request) => checkRequest(call, request),
    "messages.send": async ({ to, id, pieces }) => {
      const type = to === "group" ? "group" : "friend";
      await call("sendMsg", { id, type, list: [{ values: { content: plainText(pieces) } }] });
      // The answer says that it was accepted; the message's own id comes with a push, if at all.
      return { messageId: null, handle: null };
    },
  };
}
