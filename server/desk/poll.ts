import { DeskError } from "@/lib/errors";
import { requestKinds } from "@/lib/request";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { BotIdentity } from "@/server/gateway/live";
import type { Truths } from "@/server/gateway/truth";
import type { Logger } from "@/server/log";
import type { RequestList } from "@/server/platforms/arrival";
import { PlatformError } from "@/server/platforms/error";
import { findNewFriends } from "./admission";
import { storeArrival } from "./arrival";
import { readClock } from "./clock";
import { failGap, fillGap, type Reading } from "./gap";
import { moveRequest } from "./move";
import { nameArrivals } from "./naming";
import { reader } from "./readback";

/** How often each open bot is asked for what its pushes miss, ms. */
export const pollMs = 20_000;

/** Into how many moments of that interval the bots are spread. */
const turns = 20;

/** The moment of a bot, by the end of its id, which is random. */
function turnOf(botId: string): number {
  return Number.parseInt(botId.slice(-6), 16) % turns;
}

/** Of a platform without lists everything is told once. */
const nothingListed: RequestList = { arrivals: [], complete: [], reach: {}, unlisted: requestKinds };

/** Asks every open bot, at once after it connects and then regularly. Owns its timers. */
export class Poller {
  private timer: NodeJS.Timeout | null = null;
  private readonly running = new Map<string, Promise<void>>();
  /** The wrong account each bot was last found with: said once in its log. */
  private readonly mistaken = new Map<string, string>();
  private readonly ending = new AbortController();

  constructor(
    private readonly parts: { database: Database; connections: Connections; truths: Truths; log: Logger },
    private readonly everyMs: number = pollMs,
  ) {}

  /** Each bot has its own turn within the interval: hundreds of bots asked in one moment would hold up everything else. */
  start(): void {
    let turn = 0;
    this.timer = setInterval(() => {
      turn = (turn + 1) % turns;
      for (const bot of this.parts.connections.open()) if (turnOf(bot.id) === turn) void this.poll(bot);
    }, this.everyMs / turns);
  }

  /** Asks one bot now. A second ask while one is under way joins it. */
  poll(bot: BotIdentity): Promise<void> {
    const running = this.running.get(bot.id);
    if (running) return running;
    const { connections } = this.parts;
    if (this.ending.signal.aborted || !connections.isConnected(bot.id)) return Promise.resolve();
    // One that does not answer is looked at by its circuit, and asked again when that closes.
    if (connections.pausedMs(bot.id) !== null) return Promise.resolve();
    const next = this.ask(bot).finally(() => this.running.delete(bot.id));
    this.running.set(bot.id, next);
    return next;
  }

  /** Asks one bot that has just connected: what is under way may have begun on the connection before and know nothing since. */
  async catchUp(bot: BotIdentity): Promise<void> {
    await this.running.get(bot.id);
    await this.poll(bot);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    if (this.timer) clearInterval(this.timer);
    await Promise.all(this.running.values());
  }

  private async ask(bot: BotIdentity): Promise<void> {
    const { connections, truths, database, log } = this.parts;
    try {
      truths.restate(bot.id);
      // A gap that this connection has ended is known to be over before anything is read.
      await truths.told(bot.id, this.ending.signal);
      const adapter = reader(connections, bot.id);
      if (!adapter) return;
      const status = await adapter["presence.get"]?.();
      if (status) truths.online(bot.id, status.isOnline);
      const profile = await adapter["profile.get"]?.();
      if (profile && !(await this.isSame(bot, profile.id))) return await failGap(database, bot.id, "wrong_account");
      if (profile) truths.account(bot.id, profile.id, profile.name);
      const since = await readClock(database);
      const list = (await adapter["requests.list"]?.()) ?? nothingListed;
      const results: Reading["results"][number][] = [];
      for (const arrival of list.arrivals)
        results.push({ arrival, result: await storeArrival(database, bot.id, arrival) });
      try {
        // Before the closing as expired: a filtered request that was accepted over there has left its list, too.
        await findNewFriends(database, bot.id, adapter);
      } finally {
        // A friend list that cannot be read keeps nothing else from being done; the failure is noted below.
        await this.expire(bot, list, since);
        await nameArrivals(database, connections, bot.id);
      }
      await fillGap(database, bot.id, { list, results, since });
    } catch (cause) {
      await this.fail(bot, cause).catch((error: unknown) =>
        log.error({ err: error, botId: bot.id }, "a gap could not be completed"),
      );
    }
  }

  private async fail(bot: BotIdentity, cause: unknown): Promise<void> {
    const { truths, database, log } = this.parts;
    if (!(cause instanceof PlatformError || cause instanceof DeskError)) {
      log.error({ err: cause, botId: bot.id }, "polling failed");
      return;
    }
    if (this.ending.signal.aborted) return;
    const text = cause instanceof PlatformError ? cause.text : null;
    truths.note(bot.id, "warn", "poll_failed", { code: cause.code, text });
    await failGap(database, bot.id, cause.code);
  }

  /** Another account may have signed in over there while the connection stood: what it lists is not this bot's. */
  private async isSame(bot: BotIdentity, accountId: string): Promise<boolean> {
    const row = await this.parts.database.bot.findUnique({ where: { id: bot.id }, select: { accountId: true } });
    const isSame = row === null || row.accountId === null || row.accountId === accountId;
    if (isSame) this.mistaken.delete(bot.id);
    else if (this.mistaken.get(bot.id) !== accountId) {
      this.mistaken.set(bot.id, accountId);
      this.parts.truths.note(bot.id, "error", "wrong_account", { expected: row.accountId, found: accountId });
    }
    return isSame;
  }

  /**
   * A request that a wholly read list no longer holds cannot be answered any more: it is closed as expired. One that
   * another instance stored after our list was asked for is not in it either and stays.
   */
  private async expire(bot: BotIdentity, { arrivals, complete }: RequestList, since: Date): Promise<void> {
    const { database } = this.parts;
    if (complete.length === 0) return;
    const gone = await database.request.findMany({
      where: {
        botId: bot.id,
        kind: { in: complete },
        state: { in: ["waiting", "ignored"] },
        key: { notIn: arrivals.map((arrival) => arrival.key) },
        arrivedAt: { lt: since },
      },
      select: { id: true },
    });
    for (const { id } of gone) {
      await database.$transaction((tx) => moveRequest(tx, id, ["waiting", "ignored"], "expired"));
    }
  }
}
