import { type Actor, botsWith } from "@/lib/actor";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { findById } from "./find-id";
import { findPeople } from "./find-people";
import {
  type Found,
  type FoundBot,
  type FoundChat,
  type FoundGroup,
  mostFound,
  pattern,
  sight,
  toFoundRequest,
} from "./found";
import { listRequests } from "./request";
import type { RequestRow } from "./row";
import { toWords } from "./search";

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Finds whatever has these words in its name, or is meant by an id: the desk's own or a platform's. */
export async function find(database: Database, actor: Actor, text: string): Promise<Found> {
  const words = toWords(text);
  const none: Found = { bots: [], groups: [], people: [], requests: [], chats: [], events: [] };
  if (words === "") return none;
  if (uuid.test(words)) return { ...none, ...(await findById(database, actor, words)) };
  const [bots, groups, requests, chats] = await Promise.all([
    findBots(database, actor, words),
    findGroups(database, actor, words),
    findRequests(database, actor, words),
    findChats(database, actor, words),
  ]);
  const people = await findPeople(database, actor, words, requests);
  return { bots, groups, people, requests: requests.slice(0, mostFound).map(toFoundRequest), chats, events: [] };
}

async function findBots(database: Database, actor: Actor, words: string): Promise<FoundBot[]> {
  const bots = botsWith(actor, "bots.view");
  const contains = { contains: words, mode: "insensitive" } as const;
  return await database.bot.findMany({
    where: {
      ...(bots === "all" ? {} : { id: { in: bots } }),
      OR: [{ name: contains }, { nickname: contains }, { accountId: words }, { platform: words }],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: mostFound,
    select: { id: true, name: true, platform: true, nickname: true },
  });
}

async function findGroups(database: Database, actor: Actor, words: string): Promise<FoundGroup[]> {
  return await database.$queryRaw<FoundGroup[]>`
    SELECT g."botId", b."name" AS "botName", g."groupId", g."name", g."memberCount"
    FROM "KnownGroup" g JOIN "Bot" b ON b."id" = g."botId"
    WHERE g."searchText" LIKE ${pattern(words)} AND ${sight(actor, "groups.view", Prisma.sql`g."botId"`)}
    ORDER BY g."groupId" = ${words} DESC, lower(g."name") LIKE ${pattern(words, true)} DESC,
      g."memberCount" DESC NULLS LAST, g."groupId" LIMIT ${mostFound}`;
}

/** More than are shown: their applicants are people. */
async function findRequests(database: Database, actor: Actor, words: string): Promise<RequestRow[]> {
  if (botsWith(actor, "requests.view").length === 0) return [];
  const filter = { state: "all", set: "all", text: words } as const;
  return (await listRequests(database, actor, filter, { limit: 2 * mostFound })).items;
}

async function findChats(database: Database, actor: Actor, words: string): Promise<FoundChat[]> {
  return await database.$queryRaw<FoundChat[]>`
    SELECT c."id", c."botId", b."name" AS "botName", c."name", c."peerTo", c."peerId"
    FROM "Conversation" c JOIN "Bot" b ON b."id" = c."botId"
    WHERE (c."peerId" = ${words} OR c."name" ILIKE ${pattern(words)})
      AND ${sight(actor, "messages.view", Prisma.sql`c."botId"`)}
    ORDER BY c."peerId" = ${words} DESC, c."lastAt" DESC NULLS LAST, c."id" LIMIT ${mostFound}`;
}
