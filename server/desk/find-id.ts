import { type Actor, botsWith } from "@/lib/actor";
import type { Permission } from "@/lib/permissions";
import type { Database } from "@/server/db/client";
import { type Found, mostFound, toFoundRequest } from "./found";
import { listRequests } from "./request";

/**
 * What one of the desk's own ids means: a bot, a request (by its own id or by a decision's), a conversation, an event, or
 * all events of one click. Nothing is said of what the operator may not see.
 */
export async function findById(database: Database, actor: Actor, id: string): Promise<Partial<Found>> {
  const inSight = (permission: Permission) => {
    const bots = botsWith(actor, permission);
    return bots === "all" ? {} : { botId: { in: bots } };
  };
  const ownBots = botsWith(actor, "bots.view");
  const [bots, decision, chats, events] = await Promise.all([
    database.bot.findMany({
      where: { AND: [{ id }, ownBots === "all" ? {} : { id: { in: ownBots } }] },
      select: { id: true, name: true, platform: true, nickname: true },
    }),
    database.decision.findUnique({ where: { id }, select: { requestId: true } }),
    database.conversation.findMany({
      where: { id, ...inSight("messages.view") },
      select: { id: true, botId: true, name: true, peerTo: true, peerId: true, bot: { select: { name: true } } },
    }),
    database.auditEvent.findMany({
      where: { AND: [inSight("audit.view"), { OR: [{ id }, { correlationId: id }] }] },
      orderBy: { id: "desc" },
      take: mostFound,
      select: { id: true, at: true, action: true, actorName: true, target: true },
    }),
  ]);
  const only = [id, ...(decision ? [decision.requestId] : [])];
  const requests = await listRequests(database, actor, { state: "all", set: "all" }, { limit: mostFound, only });
  return {
    bots,
    requests: requests.items.map(toFoundRequest),
    chats: chats.map(({ bot, ...chat }) => ({ ...chat, botName: bot.name })),
    events,
  };
}
