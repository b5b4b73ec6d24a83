import { v7 as uuid } from "uuid";
import { systemActor } from "@/lib/actor";
import type { PaceSettings } from "@/lib/pace";
import type { Sealer } from "@/server/auth/seal";
import type { Database } from "@/server/db/client";
import type { Bot } from "@/server/db/generated/client";
import type { Inbound } from "@/server/platforms/arrival";
import type { Clock } from "@/server/platforms/clock";
import type { Driver } from "@/server/platforms/driver";
import { drivers } from "@/server/platforms/drivers";
import type { PlatformError } from "@/server/platforms/error";
import type { Platform } from "@/server/platforms/row";
import { createBotCircuit } from "./bot-circuit";
import { lookThrough } from "./circuit";
import type { Door } from "./invoke";
import { type BotIdentity, type Live, toAdapter, toDestination } from "./live";
import { reserveMessageId } from "./message-id";
import { Pace } from "./pace";
import type { Truths } from "./truth";

/** What happens on live connections, told upwards: the gateway knows no desk. */
export interface ConnectionEvents {
  inbound(bot: BotIdentity, inbound: Inbound, raw: unknown): void;
  connected(bot: BotIdentity): void;
}

export interface OpeningParts {
  database: Database;
  sealer: Sealer;
  door: Door;
  truths: Truths;
  events: ConnectionEvents;
  /** Instead of each bot's own. */
  pace?: Partial<PaceSettings>;
  /** By which a circuit that is open waits for its next look. */
  clock?: Clock | undefined;
}

/** Opens a bot by its row; connecting goes on by itself. Throws SealError, and a ZodError for settings of another shape. */
export function openLive(parts: OpeningParts, row: Bot, platform: Platform): Live {
  const { database, truths, events } = parts;
  const driver = drivers[platform];
  const bot: BotIdentity = { id: row.id, name: row.name, platform };
  const credentials = row.sealed ? parts.sealer.open(row.sealed, `bot:${row.id}`) : {};
  truths.note(bot.id, "info", "connecting");
  const connection = driver.connectionSchema.parse(row.connection);
  const circuit = createBotCircuit({
    ...{ botId: bot.id, truths, clock: parts.clock },
    look: () => lookAt(parts.door, live),
    recovered: () => events.connected(bot),
  });
  const link = driver.open({
    connection,
    credentials: driver.credentialsSchema.parse(credentials),
    accountId: row.accountId,
    saveCredentials: (next) => saveCredentials(parts, row, driver, next),
    reserve: (value) => reserveMessageId(database, platform, value),
    hooks: {
      state: ({ isConnected, error }) => {
        // Whatever failed before: a connection that has just been made was answered, and one that is down sends nothing.
        circuit.reset();
        truths.connected(bot.id, isConnected, error?.code ?? null, isSudden(error));
        if (isConnected) events.connected(bot);
      },
      event: (inbound, raw) => {
        truths.event(bot.id);
        events.inbound(bot, inbound, raw);
      },
      log: (level, code, detail) => truths.note(bot.id, level, code, detail),
      account: (accountId) => truths.account(bot.id, accountId, null),
    },
  });
  const live: Live = {
    ...{ bot, version: row.version, driver, connection, link, circuit },
    pace: new Pace(paceOf(row, parts.pace)),
    extras: new Set(row.extras),
    abort: new AbortController(),
  };
  return live;
}

/** A bot's own pace, with what is set for all of them in its place. */
export function paceOf({ writeGapMs, readLimit, writeLimit }: PaceSettings, all?: Partial<PaceSettings>): PaceSettings {
  return { writeGapMs, readLimit, writeLimit, ...all };
}

/**
 * Seals what a platform has put in the place of a bot's credentials. The version stays: it is the same connection. Once
 * somebody has edited the bot, an older connection has nothing to keep any more.
 */
async function saveCredentials(
  { database, sealer }: Pick<OpeningParts, "database" | "sealer">,
  bot: { id: string; version: number },
  driver: Driver,
  next: unknown,
): Promise<void> {
  // A driver's credentials are an object: its schema is one.
  const credentials = driver.credentialsSchema.parse(next) as object;
  await database.bot.updateMany({
    where: { id: bot.id, version: bot.version },
    data: { sealed: sealer.seal(credentials, `bot:${bot.id}`) },
  });
}

/** The one read that a paused platform is asked for. */
async function lookAt(door: Door, live: Live): Promise<void> {
  if (live.abort.signal.aborted) return;
  const context = { actor: systemActor, correlationId: uuid() };
  const adapter = toAdapter(live, (operation, input) =>
    door.invoke(toDestination(live, lookThrough), { ...context, operation, input }),
  );
  await (adapter["profile.get"] ?? adapter["requests.list"])?.();
}

/** Did a connection break off? One that was closed with a goodbye stood until then. */
function isSudden(error: PlatformError | undefined): boolean {
  if (!error) return false;
  const { closeCode } = error.detail;
  // 1006 is no code of the other side: the socket ended without one.
  return closeCode === undefined || closeCode === 1006;
}
