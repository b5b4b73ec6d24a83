import type { RequestState } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { BotIdentity } from "@/server/gateway/connections";
import type { Truths } from "@/server/gateway/truth";
import type { Inbound } from "@/server/platforms/adapter";
import { storeArrival } from "./arrival";
import { moveRequest } from "./move";
import { hasOtherRequest } from "./readback";
import { settleIn } from "./settle";

interface Parts {
  database: Database;
  truths: Truths;
}

/**
 * Takes one event of a platform into the desk. Events of one bot are handed in one after another, in their order.
 * @returns whether something new was stored whose names may still have to be looked up.
 */
export async function takeInbound({ database, truths }: Parts, bot: BotIdentity, inbound: Inbound): Promise<boolean> {
  switch (inbound.type) {
    case "request": {
      const result = await storeArrival(database, bot.id, inbound.arrival);
      if (result === "stored" && inbound.arrival.twinKey !== null)
        await noteTwin({ database, truths }, bot, inbound.arrival.twinKey);
      return result === "stored";
    }
    case "friend_added":
      await letIn(
        database,
        { botId: bot.id, kind: { in: ["friend", "filtered_friend"] }, applicantId: inbound.userId },
        null,
      );
      return false;
    case "member_joined":
      await letIn(
        database,
        { botId: bot.id, kind: "group_join", groupId: inbound.groupId, applicantId: inbound.userId },
        inbound.operatorId,
      );
      return false;
    case "bot_joined_group":
      await letIn(database, { botId: bot.id, kind: "group_invite", groupId: inbound.groupId }, null);
      return false;
    case "heartbeat":
      truths.online(bot.id, inbound.isOnline);
      return false;
    case "bot_offline":
      truths.online(bot.id, false);
      truths.note(bot.id, "error", "account_offline", { message: inbound.message });
      return false;
    case "lifecycle":
    case "other":
      return false;
  }
}

/** Still undecided here when the platform says that they are in: somebody decided elsewhere. */
const undecided = ["waiting", "ignored", "failed"] as const satisfies readonly RequestState[];

/**
 * The platform says that somebody is in. A decision of ours that waits for exactly this is confirmed; an undecided
 * request was decided elsewhere. A decision being sent right now is left to the worker, which reads back. A denial is
 * contradicted only when no other request of the same person explains that they are in.
 */
async function letIn(
  database: Database,
  which: { botId: string; kind: string | { in: string[] }; applicantId?: string; groupId?: string },
  by: string | null,
): Promise<void> {
  const requests = await database.request.findMany({
    where: { ...which, state: { in: [...undecided, "sent", "unknown"] } },
    include: { decisions: { orderBy: { id: "desc" }, take: 1 } },
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
        await settleIn(tx, latest.id, { state: "failed", error: "not_carried_out" });
        return;
      }
      await moveRequest(tx, request.id, undecided, "elsewhere", { closedBy: by });
    });
  }
}

async function noteTwin({ database, truths }: Parts, bot: BotIdentity, twinKey: string): Promise<void> {
  const twins = await database.request.findMany({
    where: { botId: bot.id, twinKey, state: { in: [...undecided] } },
    select: { applicantId: true },
    distinct: ["applicantId"],
  });
  if (twins.length > 1) truths.note(bot.id, "warn", "twin_seen", { applicants: twins.map((twin) => twin.applicantId) });
}
