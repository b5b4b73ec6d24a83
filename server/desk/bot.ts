import { v7 as uuid } from "uuid";
import { type Actor, botsWith, can } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { Sealer } from "@/server/auth/seal";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { type Capability, supports } from "@/server/platforms/adapter";
import type { Driver, ProbeResult } from "@/server/platforms/driver";
import { drivers } from "@/server/platforms/drivers";
import type { Platform } from "@/server/platforms/row";

/** A truth with its beginning. `is` null: not known. */
interface Truth {
  is: boolean | null;
  since: Date | null;
}

/** A bot as every screen shows it. */
export interface BotRow {
  id: string;
  name: string;
  platform: string;
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
  reverseUrl: string;
  postUrl: string;
  supports: Capability[];
}

export interface BotLogRow {
  id: string;
  at: Date;
  level: string;
  code: string;
  detail: Prisma.JsonValue;
}

/** What makes or changes a bot. `token` undefined on an edit keeps the stored one. */
export interface BotInput {
  name: string;
  connection: unknown;
  token?: string | undefined;
}

interface Parts {
  database: Database;
  sealer: Sealer;
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
    reverseUrl: socket.href,
    postUrl: new URL(path, publicUrl).href,
    supports: supports(driver.createAdapter(() => Promise.reject(new DeskError("internal")))),
  };
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
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Adds a bot and tells every instance to open it. Throws DeskError `invalid_input`, `bot_exists`. */
export async function createBot(parts: Parts, input: BotInput & { platform: Platform }): Promise<{ id: string }> {
  const driver = driverOf(input.platform);
  const connection = toConnection(driver, input.connection);
  const token = input.token ?? "";
  checkToken(driver, token);
  const id = uuid();
  await parts.database.$transaction(async (tx) => {
    await refuseSameName(tx, input.name, null);
    await tx.bot.create({
      data: {
        id,
        name: input.name,
        platform: input.platform,
        connection,
        sealed: token === "" ? null : parts.sealer.seal({ token }, `bot:${id}`),
      },
    });
    await publishIn(tx, { topic: "bot", id, botId: id, version: 1 });
  });
  return { id };
}

/** Changes a bot; its connection is made anew. Returns what it was, without secrets, for the record. */
export async function updateBot(parts: Parts, id: string, input: BotInput) {
  return await parts.database.$transaction(async (tx) => {
    const row = await tx.bot.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    const driver = driverOf(row.platform);
    await refuseSameName(tx, input.name, id);
    if (input.token !== undefined) checkToken(driver, input.token);
    const sealed =
      input.token === undefined
        ? {}
        : { sealed: input.token === "" ? null : parts.sealer.seal({ token: input.token }, `bot:${id}`) };
    const after = await tx.bot.update({
      where: { id },
      data: {
        name: input.name,
        connection: toConnection(driver, input.connection),
        version: { increment: 1 },
        ...sealed,
      },
    });
    await publishIn(tx, { topic: "bot", id, botId: id, version: after.version });
    return {
      before: { name: row.name, connection: row.connection },
      after: { name: after.name, connection: after.connection, isTokenNew: input.token !== undefined },
    };
  });
}

/** Switches a bot on or off. Off closes its connection in every instance; nothing is lost. */
export async function setBotEnabled(database: Database, id: string, isEnabled: boolean) {
  return await database.$transaction(async (tx) => {
    const row = await tx.bot.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    const after = await tx.bot.update({ where: { id }, data: { isEnabled, version: { increment: 1 } } });
    await publishIn(tx, { topic: "bot", id, botId: id, version: after.version });
    return { before: { isEnabled: row.isEnabled }, after: { isEnabled } };
  });
}

/** Removes a bot with its requests; the record stays. The name has to be typed. Throws `not_found`, `name_mismatch`. */
export async function removeBot(database: Database, id: string, name: string): Promise<void> {
  await database.$transaction(async (tx) => {
    const row = await tx.bot.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    if (row.name !== name.trim()) throw new DeskError("name_mismatch");
    await tx.bot.delete({ where: { id } });
    await publishIn(tx, { topic: "bot", id, botId: id, version: row.version + 1 });
  });
}

/** "Try connection", for a bot that exists (its stored token, when none is typed) or one that is being made. */
export async function probeBot(
  parts: Parts,
  input: { id?: string | undefined; platform: Platform; connection: unknown; token?: string | undefined },
  signal: AbortSignal,
): Promise<ProbeResult> {
  const driver = driverOf(input.platform);
  const row = input.id === undefined ? null : await parts.database.bot.findUnique({ where: { id: input.id } });
  if (input.id !== undefined && !row) throw new DeskError("not_found");
  const connection = toConnection(driver, input.connection);
  // The stored token goes only where it already goes: sent along with a new address it could be read there.
  const isSamePlace = row !== null && JSON.stringify(sorted(row.connection)) === JSON.stringify(sorted(connection));
  const stored =
    row?.sealed && input.token === undefined && isSamePlace ? parts.sealer.open(row.sealed, `bot:${row.id}`) : null;
  const credentials = stored ?? { token: input.token ?? "" };
  return await driver.probe({ connection, credentials, accountId: row?.accountId ?? null, signal });
}

function scoped(actor: Actor): Prisma.BotWhereInput {
  const bots = botsWith(actor, "bots.view");
  return bots === "all" ? {} : { id: { in: bots } };
}

function driverOf(platform: string): Driver {
  // The column and the API's input hold a Platform; one without a driver yet is refused here.
  const driver = drivers[platform as Platform];
  if (!driver) throw new DeskError("invalid_input", { field: "platform" });
  return driver;
}

function toConnection(driver: Driver, connection: unknown): Prisma.InputJsonObject {
  const parsed = driver.connectionSchema.safeParse(connection);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DeskError("invalid_input", {
      field: ["connection", ...(issue?.path ?? [])].join("."),
      fault: issue?.message ?? "",
    });
  }
  // A connection schema describes a plain JSON object (server/platforms/driver.ts).
  return parsed.data as Prisma.InputJsonObject;
}

function checkToken(driver: Driver, token: string): void {
  const parsed = driver.credentialsSchema.safeParse({ token });
  if (!parsed.success)
    throw new DeskError("invalid_input", { field: "token", fault: parsed.error.issues[0]?.message ?? "" });
}

async function refuseSameName(tx: Prisma.TransactionClient, name: string, exceptId: string | null): Promise<void> {
  const other = await tx.bot.findFirst({
    where: { name: { equals: name, mode: "insensitive" }, ...(exceptId ? { id: { not: exceptId } } : {}) },
    select: { id: true },
  });
  if (other) throw new DeskError("bot_exists", { name });
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function toBotRow(row: Prisma.BotGetPayload<object>, actor: Actor): BotRow {
  return {
    id: row.id,
    name: row.name,
    platform: row.platform,
    accountId: row.accountId,
    nickname: row.nickname,
    isEnabled: row.isEnabled,
    createdAt: row.createdAt,
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
