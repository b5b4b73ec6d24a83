import { v7 as uuid } from "uuid";
import type { BotEventCode } from "@/lib/bot-events";
import type { ErrorCode } from "@/lib/errors";
import type { Fact } from "@/lib/live";
import { redact } from "@/server/audit/redact";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Logger } from "@/server/log";
import type { CallReport } from "./invoke";

/** Codes that say the bot itself cannot act; a refused request says nothing about the bot. */
const disabling: ReadonlySet<ErrorCode> = new Set([
  "token_rejected",
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

/** How long an unchanged truth may wait before its time is written again, ms: a busy bot must not write a row a call. */
const refreshMs = 10_000;

/**
 * Keeps the three truths of each bot (connected, account online, able to act) and its log, in the database, so that
 * every instance and every restart shows the same. Writes of one bot happen in the order they were told.
 */
export class Truths {
  private readonly queues = new Map<string, Promise<void>>();
  private readonly known = new Map<
    string,
    { connected?: boolean; online?: boolean | null; able?: boolean; eventAt: number; actAt: number }
  >();

  constructor(
    private readonly database: Database,
    private readonly publish: (fact: Fact) => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** The socket is up, or not. A drop says nothing about the account, so `online` becomes unknown. */
  connected(botId: string, isConnected: boolean, error: ErrorCode | null = null): void {
    const known = this.of(botId);
    if (known.connected === isConnected && error === null) return;
    const changed = known.connected !== isConnected;
    known.connected = isConnected;
    if (!isConnected) known.online = null;
    const now = new Date();
    this.write(botId, {
      ...(changed ? { isConnected, connectedAt: now } : {}),
      ...(isConnected ? {} : { isOnline: null, onlineAt: now }),
      ...(error ? { lastError: error, lastErrorAt: now } : {}),
    });
  }

  /** What the platform says of the account itself. */
  online(botId: string, isOnline: boolean): void {
    const known = this.of(botId);
    if (known.online === isOnline) return;
    known.online = isOnline;
    this.write(botId, { isOnline, onlineAt: new Date() });
  }

  /** The account the platform says it is. */
  account(botId: string, accountId: string, nickname: string | null): void {
    this.write(botId, { accountId, ...(nickname === null ? {} : { nickname }) });
  }

  /** Something arrived from the platform. */
  event(botId: string): void {
    const known = this.of(botId);
    const now = Date.now();
    if (now - known.eventAt < refreshMs) return;
    known.eventAt = now;
    this.write(botId, { lastEventAt: new Date(now) });
  }

  /** A call ended: the proof that the bot is able to act, or that it is not. */
  call(report: CallReport): void {
    const known = this.of(report.botId);
    const now = Date.now();
    if (report.outcome === "OK") {
      if (known.able === true && now - known.actAt < refreshMs) return;
      const changed = known.able !== true;
      known.able = true;
      known.actAt = now;
      this.write(report.botId, {
        ...(changed ? { isAble: true, ableAt: new Date(now) } : {}),
        lastActAt: new Date(now),
        lastActMs: Math.round(report.durationMs),
      });
    } else if (report.error !== null && disabling.has(report.error)) {
      const changed = known.able !== false;
      known.able = false;
      this.write(report.botId, {
        ...(changed ? { isAble: false, ableAt: new Date(now) } : {}),
        lastError: report.error,
        lastErrorAt: new Date(now),
      });
    }
  }

  /** A line of the bot's log. `detail` is redacted; texts in it are cut by `redact`. */
  note(
    botId: string,
    level: "info" | "warn" | "error",
    code: BotEventCode,
    detail: Record<string, unknown> = {},
  ): void {
    this.enqueue(botId, async () => {
      // `redact` of an object is an object of JSON values.
      const clean = redact(detail) as Prisma.InputJsonObject;
      await this.database.botEvent.create({ data: { id: uuid(), botId, level, code, detail: clean } });
      await this.tell(botId);
    });
  }

  /** Forgets a bot that was removed or reopened, so that the next connection is written in full. */
  forget(botId: string): void {
    this.known.delete(botId);
  }

  /** Waits until everything told so far is written. */
  async flush(): Promise<void> {
    await Promise.all(this.queues.values());
  }

  private of(botId: string) {
    let known = this.known.get(botId);
    if (!known) {
      known = { eventAt: 0, actAt: 0 };
      this.known.set(botId, known);
    }
    return known;
  }

  private write(botId: string, data: Prisma.BotUpdateManyMutationInput): void {
    this.enqueue(botId, async () => {
      await this.database.bot.updateMany({ where: { id: botId }, data });
      await this.tell(botId);
    });
  }

  private async tell(botId: string): Promise<void> {
    await this.publish({ topic: "bot", id: botId, botId, version: 0 });
  }

  private enqueue(botId: string, task: () => Promise<void>): void {
    const before = this.queues.get(botId) ?? Promise.resolve();
    const next = before.then(task).catch((cause: unknown) => {
      this.log.warn({ err: cause, botId }, "a bot's state could not be written");
    });
    this.queues.set(botId, next);
    void next.finally(() => {
      if (this.queues.get(botId) === next) this.queues.delete(botId);
    });
  }
}
