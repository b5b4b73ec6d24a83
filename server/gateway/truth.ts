import type { BotEventCode } from "@/lib/bot-events";
import type { ErrorCode } from "@/lib/errors";
import type { Fact } from "@/lib/live";
import { toLine } from "@/server/audit/line";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { untilTaken } from "@/server/db/retry";
import type { Logger } from "@/server/log";
import { BotLog } from "./bot-log";
import { isFailure } from "./circuit";
import { leaveHold, sweepHolds, takeHold } from "./hold";
import { livingInstances } from "./instance";
import type { CallReport } from "./invoke";

/** Codes that say the bot itself cannot act; a refused request says nothing about the bot. */
const disabling: ReadonlySet<ErrorCode> = new Set([
  "token_rejected",
  "signed_out_there",
  "not_connected",
  "timeout",
  "connection_lost",
  "connection_refused",
  "unreachable",
  "name_not_found",
  "tls_failed",
  "not_onebot",
  "bad_answer",
]);

/** A moment of this instance. */
interface Moment {
  /** performance.now() then. */
  at: number;
  /** By the database's clock, once it was asked: the same moment has to be the same whenever it is said again. */
  stored?: Date;
}

/** How long an unchanged truth may wait before its time is written again, ms: a busy bot must not write a row a call. */
const refreshMs = 10_000;

/** The version of a bot's fact that asks all who hold its connection to say so. 0 only says that its state changed. */
export const askHolders = -1;

/** A busy database is waited for: who gives up a truth leaves a lie behind. */
const patient = { maxWait: 15_000, timeout: 15_000 } as const;

/**
 * Keeps the three truths of each bot (connected, account online, able to act) and its log, in the database, so that
 * every instance and every restart shows the same. Writes of one bot happen in the order they were told, and wait for a
 * database that is away: a truth that was not written would be a lie for as long as nothing changes.
 */
export class Truths {
  private readonly queues = new Map<string, Promise<void>>();
  private readonly ending = new AbortController();
  private readonly botLog: BotLog;
  private readonly known = new Map<
    string,
    {
      connected?: boolean;
      online?: boolean | null;
      able?: boolean;
      eventAt: number;
      actAt: number;
      /** When this instance's connection came to stand. */
      heldAt: Moment;
      /** performance.now() when something last came over it. */
      heardAt: number;
    }
  >();

  constructor(
    private readonly database: Database,
    private readonly publish: (fact: Fact) => Promise<void>,
    private readonly log: Logger,
    /** This instance's number: a bot is connected as long as one instance holds a connection to it. */
    private readonly instance: number,
  ) {
    this.botLog = new BotLog(database);
  }

  /**
   * The socket is up, or not. A drop says nothing about the account, so `online` becomes unknown.
   * @param isSudden it broke off: nobody can say that it stood until now, only until something last came over it.
   */
  connected(botId: string, isConnected: boolean, error: ErrorCode | null = null, isSudden = false): void {
    const known = this.of(botId);
    if (known.connected === isConnected && error === null) return;
    const now = performance.now();
    if (isConnected && known.connected !== true) known.heldAt = { at: now };
    if (isConnected) known.heardAt = now;
    known.connected = isConnected;
    if (!isConnected) known.online = null;
    this.hold(botId, isConnected, isConnected ? known.heldAt : { at: isSudden ? known.heardAt : now });
    if (error) this.write(botId, { lastError: error, lastErrorAt: new Date() });
    // No call will be made any more that would tell.
    if (error === "signed_out_there" && known.able !== false) {
      known.able = false;
      this.write(botId, { isAble: false, ableAt: new Date() });
    }
  }

  /** Says again that this instance is connected: another one may have taken it for dead while its bus was away. */
  restate(botId: string): void {
    const known = this.known.get(botId);
    if (known?.connected === true) this.hold(botId, true, known.heldAt);
  }

  /** Takes instances that are gone off every bot, and with the last one the bot's connection. */
  async sweep(): Promise<void> {
    const living = [this.instance, ...(await livingInstances(this.database))];
    const swept = await this.database.$transaction((tx) => sweepHolds(tx, living), patient);
    for (const id of swept) this.tell(id);
  }

  /** Waits until everything told so far of this bot is written, or until `signal` aborts. */
  async told(botId: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    let leave = () => {};
    const aborted = new Promise<void>((resolve) => {
      leave = resolve;
      signal.addEventListener("abort", leave);
    });
    await Promise.race([this.queues.get(botId), aborted]);
    signal.removeEventListener("abort", leave);
  }

  /** What the platform says of the account itself. */
  online(botId: string, isOnline: boolean): void {
    const known = this.of(botId);
    if (known.online === isOnline) return;
    known.online = isOnline;
    this.write(botId, { isOnline, onlineAt: new Date() });
  }

  /** The account the platform says it is, learnt once: a bot never turns into another account. Told where it is new. */
  account(botId: string, accountId: string, told: string | null): void {
    const nickname = told === null ? null : toLine(told, 200);
    const changed = nickname === null ? [] : [{ nickname: { not: nickname } }, { nickname: null }];
    this.write(
      botId,
      { accountId, ...(nickname === null ? {} : { nickname }) },
      { OR: [{ accountId: null }, { accountId, OR: changed }] },
    );
  }

  /** Something arrived from the platform. */
  event(botId: string): void {
    const known = this.of(botId);
    known.heardAt = performance.now();
    const now = Date.now();
    if (now - known.eventAt < refreshMs) return;
    known.eventAt = now;
    // The first event comes before this instance is known to hold the bot. While somebody else is said to, who may be
    // gone, it must not look like that one's sign of life: their gap would begin where it ended.
    const isOurs = { OR: [{ connectedBy: { has: this.instance } }, { connectedBy: { isEmpty: true } }] };
    this.write(botId, { lastEventAt: new Date(now) }, isOurs, () => {
      known.eventAt = 0;
    });
  }

  /** A call ended: the proof that the bot is able to act, or that it is not. */
  call(report: CallReport): void {
    const known = this.of(report.botId);
    const now = Date.now();
    if (report.outcome === "OK") {
      known.heardAt = performance.now();
      if (known.able === true && now - known.actAt < refreshMs) return;
      const changed = known.able !== true;
      known.able = true;
      known.actAt = now;
      this.write(report.botId, {
        ...(changed ? { isAble: true, ableAt: new Date(now) } : {}),
        lastActAt: new Date(now),
        lastActMs: Math.round(report.durationMs),
      });
      return;
    }
    if (report.error === null) return;
    // What is refused is in the record; what is not answered as it should be is the connection's own story.
    const isStrange = isFailure(report.error) || report.error === "result_unknown";
    if (isStrange && !report.isRetried)
      this.note(report.botId, "warn", "call_failed", {
        ...report.detail,
        ...{ operation: report.endpoint, error: report.error, outcome: report.outcome },
      });
    if (disabling.has(report.error)) {
      const changed = known.able !== false;
      known.able = false;
      this.write(report.botId, {
        ...(changed ? { isAble: false, ableAt: new Date(now) } : {}),
        lastError: report.error,
        lastErrorAt: new Date(now),
      });
    }
  }

  /** A line of the bot's log, unless the same code has filled its share of it (see BotLog). */
  note(
    botId: string,
    level: "info" | "warn" | "error",
    code: BotEventCode,
    detail: Record<string, unknown> = {},
  ): void {
    const write = this.botLog.line(botId, level, code, detail);
    if (write === null) return;
    this.enqueue(botId, async () => {
      await write();
      await this.tell(botId);
    });
  }

  /** Forgets a bot that was removed or reopened, so that the next connection is written in full. */
  forget(botId: string): void {
    this.known.delete(botId);
  }

  /** Waits until everything told so far is written, or at most tried once more when the database is away. */
  async flush(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.queues.values());
  }

  private of(botId: string) {
    let known = this.known.get(botId);
    if (!known) {
      known = { eventAt: 0, actAt: 0, heldAt: { at: performance.now() }, heardAt: performance.now() };
      this.known.set(botId, known);
    }
    return known;
  }

  /** @param onNothing `which` held for nothing. */
  private write(
    botId: string,
    data: Prisma.BotUpdateManyMutationInput,
    which: Prisma.BotWhereInput = {},
    onNothing: () => void = () => {},
  ): void {
    this.enqueue(botId, async () => {
      const { count } = await this.database.bot.updateMany({ where: { id: botId, ...which }, data });
      if (count > 0) this.tell(botId);
      else onNothing();
    });
  }

  /** Puts this instance on the bot, or takes it off. `moment` is when its connection began to stand, or last stood. */
  private hold(botId: string, isHeld: boolean, moment: Moment): void {
    const change = isHeld ? takeHold : leaveHold;
    this.enqueue(botId, async () => {
      const held = await this.database.$transaction(async (tx) => {
        moment.stored ??= await toStored(tx, moment.at);
        return await change(tx, botId, this.instance, moment.stored);
      }, patient);
      if (held !== "unchanged") this.tell(botId, held === "doubtful" ? askHolders : 0);
    });
  }

  /** Not waited for: a bus that reconnects must not hold up what is written. */
  private tell(botId: string, version = 0): void {
    this.publish({ topic: "bot", id: botId, botId, version }).catch((cause: unknown) => {
      this.log.warn({ err: cause, botId }, "a bot's state changed, but screens could not be told");
    });
  }

  private enqueue(botId: string, task: () => Promise<void>): void {
    const before = this.queues.get(botId) ?? Promise.resolve();
    const stored = () => untilTaken(this.database, task, this.ending.signal);
    const next = before.then(stored).catch((cause: unknown) => {
      this.log.warn({ err: cause, botId }, "a bot's state could not be written");
    });
    this.queues.set(botId, next);
    void next.finally(() => {
      if (this.queues.get(botId) === next) this.queues.delete(botId);
    });
  }
}

/** When that was by the database's clock. Measured as it is asked, by a statement that waits for nobody. */
async function toStored(tx: Prisma.TransactionClient, at: number): Promise<Date> {
  const [row] = await tx.$queryRaw<{ moment: Date }[]>`
    SELECT clock_timestamp() - ${performance.now() - at}::float8 * interval '1 millisecond' AS "moment"`;
  if (!row) throw new Error("The database did not say what time it is.");
  return row.moment;
}
