import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import { PlatformError } from "@/server/platforms/error";
import { Loop } from "./loop";
import { hasDue, type Taken, takeDue, takeHeld, untilNextHeld } from "./outbox";
import { checkDecision } from "./readback";
import { reconcile } from "./reconcile";
import { Sender } from "./sender";
import type { Settlement } from "./settle";

/** How many decisions are under way at once over all bots; each bot's own pace comes on top. */
const parallel = 8;
/** The outbox is looked at when the bus says so, when a held decision's time has come, and at least this often, ms: a lost notice costs a second, not a decision. */
const idleMs = 1_000;

/** Of one bot, beyond those it may write at once: the next is made ready meanwhile, and a bot that hangs must not hold up all the others. */
const aheadPerBot = 1;

/**
 * How often a bot is read right after a decision while others of it wait, ms: of many in a row the first is read back at
 * once, the others together when their first planned look is due. A list of thousands of friends for each of a thousand
 * would be haste, too. One that is decided alone is read back at once, however short after another.
 */
const lookGapMs = 1_000;

/** How often decisions of instances that are gone are looked for, ms; while another instance holds some, the shorter. */
const reconcileMs = 15_000;
const reconcileSoonMs = 1_000;

/**
 * How long a decision waits for a bot that has just lost its connection or does not answer, or for one that this start
 * has not connected yet, before it fails, ms. Nothing is lost by waiting, and NapCat dials again after 5 s.
 */
const graceMs = 10_000;

export interface WorkerParts {
  database: Database;
  connections: Connections;
  bus: Bus;
  log: Logger;
  /**
   * Told now and then to take up what instances that are gone have left behind beside decisions. Answers whether that is
   * worth another look soon.
   */
  sweep?: () => Promise<boolean>;
  onSettled?: (verb: string, settlement: Settlement) => void;
}

/**
 * Sends decisions: takes a held row with SKIP LOCKED, answers through the gateway, settles, reads back. Any number of
 * workers may run on one database; a row is taken by one.
 */
export class Worker {
  private readonly running = new Set<Promise<void>>();
  /** Decisions this worker is sending right now, with their bots. */
  private readonly holding = new Map<string, Taken>();
  /** By bot: until then nothing is read right after a decision that others follow. */
  private readonly nextLookAt = new Map<string, number>();
  private readonly abort = new AbortController();
  private readonly loop = new Loop(() => this.look());
  private unsubscribe: (() => void) | null = null;
  private lastLookAt = 0;
  private nextReconcileAt = 0;
  private nextDueAt = 0;
  private startedAt = 0;
  private readonly sender: Sender;

  constructor(private readonly parts: WorkerParts) {
    this.sender = new Sender(parts, this.abort.signal, graceMs);
  }

  start(): void {
    this.startedAt = performance.now();
    this.lastLookAt = Date.now();
    this.unsubscribe = this.parts.bus.subscribe(
      (fact) => {
        // A bot that has connected, or was switched off, may decide what becomes of what waits for it.
        if (fact.topic === "decision" || fact.topic === "bot") this.wake();
      },
      () => this.wake(),
    );
    this.wake();
  }

  /** Did it look at the outbox lately? For /readyz. */
  isAlive(): boolean {
    return !this.loop.isStopped && Date.now() - this.lastLookAt < 10 * idleMs;
  }

  /** Looks at the outbox now. */
  wake(): void {
    this.loop.wake();
  }

  /**
   * Takes nothing more, waits `graceMs` for what is under way, then aborts it: what was not yet sent is handed back as
   * `held`, what was sent without an answer stays open for the next start to read back.
   */
  async stop(graceMs = 2_500): Promise<void> {
    this.unsubscribe?.();
    await this.loop.stop();
    const grace = setTimeout(() => this.abort.abort(new PlatformError("shutting_down", { isSent: false })), graceMs);
    await Promise.all(this.running);
    clearTimeout(grace);
  }

  private async look(): Promise<number> {
    try {
      await this.reconcile();
      while (!this.loop.isStopped && this.holding.size < parallel) {
        const taken = await this.take();
        if (taken === null) break;
        this.holding.set(taken.id, taken);
        this.run(this.send(taken));
      }
      if (this.loop.isStopped) return idleMs;
      await this.lookBack();
      const nextMs = (await untilNextHeld(this.parts.database)) ?? idleMs;
      this.lastLookAt = Date.now();
      // A timer may fire a little early; its look would find the decision still held.
      return Math.min(idleMs, nextMs + 2);
    } catch (cause) {
      this.parts.log.error({ err: cause }, "the outbox could not be read; trying again");
      return idleMs;
    }
  }

  /** Those due for a planned look, together: what they read of one bot is then read once. */
  private async lookBack(): Promise<void> {
    if (performance.now() < this.nextDueAt) return;
    this.nextDueAt = performance.now() + lookGapMs / 2;
    for (const id of await takeDue(this.parts.database, this.answering())) this.run(this.check(id));
  }

  /** Not by its id alone: handed back, it may have been taken again before this is reached. */
  private release(taken: Taken): void {
    if (this.holding.get(taken.id) === taken) this.holding.delete(taken.id);
  }

  /** Here and not on a timer of its own: between two takings, every row of this instance that is not in `holding` was dropped. */
  private async reconcile(): Promise<void> {
    if (performance.now() < this.nextReconcileAt) return;
    const { database, bus, log } = this.parts;
    const found = await reconcile(database, bus, new Set(this.holding.keys()));
    const isSoon = (await this.parts.sweep?.()) === true || found.elsewhere > 0;
    this.nextReconcileAt = performance.now() + (isSoon ? reconcileSoonMs : reconcileMs);
    if (found.handedBack + found.unknown > 0) log.warn(found, "decisions left by a stopped worker were taken up");
  }

  private run(task: Promise<void>): void {
    const tracked = task
      .catch((cause: unknown) =>
        this.parts.log.error({ err: cause }, "a decision could not be worked on; it stays as it is"),
      )
      .finally(() => {
        this.running.delete(tracked);
        this.wake();
      });
    this.running.add(tracked);
  }

  private take(): Promise<Taken | null> {
    const { database, bus, connections } = this.parts;
    const count = new Map<string, number>();
    for (const { botId } of this.holding.values()) count.set(botId, (count.get(botId) ?? 0) + 1);
    // One that has not answered for a while is taken all the same, to fail: the people are told.
    const isTakeable = (id: string) => {
      const pausedMs = connections.pausedMs(id);
      return pausedMs === null || pausedMs >= graceMs;
    };
    const open = this.connected().filter(isTakeable);
    const ready = open.filter((id) => (count.get(id) ?? 0) < connections.writeLimit(id) + aheadPerBot);
    const mayFail = performance.now() - this.startedAt >= graceMs;
    return takeHeld(database, bus.instance, { ready, graceMs: mayFail ? graceMs : null });
  }

  /** The bots that are connected here: only they can be told or asked anything. */
  private connected(): string[] {
    const { connections } = this.parts;
    return connections
      .open()
      .map((bot) => bot.id)
      .filter((id) => connections.isConnected(id));
  }

  /** Those of them that answer: nothing is asked of the others. */
  private answering(): string[] {
    return this.connected().filter((id) => this.parts.connections.pausedMs(id) === null);
  }

  private async send(taken: Taken): Promise<void> {
    // Reading back is no sending any more: it must not keep the bot's next decision waiting.
    const sent = await this.sender.carryOut(taken).finally(() => this.release(taken));
    this.wake();
    if (sent === null) return;
    const { verb, settlement } = sent;
    this.parts.onSettled?.(verb, settlement);
    const isOpen = settlement.state === "sent" || settlement.state === "unknown";
    if (!isOpen) return;
    const isSoon = performance.now() < (this.nextLookAt.get(taken.botId) ?? 0);
    if (isSoon && (await this.hasOther(taken.botId))) return;
    this.nextLookAt.set(taken.botId, performance.now() + lookGapMs);
    await this.check(taken.id);
  }

  /** Is another decision of the bot under way here, or only waiting to be taken? */
  private async hasOther(botId: string): Promise<boolean> {
    if ([...this.holding.values()].some((other) => other.botId === botId)) return true;
    return await hasDue(this.parts.database, botId);
  }

  private async check(decisionId: string): Promise<void> {
    if (this.loop.isStopped) return;
    await checkDecision({ database: this.parts.database, connections: this.parts.connections }, decisionId);
  }
}
