import { type Actor, botsWith, can } from "@/lib/actor";
import type { ErrorCode } from "@/lib/errors";
import type { Platform } from "@/lib/platform";
import type { Database } from "@/server/db/client";
import { supportOf } from "@/server/platforms/support";
import type { Rosters } from "./roster";

/** How the list of one bot's groups stands. */
export interface GroupRoster {
  bot: { id: string; name: string; platform: Platform; isEnabled: boolean; isConnected: boolean };
  /** Raised by each change of what is stored. */
  version: number;
  readAt: Date | null;
  isReading: boolean;
  error: ErrorCode | null;
  /** Its platform tells no list of groups, as it is switched on and reached. */
  isListed: boolean;
  /** May they bring the account into groups? */
  mayManage: boolean;
}

/** The bots whose groups may be seen, by name; begins to read the lists that are old. One that is switched off is not asked. */
export async function listGroupRosters(
  { database, rosters }: { database: Database; rosters: Rosters },
  actor: Actor,
): Promise<GroupRoster[]> {
  const bots = botsWith(actor, "groups.view");
  const rows = await database.bot.findMany({
    where: bots === "all" ? {} : { id: { in: bots } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      platform: true,
      isEnabled: true,
      isConnected: true,
      extras: true,
      connection: true,
    },
  });
  return await Promise.all(
    rows.map(async ({ extras, connection, ...row }) => {
      // Written by desk/bot-registry.ts only, with a Platform.
      const bot = { ...row, platform: row.platform as Platform };
      const support = supportOf(bot.platform, (operation) => extras.includes(operation), connection);
      const isListed = support.some(({ capability, is }) => capability === "groups.list" && is === "on");
      const known = { bot, isListed, mayManage: can(actor, "groups.manage", bot.id) };
      if (!isListed) return { ...known, version: 0, readAt: null, isReading: false, error: null };
      if (!bot.isEnabled) return { ...known, ...(await readState(database, bot.id)) };
      const { version, readAt, isReading, error } = await rosters.ask(bot.id, "groups");
      return { ...known, version, readAt, isReading, error };
    }),
  );
}

async function readState(database: Database, botId: string) {
  const where = { botId_kind_groupId: { botId, kind: "groups", groupId: "" } };
  const row = await database.roster.findUnique({ where, select: { version: true, readAt: true } });
  return { version: row?.version ?? 0, readAt: row?.readAt ?? null, isReading: false, error: null };
}
