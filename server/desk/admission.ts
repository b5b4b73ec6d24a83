import type { RequestKind, RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Adapter } from "@/server/platforms/adapter";
import { readClock } from "./clock";
import { closeElsewhere } from "./elsewhere";
import { hasOtherRequest } from "./readback";
import { settleIn } from "./settle";

export const friendKinds = ["friend", "filtered_friend"] as const satisfies readonly RequestKind[];

/** So long somebody who was ignored is looked for among the friends on their own account, ms. */
const ignoredForMs = 24 * 3_600_000;

/** Still undecided here when the platform says that they are in: somebody decided elsewhere. */
export const undecided = ["waiting", "ignored", "failed"] as const satisfies readonly RequestState[];

/**
 * The platform says that somebody is in. A decision of ours that waits for exactly this is confirmed; an undecided
 * request was decided elsewhere. One that is still held is cancelled;
 * one being sent right now is left to the worker, which reads back. A denial is
 * contradicted only when no other request of the same person explains that they are in.
 * @param which requests this is said of; states are added here.
 * @param by who let them in, where the platform tells.
 */
export async function letIn(database: Database, which: Prisma.RequestWhereInput, by: string | null): Promise<void> {
  const requests = await database.request.findMany({
    where: { ...which, state: { in: [...undecided, "held", "sent", "unknown"] } },
    include: {
      decisions: {
        where: { state: { not: "cancelled" }, verb: { not: "ignore" } },
        orderBy: { id: "desc" },
        take: 1,
      },
    },
  });
  for (const request of requests) {
    const latest = request.decisions[0];
    await database.$transaction(async (tx) => {
      const isOurs = latest && (latest.state === "sent" || latest.state === "unknown");
      if (isOurs && latest.verb === "approve") {
        await settleIn(tx, latest.id, { state: "confirmed" });
        return;
      }
      if (isOurs) {
        if (await hasOtherRequest(tx, request, latest.sentAt)) return;
        await settleIn(tx, latest.id, { state: "failed", error: "decided_otherwise" });
        return;
      }
      await closeElsewhere(tx, request.id, undecided, by);
    });
  }
}

/**
 * Finds by the friend list who was let in while nobody listened: the platform's notice is sent once, and no list holds
 * friend requests. That somebody is in the list says something only if they were not when they asked: QQ keeps friends
 * of one side, who may well ask again. So the first reading after the arrival is remembered with the request, and only
 * who came into the list after it is let in. Somebody accepted before that first reading, with the notice lost, stays
 * waiting: a request too many is seen by a person, one that is hidden is not.
 *
 * Reads the list only while a friend request needs a person, or was ignored within a day: for older ones alone a bot
 * would be asked for ever. Throws PlatformError.
 */
export async function findNewFriends(database: Database, botId: string, adapter: Adapter): Promise<void> {
  const listFriends = adapter["friends.list"];
  if (!listFriends) return;
  const open = await database.request.findMany({
    where: { botId, kind: { in: [...friendKinds] }, state: { in: [...undecided, "unknown"] } },
    select: { id: true, applicantId: true, state: true, wasFriend: true, closedAt: true },
  });
  const now = await readClock(database);
  const isOld = (at: Date | null) => at !== null && now.getTime() - at.getTime() > ignoredForMs;
  if (open.every(({ state, closedAt }) => state === "ignored" && isOld(closedAt))) return;
  const friends = new Set((await listFriends()).map(({ id }) => id));
  for (const wasFriend of [true, false]) {
    const ids = open.filter((each) => each.wasFriend === null && friends.has(each.applicantId) === wasFriend);
    await database.request.updateMany({
      where: {
        ...{ id: { in: ids.map(({ id }) => id) }, wasFriend: null },
        // Once a decision was sent, that somebody is in the list may be its doing: too late to know how it was before.
        ...(wasFriend ? { decisions: { none: { sentAt: { not: null } } } } : {}),
      },
      data: { wasFriend },
    });
  }
  const entered = open.filter((each) => each.wasFriend === false && friends.has(each.applicantId));
  if (entered.length > 0) await letIn(database, { id: { in: entered.map(({ id }) => id) } }, null);
}
