import type { z } from "zod";
import { standInOf } from "@/lib/applicant";
import type { Answers, Arrival, RequestFate, RequestKind, RequestList, RequestRef, Verb } from "../arrival";
import type { Call } from "../client";
import { PlatformError } from "../error";
import type { Json } from "../json";
import type { YunhuCatalogue } from "./catalogue";
import type { RequestEntry } from "./friend-rows";

type C = Call<YunhuCatalogue>;
type Entry = z.output<typeof RequestEntry>;

/** The unit is not stated: a plausible second or millisecond, or null. */
function toDate(stamp: string): Date | null {
  const value = Number(stamp);
  if (value > 1e9 && value < 1e11) return new Date(value * 1000);
  return value > 1e12 && value < 1e14 ? new Date(value) : null;
}

const inGroup = 2;

/** Who brings it about: the same in two fields, of which an entry may have one. "" where somebody asks for themselves. */
function inviterOf(entry: Entry): string {
  return entry.inviterId || entry.inviterAgain;
}

/**
 * What is asked. Of a group it is an invitation where somebody brings it about, and a wish to join a group that the
 * account runs where nobody does; without a group, somebody wants to be a friend.
 */
function kindOf(entry: Entry): "friend" | "group_invite" | "group_join" {
  if (entry.targetType !== inGroup && entry.groupName === "") return "friend";
  return entry.targetType === inGroup && inviterOf(entry) === "" ? "group_join" : "group_invite";
}

/** What is asked of who runs a group is answered by an operation that the document does not have. */
export const letIn = "agree-invite";

/** Yes and no alike, and neither carries a reason. */
export function answersTo(kind: RequestKind, isOn: (operation: string) => boolean): Answers {
  const canAnswer = kind !== "group_join" || isOn(letIn);
  return { approve: canAnswer, deny: canAnswer, takesReason: false };
}

/** A request of the list, unified. Its own id is the key. */
export function toArrival(entry: Entry, isOn: (operation: string) => boolean): Arrival {
  const kind = kindOf(entry);
  return {
    kind,
    key: `request:${entry.requestId}`,
    // Nothing says for certain who asked where nobody is named: the request stands for them, so that no two such are
    // taken for one person, and nobody for the account itself.
    applicantId: inviterOf(entry) || standInOf(entry.requestId),
    applicantName: entry.name,
    message: entry.note,
    // A target of another kind is a person or a bot, and no group.
    groupId: entry.targetType === inGroup ? entry.targetId || null : null,
    groupName: entry.groupName || null,
    source: "",
    handle: { requestId: entry.requestId },
    // It came out of the decoder as text and numbers; the row's schema only normalised them.
    raw: entry as Json,
    answers: answersTo(kind, isOn),
    askedAt: toDate(entry.inviteAt),
    twinKey: null,
    ...(entry.result === 0 ? {} : { isHandled: { by: entry.processorName || null } }),
  };
}

/**
 * Everything in the list of requests. The list tells how many wait: when as many are in it, none that waits is missing.
 */
export async function listRequests(call: C, isOn: (operation: string) => boolean): Promise<RequestList> {
  const { requests, pending } = await call("request-list", {});
  const arrivals = requests.map((entry) => toArrival(entry, isOn));
  const waiting = arrivals.filter(({ isHandled }) => isHandled === undefined).length;
  if (waiting >= (pending ?? 0)) {
    return { arrivals, complete: [], reach: { friend: "all", group_invite: "all", group_join: "all" }, unlisted: [] };
  }
  const times = arrivals.flatMap(({ askedAt }) => askedAt?.getTime() ?? []);
  const oldest = times.length === 0 ? null : new Date(Math.min(...times));
  const reach = oldest === null ? {} : { friend: oldest, group_invite: oldest, group_join: oldest };
  return { arrivals, complete: [], reach, unlisted: [] };
}

function idOf({ handle }: RequestRef): string {
  if (typeof handle === "object" && handle !== null && !Array.isArray(handle)) {
    const { requestId } = handle;
    if (typeof requestId === "string") return requestId;
  }
  throw new PlatformError("not_offered", { isSent: false, detail: { field: "requestId" } });
}

/**
 * Tells the platform 1 or 2: its other numbers are states that it shows itself. Who runs a group lets people in by an
 * operation that the document does not have; throws `not_offered` where it is off.
 */
export async function answerRequest(call: C, canLetIn: boolean, request: RequestRef & { verb: Verb }): Promise<void> {
  const answer = { id: idOf(request), agree: request.verb === "approve" ? 1 : 2 } as const;
  if (request.kind !== "group_join") {
    await call("agree-apply", answer);
    return;
  }
  if (!canLetIn) throw new PlatformError("not_offered", { isSent: false, detail: { operation: letIn } });
  await call("agree-invite", answer);
}

/** What the list says became of it. A number that is neither answer is decided, and does not say how. */
export async function checkRequest(call: C, request: RequestRef): Promise<RequestFate> {
  const id = idOf(request);
  const found = (await call("request-list", {})).requests.find(({ requestId }) => requestId === id);
  if (found === undefined) return "unknown";
  if (found.result === 0) return "pending";
  if (found.result === 1) return "approved";
  return found.result === 2 ? "denied" : "decided";
}
