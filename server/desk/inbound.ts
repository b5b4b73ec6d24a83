import type { Database } from "@/server/db/client";
import type { BotIdentity } from "@/server/gateway/live";
import type { Truths } from "@/server/gateway/truth";
import type { Inbound } from "@/server/platforms/arrival";
import { friendKinds, letIn, undecided } from "./admission";
import { storeArrival } from "./arrival";
import { hearFriendAdded, hearFriendRemoved } from "./friend-news";
import { hearGroupChanged, hearGroupLeft, hearGroupsChanged } from "./group-news";
import type { MemberNews } from "./member-news";

interface Parts {
  database: Database;
  truths: Truths;
  memberNews: MemberNews;
}

/**
 * Takes one event of a platform into the desk. Events of one bot are handed in one after another, in their order.
 * @returns whether something new was stored whose names may still have to be looked up.
 */
export async function takeInbound(parts: Parts, bot: BotIdentity, inbound: Inbound): Promise<boolean> {
  const { database, truths, memberNews } = parts;
  switch (inbound.type) {
    case "request": {
      const result = await storeArrival(database, bot.id, inbound.arrival);
      if (result === "stored" && inbound.arrival.twinKey !== null) await noteTwin(parts, bot, inbound.arrival.twinKey);
      return result === "stored";
    }
    case "friend_added":
      await letIn(database, { botId: bot.id, kind: { in: [...friendKinds] }, applicantId: inbound.userId }, null);
      await hearFriendAdded(database, bot.id);
      return false;
    case "friend_removed":
      await hearFriendRemoved(database, bot.id, inbound.userId);
      return false;
    case "member_joined":
      await letIn(
        database,
        { botId: bot.id, kind: "group_join", groupId: inbound.groupId, applicantId: inbound.userId },
        inbound.operatorId,
      );
      await memberNews.hear(bot.id, inbound);
      return false;
    case "bot_joined_group":
      await letIn(database, { botId: bot.id, kind: "group_invite", groupId: inbound.groupId }, null);
      await hearGroupsChanged(database, bot.id);
      return false;
    case "bot_left_group":
      await hearGroupLeft(database, bot.id, inbound.groupId);
      return false;
    case "group_changed":
      await hearGroupChanged(database, bot.id, inbound);
      return false;
    case "heartbeat":
      truths.online(bot.id, inbound.isOnline);
      return false;
    case "bot_offline":
      truths.online(bot.id, false);
      truths.note(bot.id, "error", "account_offline", { message: inbound.message });
      return false;
    case "member_left":
    case "member_muted":
    case "member_changed":
      await memberNews.hear(bot.id, inbound);
      return false;
    case "message":
    case "message_recalled":
    case "message_settled":
    case "reacted":
    case "poked":
      return false;
    // Nothing to store: the desk asks for the lists when it hears of it.
    case "requests_changed":
    case "lifecycle":
    case "other":
      return false;
  }
}

async function noteTwin(
  { database, truths }: Omit<Parts, "memberNews">,
  bot: BotIdentity,
  twinKey: string,
): Promise<void> {
  const twins = await database.request.findMany({
    where: { botId: bot.id, twinKey, state: { in: [...undecided] } },
    select: { applicantId: true },
    distinct: ["applicantId"],
  });
  if (twins.length > 1) truths.note(bot.id, "warn", "twin_seen", { applicants: twins.map((twin) => twin.applicantId) });
}
