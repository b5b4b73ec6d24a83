import type { Database } from "@/server/db/client";

/**
 * What people are called in a group of a bot: by the list of its members as it was last read, and the bot's own account by
 * its nickname. Nobody unknown is among them.
 */
export async function namesIn(
  database: Database,
  { botId, groupId }: { botId: string; groupId: string },
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (userIds.length === 0) return names;
  const [bot, known] = await Promise.all([
    database.bot.findUnique({ where: { id: botId }, select: { accountId: true, nickname: true } }),
    database.knownMember.findMany({
      where: { botId, groupId, userId: { in: [...userIds] } },
      select: { userId: true, name: true, card: true },
    }),
  ]);
  if (bot?.accountId && bot.nickname && userIds.includes(bot.accountId)) names.set(bot.accountId, bot.nickname);
  for (const { userId, name, card } of known) {
    const called = card || name;
    if (called) names.set(userId, called);
  }
  return names;
}
