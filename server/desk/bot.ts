import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { PaceSettings } from "@/lib/pace";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Driver } from "@/server/platforms/driver";
import { drivers } from "@/server/platforms/drivers";
import type { Platform } from "@/server/platforms/row";
import { type Support, supportOf } from "@/server/platforms/support";

/** A truth with its beginning. `is` null: not known. */
interface Truth {
  is: boolean | null;
  since: Date | null;
}

/** A bot as every screen shows it, with its pace. */
export interface BotRow extends PaceSettings {
  id: string;
  name: string;
  platform: Platform;
  accountId: string | null;
  nickname: string | null;
  isEnabled: boolean;
  createdAt: Date;
  truths: {
    connected: Truth & { is: boolean };
    online: Truth;
    able: Truth & { lastActAt: Date | null; latencyMs: number | null };
  };
  lastEventAt: Date | null;
  lastError: { code: ErrorCode; at: Date } | null;
  can: { manage: boolean };
}

/** A bot's page: `connection` holds no secret, and of the token only whether there is one. */
export interface BotDetail extends BotRow {
  connection: Prisma.JsonValue;
  hasToken: boolean;
  /** Account and password are kept for signing in again. */
  hasPassword: boolean;
  reverseUrl: string;
  postUrl: string;
  /** What can be done with it; every capability there is. */
  supports: Support[];
  /** Operations beyond the vendor's document that are switched on. */
  extras: string[];
}

export interface BotLogRow {
  id: string;
  at: Date;
  level: string;
  code: string;
  detail: Prisma.JsonValue;
}

/** The bots this operator may see, by name. */
export async function listBots(database: Database, actor: Actor): Promise<BotRow[]> {
  const rows = await database.bot.findMany({ where: scoped(actor), orderBy: [{ name: "asc" }, { id: "asc" }] });
  return rows.map((row) => toBotRow(row, actor));
}

/** One bot. `publicUrl` makes the addresses a platform dials. Throws DeskError `not_found`. */
export async function getBot(database: Database, actor: Actor, id: string, publicUrl: URL): Promise<BotDetail> {
  const row = await database.bot.findFirst({ where: { AND: [scoped(actor), { id }] } });
  if (!row) throw new DeskError("not_found");
  const path = `/onebot/${row.id}`;
  const socket = new URL(path, publicUrl);
  socket.protocol = publicUrl.protocol === "https:" ? "wss:" : "ws:";
  const driver = driverOf(row.platform);
  return {
    ...toBotRow(row, actor),
    // Where a bot is reached is for those who manage it: addresses inside a network are nobody else's business.
    connection: can(actor, "bots.manage", null) ? row.connection : null,
    hasToken: row.sealed !== null,
    hasPassword: row.sealedSignIn !== null,
    reverseUrl: socket.href,
    postUrl: new URL(path, publicUrl).href,
    extras: row.extras,
    supports: supportOf(driver.platform, (operation) => row.extras.includes(operation), row.connection),
  };
}

/** What can be done with a bot, by capability: what a screen asks before it draws a button. Throws DeskError `not_found`. */
export async function readSupport(
  database: Database,
  actor: Actor,
  id: string,
): Promise<Record<Support["capability"], Support["is"]>> {
  const row = await database.bot.findFirst({
    where: { AND: [scoped(actor), { id }] },
    select: { platform: true, extras: true, connection: true },
  });
  if (!row) throw new DeskError("not_found");
  const { platform } = driverOf(row.platform);
  const supports = supportOf(platform, (operation) => row.extras.includes(operation), row.connection);
  // supportOf answers every capability there is.
  return Object.fromEntries(supports.map(({ capability, is }) => [capability, is])) as Record<
    Support["capability"],
    Support["is"]
  >;
}

/** A page of a bot's log, newest first. Throws DeskError `not_found`. */
export async function listBotLog(
  database: Database,
  actor: Actor,
  id: string,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: BotLogRow[]; next: string | null }> {
  const bot = await database.bot.findFirst({ where: { AND: [scoped(actor), { id }] }, select: { id: true } });
  if (!bot) throw new DeskError("not_found");
  const rows = await database.botEvent.findMany({
    where: { botId: id, ...(page.cursor ? { id: { lt: page.cursor } } : {}) },
    orderBy: { id: "desc" },
    take: page.limit + 1,
    select: { id: true, at: true, level: true, code: true, detail: true },
  });
  const mayManage = can(actor, "bots.manage", null);
  const items = rows.slice(0, page.limit).map((row) => (mayManage ? row : { ...row, detail: withoutHost(row.detail) }));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** A bot that the operator may see, as acts name it; null when there is none. */
export async function findBot(
  database: Database,
  actor: Actor,
  id: string,
): Promise<{ id: string; name: string; platform: Platform } | null> {
  const row = await database.bot.findFirst({
    where: { AND: [scoped(actor), { id }] },
    select: { id: true, name: true, platform: true },
  });
  // Written by desk/bot-registry.ts only, with a Platform.
  return row && { ...row, platform: row.platform as Platform };
}

function scoped(actor: Actor): Prisma.BotWhereInput {
  const bots = botsWith(actor, "bots.view");
  return bots === "all" ? {} : { id: { in: bots } };
}

/** The driver of a platform. Throws DeskError `invalid_input` where there is none. */
export function driverOf(platform: string): Driver {
  if (!Object.hasOwn(drivers, platform)) throw new DeskError("invalid_input", { field: "platform" });
  // Just looked up.
  return drivers[platform as Platform];
}

function toBotRow(row: Prisma.BotGetPayload<object>, actor: Actor): BotRow {
  return {
    id: row.id,
    name: row.name,
    // Written by desk/bot-registry.ts only, with a Platform.
    platform: row.platform as Platform,
    accountId: row.accountId,
    nickname: row.nickname,
    isEnabled: row.isEnabled,
    createdAt: row.createdAt,
    ...toPace(row),
    truths: {
      connected: { is: row.isConnected, since: row.connectedAt },
      online: { is: row.isOnline, since: row.onlineAt },
      able: { is: row.isAble, since: row.ableAt, lastActAt: row.lastActAt, latencyMs: row.lastActMs },
    },
    lastEventAt: row.lastEventAt,
    // Written by gateway/truth.ts with closed codes only.
    lastError: row.lastError && row.lastErrorAt ? { code: row.lastError as ErrorCode, at: row.lastErrorAt } : null,
    can: { manage: can(actor, "bots.manage", null) },
  };
}

/** The settings of a bot's pace, without the rest of its row. */
export function toPace({ writeGapMs, readLimit, writeLimit }: PaceSettings): PaceSettings {
  return { writeGapMs, readLimit, writeLimit };
}

/** A line of the log for who may not see where a bot is reached. */
function withoutHost(detail: Prisma.JsonValue): Prisma.JsonValue {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return detail;
  const { host: _host, ...rest } = detail;
  return rest;
}
