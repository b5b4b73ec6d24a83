import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { untilTaken } from "@/server/db/retry";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import type { Adapter, RequestRef } from "@/server/platforms/adapter";
import { PlatformError } from "@/server/platforms/error";
import { toActor } from "./decision";
import { moveRequest } from "./move";
import { checkDecision, toRef } from "./readback";
import { reconcile } from "./reconcile";
import { handBack, type Settlement, settle } from "./settle";

/** How many decisions are under way at once over all bots; each bot's own pace comes on top. */
const parallel = 8;
/** The outbox is looked at when the bus says so, and at least this often, ms: a lost notice costs a second, not a decision. */
const idleMs = 1_000;

/** Of one bot: its writes go one at a time anyway, and a bot that hangs must not hold up all the others. */
const parallelPerBot = 2;

/** How often decisions of instances that are gone are looked for, ms; while another instance holds some, the shorter. */
const reconcileMs = 15_000;
const reconcileSoonMs = 1_000;

/**
 * How long a decision waits for a bot that has just lost its connection, or for one that this start has not connected
 * yet, before it fails as not connected, ms. Nothing is lost by waiting, and NapCat dials again after 5 s.
 */
const graceMs = 10_000;

export interface WorkerParts {
  database: Database;
  connections: Connections;
  bus: Bus;
  log: Logger;
  /** Told now and then to forget what instances that are gone have left behind beside decisions. */
  sweep?: () => Promise<void>;
  onSettled?: (verb: string, settlement: Settlement) => void;
}

/**
 * Sends decisions: takes a held row with SKIP LOCKED, answers through the gateway, settles, reads back. Any number of
 * workers may run on one database; a row is taken by one.
 */
export class Worker {
  private readonly running = new Set<Promise<void>>();
  /** Decisions this worker is sending right now, with their bots. */
  private readonly holding = new Map<string, { id: string; botId: string }>();
  private readonly abort = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private unsubscribe: (() => void) | null = null;
  private looking: Promise<void> | null = null;
  private isAskedAgain = false;
  private isStopped = false;
  private lastLookAt = 0;
  private nextReconcileAt = 0;
  private startedAt = 0;

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    this.startedAt = performance.now();
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
    return !this.isStopped && Date.now() - this.lastLookAt < 10 * idleMs;
  }

  /** Looks at the outbox now. */
  wake(): void {
    if (this.isStopped) return;
    if (this.looking) {
      this.isAskedAgain = true;
      return;
    }
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.looking = this.look().finally(() => {
      this.looking = null;
      if (this.isStopped) return;
      if (this.isAskedAgain) {
        this.isAskedAgain = false;
        this.wake();
      } else this.timer = setTimeout(() => this.wake(), idleMs);
    });
  }

  /**
   * Takes nothing more, waits `graceMs` for what is under way, then aborts it: what was not yet sent is handed back as
   * `held`, what was sent without an answer stays open for the next start to read back.
   */
  async stop(graceMs = 2_500): Promise<void> {
    this.isStopped = true;
    this.unsubscribe?.();
    if (this.timer) clearTimeout(this.timer);
    await this.looking;
    const grace = setTimeout(() => this.abort.abort(new PlatformError("shutting_down", { isSent: false })), graceMs);
    await Promise.all(this.running);
    clearTimeout(grace);
  }

  private async look(): Promise<void> {
    try {
      await this.reconcile();
      while (!this.isStopped && this.running.size < parallel) {
        const taken = await this.take();
        if (taken === null) break;
        this.holding.set(taken.id, taken);
        this.run(this.send(taken.id).finally(() => this.release(taken)));
      }
      for (const id of await this.takeChecks()) this.run(this.check(id));
      this.lastLookAt = Date.now();
    } catch (cause) {
      this.parts.log.error({ err: cause }, "the outbox could not be read; trying again");
    }
  }

  /** Not by its id alone: handed back, it may have been taken again before this is reached. */
  private release(taken: { id: string }): void {
    if (this.holding.get(taken.id) === taken) this.holding.delete(taken.id);
  }

  /** Here and not on a timer of its own: between two takings, every row of this instance that is not in `holding` was dropped. */
  private async reconcile(): Promise<void> {
    if (performance.now() < this.nextReconcileAt) return;
    const { database, bus, log } = this.parts;
    const found = await reconcile(database, bus, new Set(this.holding.keys()));
    this.nextReconcileAt = performance.now() + (found.elsewhere > 0 ? reconcileSoonMs : reconcileMs);
    await this.parts.sweep?.();
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

  /**
   * One held row becomes `sending` under this instance's number, together with its request. Of the bots connected here,
   * and of those that nobody is connected to any more: the latter so that the operator is told. One that another
   * instance is connected to is left to that instance.
   */
  private async take(): Promise<{ id: string; botId: string } | null> {
    const { database, bus, connections } = this.parts;
    const mayFail = performance.now() - this.startedAt >= graceMs;
    const count = new Map<string, number>();
    for (const { botId } of this.holding.values()) count.set(botId, (count.get(botId) ?? 0) + 1);
    const open = connections.open().filter((bot) => connections.isConnected(bot.id));
    const ready = open.map((bot) => bot.id).filter((id) => (count.get(id) ?? 0) < parallelPerBot);
    return await database.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ id: string; requestId: string }[]>`
        UPDATE "Decision" SET "state" = 'sending', "takenBy" = ${bus.instance}::int, "takenAt" = clock_timestamp()
        WHERE "id" = (
          SELECT d."id" FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId" JOIN "Bot" b ON b."id" = r."botId"
          WHERE d."state" = 'held' AND d."heldUntil" <= statement_timestamp() AND (
            b."id" = ANY(${ready}::uuid[]) OR NOT b."isEnabled" OR (
              ${mayFail}::boolean AND NOT b."isConnected"
              AND COALESCE(b."connectedAt", '-infinity') < clock_timestamp() - ${graceMs}::int * interval '1 millisecond'
            )
          )
          ORDER BY d."heldUntil", d."id" FOR UPDATE OF d SKIP LOCKED LIMIT 1
        ) RETURNING "id", "requestId"`;
      const taken = rows[0];
      if (!taken) return null;
      await moveRequest(tx, taken.requestId, ["held"], "sending");
      const request = await tx.request.findUniqueOrThrow({ where: { id: taken.requestId }, select: { botId: true } });
      return { id: taken.id, botId: request.botId };
    });
  }

  /**
   * Decisions due for a look, of bots that are connected here: only they can be asked. Their next look is moved on at
   * once, so that two workers do not look together.
   */
  private async takeChecks(): Promise<string[]> {
    const { database, connections } = this.parts;
    const open = connections.open().filter((bot) => connections.isConnected(bot.id));
    if (this.isStopped || open.length === 0) return [];
    const rows = await database.$queryRaw<{ id: string }[]>`
      UPDATE "Decision" SET "checkAt" = clock_timestamp() + interval '1 minute'
      WHERE "id" IN (
        SELECT d."id" FROM "Decision" d JOIN "Request" r ON r."id" = d."requestId"
        WHERE d."state" IN ('sent', 'unknown') AND d."checkAt" <= statement_timestamp()
          AND r."botId" = ANY(${open.map((bot) => bot.id)}::uuid[])
        ORDER BY d."checkAt" FOR UPDATE OF d SKIP LOCKED LIMIT 4
      ) RETURNING "id"`;
    return rows.map((row) => row.id);
  }

  private async send(decisionId: string): Promise<void> {
    const { database, connections, bus, onSettled } = this.parts;
    const decision = await this.persist(() =>
      database.decision.findUnique({
        where: { id: decisionId },
        include: { request: { include: { bot: { select: { isEnabled: true } } } } },
      }),
    );
    // Removed with its bot.
    if (!decision) return;
    const { request } = decision;
    const ref = toRef(request);
    const actor: Actor = toActor(decision.actor);
    const adapter = connections.adapter(request.botId, {
      actor,
      correlationId: decision.correlationId,
      capability: "requests.answer",
      requestId: request.id,
      decisionId: decision.id,
      groupId: request.groupId,
      personId: request.applicantId,
      target: request.applicantName || request.applicantId,
      signal: this.abort.signal,
      guard: () => this.fence(decision.id),
    });
    const settlement: Settlement | "not_sent" = request.bot.isEnabled
      ? await this.answer(adapter, ref, decision.verb, decision.reason)
      : { state: "failed", error: "bot_disabled" };
    if (settlement === "not_sent") {
      await this.persist(() => handBack(database, decision.id, request.id, bus.instance, true));
      return;
    }
    const isOurs = await this.persist(() => settle(database, decision.id, settlement, bus.instance));
    if (!isOurs) return;
    onSettled?.(decision.verb, settlement);
    if (settlement.state === "sent" || settlement.state === "unknown") await this.check(decision.id);
  }

  /** What is known here must reach the database: while it is away, this is tried again, until the desk stops. */
  private persist<T>(write: () => Promise<T>): Promise<T> {
    return untilTaken(this.parts.database, write, this.abort.signal);
  }

  /**
   * Marks the decision as going out, if it still is this instance's: of two that believe to hold it, one may pass.
   * A database that does not answer stops it here, where nothing has been sent yet.
   */
  private async fence(decisionId: string): Promise<boolean> {
    const { database, bus, log } = this.parts;
    try {
      const count = await database.$executeRaw`
        UPDATE "Decision" SET "sentAt" = clock_timestamp()
        WHERE "id" = ${decisionId}::uuid AND "state" = 'sending' AND "takenBy" = ${bus.instance}::int AND "sentAt" IS NULL`;
      return count === 1;
    } catch (cause) {
      log.warn({ err: cause, decisionId }, "a decision could not be marked as going out; it waits again");
      return false;
    }
  }

  private async answer(
    adapter: Adapter | null,
    ref: RequestRef,
    verb: string,
    reason: string,
  ): Promise<Settlement | "not_sent"> {
    const answer = adapter?.["requests.answer"];
    if (!answer) return { state: "failed", error: "not_connected" };
    try {
      await answer({ ...ref, verb: verb === "approve" ? "approve" : "deny", reason });
      return { state: "sent" };
    } catch (cause) {
      if (cause instanceof DeskError) return { state: "failed", error: cause.code };
      if (!(cause instanceof PlatformError)) throw cause;
      // The connection was closed (an edit, a stop) or the fence not passed, before anything went out.
      if (!cause.isSent && (cause.code === "shutting_down" || cause.code === "aborted")) return "not_sent";
      return { state: cause.isCertain ? "failed" : "unknown", error: cause.code, platformText: cause.text };
    }
  }

  private async check(decisionId: string): Promise<void> {
    if (this.isStopped) return;
    await checkDecision({ database: this.parts.database, connections: this.parts.connections }, decisionId);
  }
}
