import { accountOf } from "@/lib/applicant";
import { DeskError } from "@/lib/errors";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { untilTaken } from "@/server/db/retry";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import type { Adapter } from "@/server/platforms/adapter";
import type { RequestRef } from "@/server/platforms/arrival";
import { PlatformError } from "@/server/platforms/error";
import { toActor } from "./decision";
import { markSent, readOutgoing, type Taken } from "./outbox";
import { toRef } from "./readback";
import { toAnswers } from "./row";
import { handBack, type Settlement, settle } from "./settle";

interface Parts {
  database: Database;
  connections: Connections;
  bus: Bus;
  log: Logger;
}

/** A decision as the sender reads it. */
interface Answer {
  ref: RequestRef;
  verb: "approve" | "deny";
  reason: string;
}

/** Sends one taken decision to its platform and settles it. Holds nothing between two of them. */
export class Sender {
  /**
   * @param signal aborts what is under way: what was not yet sent is handed back.
   * @param graceMs how long a decision waits for a platform that does not answer, before it fails.
   */
  constructor(
    private readonly parts: Parts,
    private readonly signal: AbortSignal,
    private readonly graceMs: number,
  ) {}

  /** @returns how it went, or null when there is nothing to say: handed back, or no longer this instance's. */
  async carryOut({ id, isReady }: Taken): Promise<{ verb: string; settlement: Settlement } | null> {
    const { database, connections, bus } = this.parts;
    const going = await this.persist(() => readOutgoing(database, id));
    if (!going) return null;
    const { verb, requestId, groupId, applicantId } = going;
    const adapter = connections.adapter(going.botId, {
      actor: toActor(going.actor),
      correlationId: going.correlationId,
      capability: "requests.answer",
      requestId,
      decisionId: id,
      groupId,
      personId: accountOf(applicantId),
      target: going.applicantName || applicantId,
      signal: this.signal,
      guard: () => this.fence(id),
    });
    const answer: Answer = {
      ref: toRef(going),
      verb: verb === "approve" ? "approve" : "deny",
      // A reason the platform has no place for stays here, with the decision.
      reason: verb === "deny" && toAnswers(going.answers).takesReason ? going.reason : "",
    };
    const settlement: Settlement | "not_sent" = going.isEnabled
      ? await this.answer(going.botId, adapter, answer, isReady)
      : { state: "failed", error: "bot_disabled" };
    if (settlement === "not_sent") {
      await this.persist(() => handBack(database, id, requestId, bus.instance, true));
      return null;
    }
    const isOurs = await this.persist(() => settle(database, id, settlement, bus.instance));
    return isOurs ? { verb, settlement } : null;
  }

  /** What is known here must reach the database: while it is away, this is tried again, until the desk stops. */
  private persist<T>(write: () => Promise<T>): Promise<T> {
    return untilTaken(this.parts.database, write, this.signal);
  }

  /** A database that does not answer stops the decision here, where nothing has been sent yet. */
  private async fence(decisionId: string): Promise<boolean> {
    const { database, bus, log } = this.parts;
    try {
      return await markSent(database, bus.instance, decisionId);
    } catch (cause) {
      log.warn({ err: cause, decisionId }, "a decision could not be marked as going out; it waits again");
      return false;
    }
  }

  private async answer(
    botId: string,
    adapter: Adapter | null,
    { ref, verb, reason }: Answer,
    mayWait: boolean,
  ): Promise<Settlement | "not_sent"> {
    // Taken while the bot was connected, which has ended since (an edit closes and reopens it): it waits for its return.
    if (!adapter) return mayWait ? "not_sent" : { state: "failed", error: "not_connected" };
    const answer = adapter["requests.answer"];
    if (!answer) return { state: "failed", error: "not_offered" };
    try {
      await answer({ ...ref, verb, reason });
      return { state: "sent" };
    } catch (cause) {
      if (cause instanceof DeskError) return { state: "failed", error: cause.code };
      if (!(cause instanceof PlatformError)) throw cause;
      // The connection was closed (an edit, a stop) or the fence not passed, before anything went out.
      if (!cause.isSent && (cause.code === "shutting_down" || cause.code === "aborted")) return "not_sent";
      if (!cause.isSent && cause.code === "not_connected" && mayWait) return "not_sent";
      const pausedMs = this.parts.connections.pausedMs(botId) ?? 0;
      if (cause.code === "circuit_open" && pausedMs < this.graceMs) return "not_sent";
      return { state: cause.isCertain ? "failed" : "unknown", error: cause.code, platformText: cause.text };
    }
  }
}
