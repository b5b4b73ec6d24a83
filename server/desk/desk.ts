import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { v7 as uuid } from "uuid";
import type { WebSocket } from "ws";
import type { PaceSettings } from "@/lib/pace";
import { Recorder } from "@/server/audit/record";
import { createSealer, type Sealer } from "@/server/auth/seal";
import type { Config } from "@/server/config";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { untilTaken } from "@/server/db/retry";
import { Connections } from "@/server/gateway/connections";
import { type CallReport, Door } from "@/server/gateway/invoke";
import type { BotIdentity } from "@/server/gateway/live";
import { askHolders, Truths } from "@/server/gateway/truth";
import type { Logger } from "@/server/log";
import type { Inbound } from "@/server/platforms/arrival";
import type { Clock } from "@/server/platforms/clock";
import { AuditExports } from "./audit-export";
import { BatchRunner } from "./batch-runner";
import { Chats } from "./chats";
import { GroupReadings } from "./group-reading";
import { housekeep, housekeepingMs } from "./housekeeping";
import { takeInbound } from "./inbound";
import { Inbox } from "./inbox";
import { MediaAddresses } from "./media";
import { MemberNews } from "./member-news";
import { MemberPresences } from "./member-presence";
import { nameArrivals } from "./naming";
import { Places } from "./place";
import { Poller } from "./poll";
import { Presences } from "./presence";
import { Rosters } from "./roster";
import { SealedAnswers } from "./sealed-answer";
import type { Settlement } from "./settle";
import { TaskRunner } from "./task-runner";
import { Uploads } from "./upload";
import { Worker } from "./worker";

export interface DeskOptions {
  database: Database;
  config: Config;
  bus: Bus;
  log: Logger;
  /** Each call to a platform, for metrics. */
  onCall?: (call: CallReport) => void;
  /** Each decision that was sent, for metrics. */
  onSettled?: (verb: string, settlement: Settlement) => void;
  /** Instead of each bot's own. */
  pace?: Partial<PaceSettings>;
  pollMs?: number;
  /** By which the pauses of platforms that do not answer are measured; tests move it by hand. */
  clock?: Clock;
}

/** The running desk of this instance: connections, worker, polling, record. Everything the API delegates to hangs here. */
export class Desk {
  readonly database: Database;
  readonly config: Config;
  readonly bus: Bus;
  readonly log: Logger;
  readonly sealer: Sealer;
  readonly recorder: Recorder;
  /** Files on their way to a platform. */
  readonly uploads: Uploads;
  /** Addresses of the desk's own for what lies on the platforms. */
  readonly media: MediaAddresses;
  readonly exports: AuditExports;
  /** For the live streams of each operator. */
  readonly streams = new Places();
  /** What operators have called and not yet looked at. */
  readonly sealed = new SealedAnswers();
  readonly connections: Connections;
  readonly worker: Worker;
  readonly poller: Poller;
  readonly presences: Presences;
  readonly rosters: Rosters;
  readonly groupReadings: GroupReadings;
  readonly chats: Chats;
  readonly memberPresences: MemberPresences;
  private readonly batches: BatchRunner;
  private readonly tasks: TaskRunner;
  private readonly memberNews: MemberNews;
  private readonly truths: Truths;
  private readonly inbox: Inbox<BotIdentity>;
  private readonly naming = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private unsubscribe: (() => void) | null = null;
  private cleaning: NodeJS.Timeout | null = null;
  private cleaned: Promise<void> = Promise.resolve();

  constructor(options: DeskOptions) {
    const { database, config, bus, log } = options;
    this.database = database;
    this.config = config;
    this.bus = bus;
    this.log = log;
    this.sealer = createSealer(config.secret);
    this.media = new MediaAddresses(config.secret);
    this.recorder = new Recorder(database, log, (id, botId) => bus.publish({ topic: "audit", id, botId, version: 1 }));
    this.uploads = new Uploads({ database, recorder: this.recorder, log, dataDir: config.dataDir });
    this.exports = new AuditExports({ database, recorder: this.recorder });
    this.inbox = new Inbox(
      (bot, inbound) => this.store(bot, inbound),
      (bot) => log.error({ botId: bot.id }, "too many events wait: further ones are left out until some are stored"),
    );
    this.truths = new Truths(database, (fact) => bus.publish(fact), log, bus.instance);
    const door = new Door(this.recorder, log, (call) => {
      this.truths.call(call);
      options.onCall?.(call);
    });
    this.connections = new Connections({
      database,
      sealer: this.sealer,
      log,
      door,
      truths: this.truths,
      instance: bus.instance,
      events: { inbound: (bot, inbound) => this.hear(bot, inbound), connected: (bot) => this.connected(bot) },
      ...(options.pace ? { pace: options.pace } : {}),
      clock: options.clock,
    });
    this.poller = new Poller({ database, connections: this.connections, truths: this.truths, log }, options.pollMs);
    this.presences = new Presences(database, log);
    this.rosters = new Rosters({ database, connections: this.connections, log });
    this.groupReadings = new GroupReadings({ database, connections: this.connections, log });
    this.chats = new Chats({
      ...{ database, connections: this.connections, bus, log, media: this.media, uploads: this.uploads },
    });
    this.memberNews = new MemberNews(database);
    this.memberPresences = new MemberPresences({ database, connections: this.connections, log });
    this.tasks = new TaskRunner({
      ...{ database, connections: this.connections, recorder: this.recorder, rosters: this.rosters, bus, log },
    });
    this.batches = new BatchRunner({ database, recorder: this.recorder, bus, log });
    this.worker = new Worker({
      database,
      connections: this.connections,
      bus,
      log,
      sweep: async () => {
        await this.truths.sweep();
        await this.connections.takeOver();
        return await this.chats.sweep();
      },
      ...(options.onSettled ? { onSettled: options.onSettled } : {}),
    });
  }

  /** Opens the bots and starts the worker and the polling. */
  async start(): Promise<void> {
    // A crash cannot write that it disconnected.
    await this.truths.sweep();
    this.unsubscribe = this.bus.subscribe(
      (fact) => {
        // Version 0 is a change of state, anything above a change of settings.
        if (fact.topic === "bot" && fact.version > 0) void this.connections.refresh(fact.botId);
        if (fact.topic === "bot" && fact.version === askHolders) this.truths.restate(fact.botId);
      },
      () => {
        this.connections.refreshAll().catch((cause: unknown) => this.log.error({ err: cause }, "bots not refreshed"));
      },
    );
    await this.connections.start();
    this.worker.start();
    this.poller.start();
    this.presences.start();
    this.batches.start();
    this.tasks.start();
    this.uploads.start();
    this.clean();
    this.cleaning = setInterval(() => this.clean(), housekeepingMs);
  }

  /** Finishes or hands back what is under way, then closes the bots. */
  async stop(): Promise<void> {
    this.unsubscribe?.();
    if (this.cleaning) clearInterval(this.cleaning);
    this.stopping.abort();
    this.uploads.stop();
    this.sealed.clear();
    await Promise.all([
      this.worker.stop(),
      this.poller.stop(),
      this.presences.stop(),
      this.batches.stop(),
      this.tasks.stop(),
    ]);
    await this.connections.stop();
    const readers = [this.rosters, this.groupReadings, this.memberPresences, this.chats];
    await Promise.all(readers.map((each) => each.stop()));
    await Promise.all([this.inbox.drain(), this.cleaned, ...this.naming.values()]);
  }

  /** What /readyz asks: the names of the parts that are not working. */
  missing(): string[] {
    return [...(this.worker.isAlive() ? [] : ["worker"]), ...(this.bus.isAlive() ? [] : ["bus"])];
  }

  /** One click, one id: everything it causes carries it. */
  correlation(): string {
    return uuid();
  }

  refuseSocket(botId: string, headers: IncomingHttpHeaders): number | null {
    return this.connections.refuseSocket(botId, headers);
  }

  acceptSocket(botId: string, socket: WebSocket, request: IncomingMessage): boolean {
    return this.connections.acceptSocket(botId, socket, request);
  }

  acceptPost(botId: string, headers: IncomingHttpHeaders, body: Buffer): { status: number; body?: string } {
    return this.connections.acceptPost(botId, headers, body);
  }

  private hear(bot: BotIdentity, inbound: Inbound): void {
    if (!this.chats.hear(bot, inbound)) this.inbox.put(bot, inbound);
  }

  /**
   * A push comes once: while the database is away, it is kept in memory and tried again until the desk stops. One that
   * the database refuses (its bot was removed) is given up soon, for the arrivals behind it wait.
   */
  private async store(bot: BotIdentity, inbound: Inbound): Promise<void> {
    const { database, truths, memberNews } = this;
    // Not awaited: what is pushed meanwhile must not wait for the lists.
    if (inbound.type === "requests_changed") void this.poller.catchUp(bot);
    try {
      const take = () => takeInbound({ database, truths, memberNews }, bot, inbound);
      if (await untilTaken(database, take, this.stopping.signal)) this.name(bot);
    } catch (cause) {
      this.log.error({ err: cause, botId: bot.id, type: inbound.type }, "an event could not be stored and is lost");
    }
  }

  private clean(): void {
    this.cleaned = housekeep(this.database).then(
      (removed) => this.log.debug(removed, "old sessions, throttles, messages and tasks removed"),
      (cause: unknown) => this.log.warn({ err: cause }, "old rows could not be removed; tried again in an hour"),
    );
  }

  /** Beside the inbox and not in it: looking up a name must not hold up the next arrival. */
  private name(bot: BotIdentity): void {
    const before = this.naming.get(bot.id) ?? Promise.resolve();
    const task = before
      .then(() => nameArrivals(this.database, this.connections, bot.id))
      .catch((cause: unknown) => this.log.warn({ err: cause, botId: bot.id }, "names could not be looked up"));
    this.naming.set(bot.id, task);
    void task.finally(() => {
      if (this.naming.get(bot.id) === task) this.naming.delete(bot.id);
    });
  }

  /** A fresh connection: what was missed is fetched, and open decisions are looked at again. */
  private connected(bot: BotIdentity): void {
    this.chats.forget(bot);
    void this.poller.catchUp(bot);
    const plan = () => this.database.$executeRaw`
      UPDATE "Decision" d SET "checkAt" = clock_timestamp() FROM "Request" r
      WHERE r."id" = d."requestId" AND r."botId" = ${bot.id}::uuid
        AND d."state" IN ('sent', 'unknown') AND d."checkAt" IS NOT NULL`;
    untilTaken(this.database, plan, this.stopping.signal)
      .then(() => this.worker.wake())
      .catch((cause: unknown) =>
        this.log.warn({ err: cause, botId: bot.id }, "open decisions could not be planned for a look"),
      );
  }
}

export function createDesk(options: DeskOptions): Desk {
  return new Desk(options);
}
