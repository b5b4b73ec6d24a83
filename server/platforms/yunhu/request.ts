import type { z } from "zod";
import type { Arrival, RequestFate, RequestList, RequestRef, Verb } from "../arrival";
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

/** Somebody's wish to be a friend names no group; with a group it is an invitation into one. */
function kindOf(entry: Entry): "friend" | "group_invite" {
  return entry.targetType === 2 || entry.groupName !== "" ? "group_invite" : "friend";
}

/** A request of the list, unified. Its own id is the key. */
export function toArrival(entry: Entry): Arrival {
  const kind = kindOf(entry);
  return {
    kind,
    key: `request:${entry.requestId}`,
    // The document says inviter; of a friend request that is who asks.
    applicantId: entry.inviterId || entry.targetId,
    applicantName: entry.name,
    message: entry.note,
    groupId: kind === "group_invite" && entry.targetId !== "" ? entry.targetId : null,
    groupName: entry.groupName || null,
    source: "",
    handle: { requestId: entry.requestId },
    // It came out of the decoder as text and numbers; the row's schema only normalised them.
    raw: entry as Json,
    answers: { approve: true, deny: true, takesReason: false },
    askedAt: toDate(entry.inviteAt),
    twinKey: null,
    ...(entry.result === 0 ? {} : { isHandled: { by: entry.processorName || null } }),
  };
}

/**
 * Everything in the list of requests. The list tells how many wait: when as many are in it, none that waits is missing.
 */
export async function listRequests(call: C): Promise<RequestList> {
  const { requests, pending } = await call("request-list", {});
  const arrivals = requests.map(toArrival);
  const waiting = arrivals.filter(({ isHandled }) => isHandled === undefined).length;
  if (waiting >= (pending ?? 0)) {
    return { arrivals, complete: [], reach: { friend: "all", group_invite: "all" }, unlisted: [] };
  }
  const times = arrivals.flatMap(({ askedAt }) => askedAt?.getTime() ?? []);
  const oldest = times.length === 0 ? null : new Date(Math.min(...times));
  const reach = oldest === null ? {} : { friend: oldest, group_invite: oldest };
  return { arrivals, complete: [], reach, unlisted: [] };
}

function idOf({ handle }: RequestRef): string {
  if (typeof handle === "object" && handle !== null && !Array.isArray(handle)) {
    const { requestId } = handle;
    if (typeof requestId === "string") return requestId;
  }
  throw new PlatformError("not_offered", { isSent: false, detail: { field: "requestId" } });
}

/** Tells the platform 1 or 2: its other numbers are states that it shows itself. */
export async function answerRequest(call: C, request: RequestRef & { verb: Verb }): Promise<void> {
  await call("agree-apply", { id: idOf(request), agree: request.verb === "approve" ? 1 : 2 });
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
