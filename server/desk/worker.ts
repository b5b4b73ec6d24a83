import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
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

/** How often decisions of instances that are gone are looked for, ms. */
const reconcileMs = 15_000;

export interface WorkerParts {
  database: Database;
  connections: Connections;
  bus: Bus;
  log: Logger;
  onSettled?: (verb: string, settlement: Settlement) => void;
}

/**
 * Sends decisions: takes a held row with SKIP LOCKED, answers through the gateway, settles, reads back. Any number of
 * workers may run on one database; a row is taken by one.
 */
export class Worker {
  private readonly running = new Set<Promise<void>>();
  /** Decisions this worker is sending right now. */
  private readonly holding = new Set<string>();
  private readonly abort = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private unsubscribe: (() => void) | null = null;
  private looking: Promise<void> | null = null;
  private isAskedAgain = false;
  private isStopped = false;
  private lastLookAt = 0;
  private nextReconcileAt = 0;

  constructor(private readonly parts: WorkerParts) {}

  start(): void {
    this.unsubscribe = this.parts.bus.subscribe(
      (fact) => {
        if (fact.topic === "decision") this.wake();
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
        const id = await this.take();
        if (id === null) break;
        this.holding.add(id);
        this.run(this.send(id).finally(() => this.holding.delete(id)));
      }
      for (const id of await this.takeChecks()) this.run(this.check(id));
      this.lastLookAt = Date.now();
    } catch (cause) {
      this.parts.log.error({ err: cause }, "the outbox could not be read; trying again");
    }
  }

  /** Here and not on a timer of its own: between two takings, every row of this instance that is not in `holding` was dropped. */
  private async reconcile(): Promise<void> {
    if (Date.now() < this.nextReconcileAt) return;
    const { database, bus, log } = this.parts;
    const found = await reconcile(database, bus, this.holding);
    this.nextReconcileAt = Date.now() + reconcileMs;
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

  /** One held row becomes `sending` under this instance's number, together with its request. */
  private async take(): Promise<string | null> {
    const { database, bus } = this.parts;
    return await database.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ id: string; requestId: string }[]>`
        UPDATE "Decision" SET "state" = 'sending', "takenBy" = ${bus.instance}, "takenAt" = now()
        WHERE "id" = (
          SELECT "id" FROM "Decision" WHERE "state" = 'held' AND "heldUntil" <= now()
          ORDER BY "heldUntil", "id" FOR UPDATE SKIP LOCKED LIMIT 1
        ) RETURNING "id", "requestId"`;
      const taken = rows[0];
      if (!taken) return null;
      await moveRequest(tx, taken.requestId, ["held"], "sending");
      return taken.id;
    });
  }

  /** Decisions due for a look. Their next look is moved on at once, so that two workers do not look together. */
  private async takeChecks(): Promise<string[]> {
    if (this.isStopped) return [];
    const rows = await this.parts.database.$queryRaw<{ id: string }[]>`
      UPDATE "Decision" SET "checkAt" = now() + interval '1 minute'
      WHERE "id" IN (
        SELECT "id" FROM "Decision" WHERE "state" IN ('sent', 'unknown') AND "checkAt" <= now()
        ORDER BY "checkAt" FOR UPDATE SKIP LOCKED LIMIT 4
      ) RETURNING "id"`;
    return rows.map((row) => row.id);
  }

  private async send(decisionId: string): Promise<void> {
    const { database, connections, bus, onSettled } = this.parts;
    const decision = await database.decision.findUniqueOrThrow({
      where: { id: decisionId },
      include: { request: true },
    });
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
    const settlement = await this.answer(adapter, ref, decision.verb, decision.reason);
    if (settlement === "not_sent") {
      await handBack(database, decision.id, request.id, bus.instance);
      return;
    }
    const isOurs = await settle(database, decision.id, settlement, bus.instance);
    if (!isOurs) return;
    onSettled?.(decision.verb, settlement);
    if (settlement.state === "sent" || settlement.state === "unknown") await this.check(decision.id);
  }

  /** Marks the decision as going out, if it still is this instance's: of two that believe to hold it, one may pass. */
  private async fence(decisionId: string): Promise<boolean> {
    const { count } = await this.parts.database.decision.updateMany({
      where: { id: decisionId, state: "sending", takenBy: this.parts.bus.instance, sentAt: null },
      data: { sentAt: new Date() },
    });
    return count === 1;
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
      if (!cause.isSent && (cause.code === "shutting_down" || (this.isStopped && cause.code === "aborted")))
        return "not_sent";
      return { state: cause.isCertain ? "failed" : "unknown", error: cause.code, platformText: cause.text };
    }
  }

  private async check(decisionId: string): Promise<void> {
    if (this.isStopped) return;
    await checkDecision({ database: this.parts.database, connections: this.parts.connections }, decisionId);
  }
}
