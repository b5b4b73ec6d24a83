import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { Risk } from "@/lib/risk";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { untilTaken } from "@/server/db/retry";
import type { Logger } from "@/server/log";
import { appendEvent, appendOutcome, type EventRow, insertEvents, insertOutcomes, type OutcomeRow } from "./append";
import { toLine, toLines } from "./line";
import { redact } from "./redact";
import { countRepeat, lockKind, type RefusalKind, type Repeat } from "./repeat";

/** How long an outcome waits for a database that is away, ms: longer than a restart, shorter than a caller's patience. */
const patienceMs = 5_000;

/** A busy database is waited for as long: what cannot be recorded is an error to whoever is refused. */
const patient = { maxWait: patienceMs, timeout: patienceMs } as const;

/** What is about to happen. Ids of platforms are strings; `input` is redacted here. */
export interface EventInput {
  correlationId: string;
  actor: Actor;
  /** A tRPC procedure (`requests.decide`), a capability (`requests.answer`) or `auth.signIn` and the like. */
  action: string;
  risk: Risk;
  botId?: string | null;
  botName?: string | null;
  platform?: string | null;
  endpoint?: string | null;
  capability?: string | null;
  requestId?: string | null;
  decisionId?: string | null;
  groupId?: string | null;
  personId?: string | null;
  target?: string | null;
  input?: unknown;
  /** Dotted paths inside `input` that a catalogue row declares secret. */
  secrets?: readonly string[];
}

/** How it ended. `error` is a closed code, `platformText` the platform's own words. */
export interface OutcomeInput {
  outcome: "OK" | "FAILED" | "UNKNOWN" | "DENIED";
  error?: ErrorCode | null;
  platformText?: string | null;
  before?: unknown;
  after?: unknown;
  hasDrift?: boolean;
}

/** An event that was begun and has to be settled. */
export interface OpenEvent {
  id: string;
  botId: string | null;
  /** performance.now() at the beginning, for the duration. */
  startedAt: number;
}

interface End {
  event: OpenEvent;
  outcome: OutcomeInput;
}

/**
 * The record's only writer. `begin` before the act, `settle` after it, `refuse` instead of both. Event and outcome are
 * two rows, because the tables refuse every UPDATE.
 */
export class Recorder {
  /** @param announce tells open screens that the record grew; its failure never harms the record. */
  constructor(
    private readonly database: Database,
    private readonly log: Logger,
    private readonly announce: (eventId: string, botId: string | null) => Promise<void> = async () => {},
  ) {}

  /** Writes the event. No row, no act: throws DeskError `not_recorded` when it could not be written. */
  async begin(event: EventInput): Promise<OpenEvent> {
    const open = { id: uuid(), botId: event.botId ?? null, startedAt: performance.now() };
    try {
      await appendEvent(this.database, toRow(open.id, event));
    } catch (cause) {
      this.log.error({ err: cause, action: event.action }, "audit event could not be written; the act was refused");
      throw new DeskError("not_recorded", {}, { cause });
    }
    return open;
  }

  /** `begin` of several acts at once: all are written, or none, and `not_recorded` is thrown. */
  async beginAll(events: readonly EventInput[]): Promise<OpenEvent[]> {
    const startedAt = performance.now();
    const opened = events.map((event) => ({ id: uuid(), botId: event.botId ?? null, startedAt, event }));
    try {
      if (opened.length > 0)
        await insertEvents(
          this.database,
          opened.map(({ id, event }) => toRow(id, event)),
        );
    } catch (cause) {
      this.log.error({ err: cause }, "audit events could not be written; the acts were refused");
      throw new DeskError("not_recorded", {}, { cause });
    }
    return opened.map(({ id, botId }) => ({ id, botId, startedAt }));
  }

  /** Writes how it ended, through a short absence of the database. Never throws: what happened has happened, and the caller reports the true result. */
  async settle(event: OpenEvent, outcome: OutcomeInput): Promise<void> {
    const row = toOutcome(event, outcome);
    await this.end([{ event, outcome }], () => appendOutcome(this.database, row));
  }

  /** `settle` of several at once. Of many about one bot the screens are told once. */
  async settleAll(ends: readonly End[]): Promise<void> {
    if (ends.length === 0) return;
    const rows = ends.map(({ event, outcome }) => toOutcome(event, outcome));
    await this.end(ends, () => insertOutcomes(this.database, rows));
  }

  private async end(ends: readonly End[], write: () => Promise<void>): Promise<void> {
    try {
      await untilTaken(this.database, write, AbortSignal.timeout(patienceMs));
    } catch (cause) {
      for (const { event, outcome } of ends) {
        this.log.error(
          { err: cause, eventId: event.id, outcome: outcome.outcome },
          "AUDIT OUTCOME LOST: it could not be written",
        );
      }
    }
    for (const event of new Map(ends.map(({ event }) => [event.botId, event])).values()) this.tell(event);
  }

  /**
   * A refusal: event and outcome DENIED in one transaction, or, within a minute of the first of its kind, a count of that
   * one. Throws `not_recorded` when it could not be written.
   */
  async refuse(event: EventInput, error: ErrorCode): Promise<void> {
    const startedAt = performance.now();
    const row = toRow(uuid(), event);
    const kind = { ...row, error } satisfies RefusalKind;
    const repeat = row satisfies Repeat;
    try {
      const first =
        (await countRepeat(this.database, kind, repeat)) ??
        (await this.database.$transaction(async (tx) => {
          const at = await lockKind(tx, kind);
          const already = await countRepeat(tx, kind, repeat);
          if (already !== null) return already;
          // Its place in time is that of `at`.
          const id = uuid({ msecs: at.getTime() });
          await insertEvents(tx, [{ ...row, id, at }]);
          const open = { id, botId: row.botId, startedAt };
          await insertOutcomes(tx, [{ ...toOutcome(open, { outcome: "DENIED", error }), at }]);
          return id;
        }, patient));
      this.tell({ id: first, botId: row.botId });
    } catch (cause) {
      this.log.error({ err: cause, action: event.action }, "a refusal could not be recorded");
      throw new DeskError("not_recorded", {}, { cause });
    }
  }

  /**
   * `settle` of an act that a rule of the desk refused after it had begun: DENIED, and within a minute of the first of its
   * kind it is a count of that one as well. `event` is what `begin` was given. Never throws.
   */
  async settleRefused(open: OpenEvent, event: EventInput, error: ErrorCode): Promise<void> {
    const row = toRow(open.id, event);
    const kind = { ...row, error } satisfies RefusalKind;
    const outcome = { outcome: "DENIED", error } as const;
    await this.end([{ event: open, outcome }], () =>
      this.database.$transaction(async (tx) => {
        const at = await lockKind(tx, kind);
        const isRepeat = (await countRepeat(tx, kind, row satisfies Repeat)) !== null;
        await insertOutcomes(tx, [{ ...toOutcome(open, outcome), at, isRepeat }]);
      }, patient),
    );
  }

  /** Not waited for: a bus that reconnects must not hold up what is being recorded. */
  private tell(event: Pick<OpenEvent, "id" | "botId">): void {
    this.announce(event.id, event.botId).catch((cause: unknown) => {
      this.log.warn({ err: cause }, "the record grew, but screens could not be told");
    });
  }
}

function toRow(id: string, event: EventInput): EventRow {
  const { actor } = event;
  return {
    id,
    at: new Date(),
    correlationId: event.correlationId,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: toLine(actor.name, 200),
    role: actor.role,
    sessionId: actor.sessionId,
    address: actor.address,
    userAgent: actor.userAgent === null ? null : toLine(actor.userAgent, 300),
    action: event.action,
    risk: event.risk,
    botId: event.botId ?? null,
    botName: event.botName == null ? null : toLine(event.botName, 200),
    platform: event.platform ?? null,
    endpoint: event.endpoint ?? null,
    capability: event.capability ?? null,
    requestId: event.requestId ?? null,
    decisionId: event.decisionId ?? null,
    groupId: event.groupId ?? null,
    personId: event.personId ?? null,
    target: event.target == null ? null : toLine(event.target, 300),
    input: toPlain(event.input, event.secrets),
  };
}

function toOutcome(event: OpenEvent, outcome: OutcomeInput): OutcomeRow {
  return {
    eventId: event.id,
    at: new Date(),
    outcome: outcome.outcome,
    error: outcome.error ?? null,
    platformText: outcome.platformText == null ? null : toLines(outcome.platformText, 1_000),
    before: toPlain(outcome.before),
    after: toPlain(outcome.after),
    durationMs: Math.max(0, Math.round(performance.now() - event.startedAt)),
    hasDrift: outcome.hasDrift ?? false,
    isRepeat: false,
  };
}

function toPlain(value: unknown, secrets?: readonly string[]): Prisma.InputJsonValue | null {
  if (value === undefined || value === null) return null;
  // `redact` leaves nothing but JSON values; the compiler cannot see that through `unknown`.
  return (redact(value, secrets) ?? null) as Prisma.InputJsonValue | null;
}
