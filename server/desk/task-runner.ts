import type { Recorder } from "@/server/audit/record";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { untilTaken } from "@/server/db/retry";
import type { Connections } from "@/server/gateway/connections";
import { livingInstances } from "@/server/gateway/instance";
import type { Logger } from "@/server/log";
import { PlatformError } from "@/server/platforms/error";
import { Loop } from "./loop";
import type { Rosters } from "./roster";
import { lookBack, untilNextLook } from "./task-look";
import { findLeft, handBackItem, settleItem, type TaskTurn, takeTurn } from "./task-outbox";
import { takeStep } from "./task-step";

/** With nothing to do, ms: a lost notice costs a task so long. */
const idleMs = 5_000;
/** How often what instances that are gone have left is looked for, ms; the shorter while others hold some. */
const reconcileMs = 15_000;
const reconcileSoonMs = 1_000;
/** After an item that had to wait for its bot, the bot is left alone, ms. */
const restMs = 2_000;

interface Parts {
  database: Database;
  connections: Connections;
  recorder: Recorder;
  rosters: Rosters;
  bus: Bus;
  log: Logger;
}

/**
 * Works off tasks, one member at a time of each bot, at the bot's pace. Whoever began one may leave, this instance may be
 * killed, and another goes on where it stood. Any number of runners may work on one database; a member is taken by one.
 */
export class TaskRunner {
  private readonly loop = new Loop(() => this.look());
  private readonly abort = new AbortController();
  /** Under way here, by bot. */
  private readonly holding = new Map<string, TaskTurn>();
  private readonly running = new Set<Promise<void>>();
  /** By bot: until then nothing is taken for it. */
  private readonly restsUntil = new Map<string, number>();
  private unsubscribe: (() => void) | null = null;
  private nextReconcileAt = 0;

  constructor(private readonly parts: Parts) {}

  start(): void {
    this.unsubscribe = this.parts.bus.subscribe(
      (fact) => {
        if (fact.topic === "task" || fact.topic === "bot") this.loop.wake();
      },
      () => this.loop.wake(),
    );
    this.loop.wake();
  }

  /** Takes nothing more, waits `graceMs` for what is under way, then aborts it: what was not sent waits again. */
  async stop(graceMs = 2_500): Promise<void> {
    this.unsubscribe?.();
    await this.loop.stop();
    const grace = setTimeout(() => this.abort.abort(new PlatformError("shutting_down", { isSent: false })), graceMs);
    await Promise.all(this.running);
    clearTimeout(grace);
  }

  private async look(): Promise<number> {
    const { database, connections, log } = this.parts;
    try {
      await this.reconcile();
      const bots = connections
        .open()
        .map(({ id }) => id)
        .filter((id) => connections.isConnected(id) && connections.pausedMs(id) === null);
      for (const botId of bots) await this.take(botId);
      if (this.loop.isStopped) return idleMs;
      await lookBack(this.parts, bots);
      const rests = [...this.restsUntil.values()].map((at) => at - performance.now()).filter((ms) => ms > 0);
      return Math.min(idleMs, ((await untilNextLook(database)) ?? idleMs) + 5, ...rests);
    } catch (cause) {
      log.error({ err: cause }, "tasks could not be worked on; trying again");
      return idleMs;
    }
  }

  private async take(botId: string): Promise<void> {
    const { database, bus } = this.parts;
    if (this.loop.isStopped || this.holding.has(botId)) return;
    if (performance.now() < (this.restsUntil.get(botId) ?? 0)) return;
    const turn = await takeTurn(database, bus.instance, botId);
    if (!turn) return;
    this.holding.set(botId, turn);
    const task = this.work(turn)
      .catch((cause: unknown) => this.parts.log.error({ err: cause, taskId: turn.taskId }, "an item of a task broke"))
      .finally(() => {
        this.holding.delete(botId);
        this.running.delete(task);
        this.loop.wake();
      });
    this.running.add(task);
  }

  private async work(turn: TaskTurn): Promise<void> {
    const { database, bus } = this.parts;
    const { instance } = bus;
    const end = await takeStep(this.parts, turn, instance, this.abort.signal);
    const persist = <T>(write: () => Promise<T>) => untilTaken(database, write, this.abort.signal);
    if (end !== "waits") return void (await persist(() => settleItem(database, turn, instance, end)));
    this.restsUntil.set(turn.botId, performance.now() + restMs);
    await persist(() => handBackItem(database, turn, instance, true));
  }

  /** What nobody works on any more: never sent, it waits again; else it is `unknown`, and is looked up, never sent. */
  private async reconcile(): Promise<void> {
    if (performance.now() < this.nextReconcileAt) return;
    const { database, bus, log } = this.parts;
    const left = await findLeft(database);
    const held = new Set([...this.holding.values()].map(keyOf));
    const living = left.some((item) => !held.has(keyOf(item))) ? await livingInstances(database) : new Set<number>();
    let elsewhere = 0;
    for (const { takenBy, task, ...item } of left) {
      if (held.has(keyOf(item))) continue;
      if (takenBy !== null && takenBy !== bus.instance && living.has(takenBy)) elsewhere += 1;
      else {
        const found = { ...item, botId: task.botId };
        if (!(await handBackItem(database, found, takenBy, false)))
          await settleItem(database, found, takenBy, { state: "unknown", error: "result_unknown" });
        log.warn({ taskId: item.taskId }, "an item of a task left by a stopped desk was taken up");
      }
    }
    this.nextReconcileAt = performance.now() + (elsewhere > 0 ? reconcileSoonMs : reconcileMs);
  }
}

function keyOf({ taskId, userId }: { taskId: string; userId: string }): string {
  return `${taskId} ${userId}`;
}
