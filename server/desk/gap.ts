import { type Actor, botsWith } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import { type RequestKind, requestKinds } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { unsureOf } from "@/server/gateway/gap";
import type { Arrival, RequestList, Unlisted } from "@/server/platforms/arrival";
import type { ArrivalResult } from "./arrival";

/** A platform's clock and ours may differ by so much, ms. */
const skewMs = 60_000;
/** Gaps that a page shows, and how many are looked through for them: what is still in doubt is none. */
const shown = 20;
const looked = 50;

/** What was found of a gap when the lists were read after it. */
export interface GapFound {
  /** Requests that were asked meanwhile, pushed to nobody, and stored by this reading. */
  arrived: number;
  /** Decided elsewhere meanwhile, those included that were also asked meanwhile. */
  elsewhere: number;
  /** No longer listed: withdrawn, out of time, or refused without a trace. */
  expired: number;
  /** Kinds whose list goes back to before the gap: of these nothing was missed. */
  fetched: RequestKind[];
  /** Kinds whose list could not be read or does not surely go back so far: some may have been missed. */
  partial: RequestKind[];
  /** What no list exists for: whatever was asked meanwhile was missed. */
  unknown: Unlisted[];
}

/** A time in which nobody held a bot's connection. */
export interface GapRow {
  id: string;
  /** The last moment the connection was known to stand. */
  startAt: Date;
  /** Null while it lasts. */
  endAt: Date | null;
  /** When the lists were read; null: not yet, or not at all, then `error` says why. */
  readAt: Date | null;
  found: GapFound | null;
  error: ErrorCode | null;
}

/** A reading of a bot's lists and what became of each arrival. `since` is the database's time before it was asked for. */
export interface Reading {
  list: RequestList;
  results: readonly { arrival: Arrival; result: ArrivalResult }[];
  since: Date;
}

/** As it is stored: counts that several instances add to apart from those that are the same for all. */
interface Stored extends Omit<GapFound, "elsewhere"> {
  handled: number;
  closed: number;
  /** Instances that may have held on: server/gateway/gap.ts. */
  unsure?: number[];
}

/** The newest gaps of a bot. Throws DeskError `not_found` when the operator may not see it. */
export async function listGaps(database: Database, actor: Actor, botId: string): Promise<GapRow[]> {
  const bots = botsWith(actor, "bots.view");
  const isVisible = bots === "all" || bots.includes(botId);
  const bot = isVisible ? await database.bot.findUnique({ where: { id: botId }, select: { id: true } }) : null;
  if (!bot) throw new DeskError("not_found");
  const rows = await database.botGap.findMany({ where: { botId }, orderBy: { id: "desc" }, take: looked });
  const certain = rows.filter(({ found }) => unsureOf(found).length === 0).slice(0, shown);
  return certain.map(({ id, startAt, endAt, readAt, found, error }) => ({
    ...{ id, startAt, endAt, readAt },
    found: found === null ? null : toFound(found),
    // Written below with closed codes only.
    error: error as ErrorCode | null,
  }));
}

/**
 * Completes the newest gap that is over and was not read before this reading was asked for, and those in doubt beside
 * it. Several instances read at once after an outage of the platform, and each stores some of what is listed: a reading
 * that began before another had completed the gap adds what it stored itself.
 */
export async function fillGap(database: Database, botId: string, reading: Reading): Promise<void> {
  const { since } = reading;
  const open = await database.botGap.findMany({
    where: { botId, endAt: { lte: since }, OR: [{ readAt: null }, { readAt: { gte: since } }] },
    orderBy: { id: "desc" },
    take: looked,
    select: { id: true, found: true },
  });
  const doubtful = open.filter(({ found }) => unsureOf(found).length > 0);
  const newest = open.find(({ found }) => unsureOf(found).length === 0);
  for (const { id } of newest ? [...doubtful, newest] : doubtful)
    await database.$transaction((tx) => fill(tx, id, botId, reading));
  if (!newest) return;
  // Earlier ones broke off again before anything was read: what came in them was found now, as part of this one.
  const superseded = open.filter(({ id, found }) => id < newest.id && unsureOf(found).length === 0).map(({ id }) => id);
  await database.botGap.updateMany({
    where: { id: { in: superseded }, readAt: null, error: null },
    data: { error: "connection_lost" satisfies ErrorCode },
  });
}

async function fill(tx: Prisma.TransactionClient, id: string, botId: string, reading: Reading): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "BotGap" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const gap = await tx.botGap.findUnique({ where: { id } });
  if (!gap?.endAt || (gap.readAt !== null && gap.readAt < reading.since)) return;
  const unsure = unsureOf(gap.found);
  const found =
    gap.readAt === null
      ? look(reading, { startAt: gap.startAt, endAt: gap.endAt })
      : addTo(toStored(gap.found), reading, gap.endAt);
  const stored = {
    ...found,
    closed: await countClosed(tx, botId, gap.startAt, "elsewhere"),
    expired: await countClosed(tx, botId, gap.startAt, "expired"),
    ...(unsure.length > 0 ? { unsure } : {}),
  } satisfies Stored;
  await tx.$executeRaw`UPDATE "BotGap" SET "readAt" = COALESCE("readAt", clock_timestamp()) WHERE "id" = ${id}::uuid`;
  // Plain numbers and names: JSON as they are.
  await tx.botGap.update({ where: { id }, data: { found: stored as unknown as Prisma.InputJsonObject, error: null } });
  await publishIn(tx, { topic: "bot", id: botId, botId, version: 0 });
}

/** The lists could not be read: said of the gaps that wait for it. A later reading may still complete the newest. */
export async function failGap(database: Database, botId: string, error: ErrorCode): Promise<void> {
  await database.$transaction(async (tx) => {
    const where = { botId, readAt: null, endAt: { not: null }, OR: [{ error: null }, { error: { not: error } }] };
    const { count } = await tx.botGap.updateMany({ where, data: { error } });
    if (count > 0) await publishIn(tx, { topic: "bot", id: botId, botId, version: 0 });
  });
}

function look({ list, results }: Reading, gap: { startAt: Date; endAt: Date }): Omit<Stored, "closed" | "expired"> {
  const isIn = ({ askedAt }: Arrival) =>
    askedAt !== null && askedAt.getTime() >= gap.startAt.getTime() - 1_000 && askedAt <= gap.endAt;
  const listed = requestKinds.filter((kind) => !list.unlisted.includes(kind));
  const isWhole = (kind: RequestKind) => {
    const reach = list.reach[kind];
    return reach === "all" || (reach !== undefined && reach.getTime() <= gap.startAt.getTime() - skewMs);
  };
  return {
    arrived: results.filter(({ arrival, result }) => result === "stored" && !isLater(arrival, gap.endAt)).length,
    handled: results.filter(({ arrival, result }) => result === "already_handled" && isIn(arrival)).length,
    fetched: listed.filter(isWhole),
    partial: listed.filter((kind) => !isWhole(kind)),
    unknown: [...list.unlisted],
  };
}

function addTo(before: Stored, { results }: Reading, endAt: Date): Stored {
  const more = results.filter(({ arrival, result }) => result === "stored" && !isLater(arrival, endAt)).length;
  return { ...before, arrived: before.arrived + more };
}

/** Asked after the connection stood again, by more than the clocks may differ: no part of the gap. */
function isLater({ askedAt }: Arrival, endAt: Date): boolean {
  return askedAt !== null && askedAt.getTime() > endAt.getTime() + skewMs;
}

/** Nobody listened in a gap, so what was closed since its beginning was seen by reading. */
async function countClosed(
  tx: Prisma.TransactionClient,
  botId: string,
  since: Date,
  state: "elsewhere" | "expired",
): Promise<number> {
  return await tx.request.count({ where: { botId, state, closedAt: { gte: since } } });
}

function toStored(found: Prisma.JsonValue): Stored {
  // Written above, and nowhere else.
  return found as unknown as Stored;
}

function toFound(found: Prisma.JsonValue): GapFound {
  const { handled, closed, ...rest } = toStored(found);
  return { ...rest, elsewhere: closed + handled };
}
