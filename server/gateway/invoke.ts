import { type Actor, can } from "@/lib/actor";
import { DeskError, type ErrorCode, type ErrorDetail } from "@/lib/errors";
import type { EventInput, OpenEvent, Recorder } from "@/server/audit/record";
import type { Logger } from "@/server/log";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { Deadline } from "@/server/platforms/deadline";
import { PlatformError } from "@/server/platforms/error";
import { type Catalogue, isBeyond, type Platform, type Row } from "@/server/platforms/row";
import type { Send, SendOptions, Wire } from "@/server/platforms/transport";
import type { Gate } from "./circuit";
import type { Pace } from "./pace";

/** One call to a platform, with everything the record and the permission check need. */
export interface Invocation {
  actor: Actor;
  /** One per click; every event it causes carries it. */
  correlationId: string;
  /** A key of the platform's catalogue: the vendor's own name. */
  operation: string;
  input: unknown;
  capability?: string;
  requestId?: string;
  decisionId?: string;
  groupId?: string | null;
  personId?: string | null;
  target?: string | null;
  signal?: AbortSignal;
  /** Told what goes out. */
  onWire?: (wire: Wire) => void;
  /** Asked when it is this call's turn, before anything is recorded or sent: false means that somebody else has taken it over. */
  guard?: () => Promise<boolean>;
}

/** A bot as the door needs it. `send` is null while there is no connection. */
export interface Destination {
  bot: { id: string; name: string; platform: Platform };
  catalogue: Catalogue;
  /** Operations beyond the vendor's document that are switched on for this bot. */
  extras: ReadonlySet<string>;
  send: Send | null;
  pace: Pace;
  /** Refuses at once while the platform does not answer. */
  circuit: Gate;
  /** Aborted when the connection is closed for good: the bot was removed, or the desk stops. */
  signal: AbortSignal;
}

/** What the metrics and the bot's page are told about each call. */
export interface CallReport {
  botId: string;
  platform: Platform;
  endpoint: string;
  outcome: "OK" | "FAILED" | "UNKNOWN" | "DENIED";
  durationMs: number;
  error: ErrorCode | null;
  /** What is known of the error beside its code. */
  detail: ErrorDetail;
  /** A read that is tried once more: this was not its end. */
  isRetried: boolean;
}

/** How long a platform may take to answer, ms. */
export const callTimeoutMs = 15_000;

/** Reads are tried once more after these: nothing can be done twice by looking twice. */
const retried: ReadonlySet<ErrorCode> = new Set(["timeout", "connection_lost"]);

/**
 * The one door to a platform: parse, permission, audit STARTED, send, settle. Nothing else calls `send`.
 * Plain reads leave no event unless refused; everything above read does. What the circuit refuses was never begun.
 */
export class Door {
  private readonly deadline: Deadline;

  constructor(
    private readonly recorder: Recorder,
    private readonly log: Logger,
    private readonly report: (call: CallReport) => void = () => {},
    timeoutMs: number = callTimeoutMs,
  ) {
    this.deadline = new Deadline(timeoutMs);
  }

  /**
   * @returns the row's parsed output; for a write whose answer had an unexpected shape, the answer as it came.
   * @throws DeskError `forbidden`, `operation_off`, `unknown_operation`, `not_recorded`; PlatformError for everything the platform
   *   or the way to it did. Its `isCertain` tells whether the act may have happened all the same.
   */
  async invoke(to: Destination, call: Invocation): Promise<unknown> {
    const row = to.catalogue[call.operation];
    if (!row) throw new DeskError("unknown_operation", { operation: call.operation });
    const event = toEvent(to, call, row);
    if (!can(call.actor, row.permission, to.bot.id)) {
      await this.recorder.refuse(event, "forbidden");
      this.tell(to, row, "DENIED", { code: "forbidden" }, performance.now());
      throw new DeskError("forbidden", { permission: row.permission });
    }
    if (isBeyond(row) && !to.extras.has(row.operation)) {
      await this.recorder.refuse(event, "operation_off");
      this.tell(to, row, "DENIED", { code: "operation_off" }, performance.now());
      throw new DeskError("operation_off", { operation: row.operation });
    }
    let input: unknown;
    try {
      input = parseInput(row, call.input);
    } catch (cause) {
      if (row.risk !== "read") await this.recorder.refuse(event, "rejected_input");
      throw cause;
    }
    const signal = call.signal ? AbortSignal.any([call.signal, to.signal]) : to.signal;
    const options: SendOptions = { signal, onWire: call.onWire };
    if (row.risk === "read") return await this.read(to, row, input, options);
    return await this.act(to, row, input, options, event, call.guard);
  }

  private async read(to: Destination, row: Row, input: unknown, options: SendOptions): Promise<unknown> {
    let first: PlatformError | null = null;
    for (;;) {
      const startedAt = performance.now();
      try {
        const answer = await this.send(to, row, input, options, "read");
        const { value } = parseOutput(row, answer);
        this.tell(to, row, "OK", null, startedAt);
        return value;
      } catch (cause) {
        const latest = toPlatformError(cause, options.signal);
        // The second try found no connection any more: what broke it is what there is to say.
        const error: PlatformError = first !== null && !latest.isSent ? first : latest;
        const isOver = first !== null || options.signal.aborted || to.circuit.isOpen || !retried.has(error.code);
        this.tell(to, row, "FAILED", error, startedAt, !isOver);
        if (isOver) throw error;
        first = error;
      }
    }
  }

  private async act(
    to: Destination,
    row: Row,
    input: unknown,
    options: SendOptions,
    event: EventInput,
    guard?: () => Promise<boolean>,
  ): Promise<unknown> {
    // The turn comes before the event: STARTED in the record then means that the very next thing is the call itself,
    // and a decision without an event is known never to have been sent.
    // Before it waits for its turn, and again when it has it: it has not begun, and is recorded as refused.
    await this.refuse(to, event);
    return await to.pace.run("write", options.signal, async () => {
      await this.refuse(to, event);
      if (guard && !(await guard())) throw new PlatformError("aborted", { isSent: false });
      const open = await this.recorder.begin(event);
      const startedAt = performance.now();
      let answer: unknown;
      try {
        answer = await this.send(to, row, input, options, null);
      } catch (cause) {
        await this.fail(to, row, open, startedAt, toPlatformError(cause, options.signal));
      }
      const { value, hasDrift } = parseLoosely(row, answer);
      if (hasDrift) this.log.warn({ botId: to.bot.id, endpoint: row.operation }, "the answer had an unexpected shape");
      // A sensitive answer is never stored, not even redacted; an ordinary one adds nothing the read-back does not tell.
      await this.recorder.settle(open, { outcome: "OK", hasDrift });
      this.tell(to, row, "OK", null, startedAt);
      return value;
    });
  }

  /** Throws `circuit_open` while the platform is paused. A decision keeps that itself: it waits, and then says why it failed. */
  private async refuse(to: Destination, event: EventInput): Promise<void> {
    if (!to.send) return;
    try {
      to.circuit.refuse();
    } catch (cause) {
      if (!event.decisionId) await this.recorder.refuse(event, "circuit_open");
      throw cause;
    }
  }

  private async fail(
    to: Destination,
    row: Row,
    open: OpenEvent,
    startedAt: number,
    error: PlatformError,
  ): Promise<never> {
    const outcome = error.isCertain ? "FAILED" : "UNKNOWN";
    await this.recorder.settle(open, { outcome, error: error.code, platformText: error.text });
    this.tell(to, row, outcome, error, startedAt);
    throw error;
  }

  private async send(
    to: Destination,
    row: Row,
    input: unknown,
    { signal, onWire }: SendOptions,
    turn: "read" | null,
  ): Promise<unknown> {
    const send = to.send;
    if (!send) throw new PlatformError("not_connected", { isSent: false });
    const bounded = () =>
      to.circuit.run(() => this.deadline.within(signal, (signal) => send(row, input, { signal, onWire })));
    if (turn === "read") to.circuit.refuse();
    return turn === "read" ? await to.pace.run("read", signal, bounded) : await bounded();
  }

  private tell(
    to: Destination,
    row: Row,
    outcome: CallReport["outcome"],
    error: { code: ErrorCode; detail?: ErrorDetail } | null,
    startedAt: number,
    isRetried = false,
  ): void {
    this.report({
      ...{ botId: to.bot.id, platform: to.bot.platform, endpoint: row.operation, outcome, isRetried },
      durationMs: performance.now() - startedAt,
      error: error?.code ?? null,
      detail: error?.detail ?? {},
    });
  }
}

function toEvent(to: Destination, call: Invocation, row: Row): EventInput {
  return {
    correlationId: call.correlationId,
    actor: call.actor,
    action: call.capability ?? row.id,
    risk: row.risk,
    botId: to.bot.id,
    botName: to.bot.name,
    platform: to.bot.platform,
    endpoint: row.operation,
    capability: call.capability ?? null,
    requestId: call.requestId ?? null,
    decisionId: call.decisionId ?? null,
    groupId: call.groupId ?? null,
    personId: call.personId ?? null,
    target: call.target ?? null,
    input: call.input,
    secrets: row.secrets.input,
  };
}

/** What is above read has happened, whatever its answer looks like: also a sensitive one, which parseOutput would throw on. */
function parseLoosely(row: Row, answer: unknown): { value: unknown; hasDrift: boolean } {
  try {
    return parseOutput(row, answer);
  } catch {
    return { value: answer, hasDrift: true };
  }
}

/** Whatever a transport threw, as the one error type of platforms. A stray exception after sending leaves the result open. */
function toPlatformError(cause: unknown, signal: AbortSignal): PlatformError {
  // Before `instanceof`: the reason of an abort is itself a PlatformError, made before anybody knew what was under way.
  if (signal.aborted && cause === signal.reason) return new PlatformError("aborted", { isSent: true, cause });
  if (cause instanceof PlatformError) return cause;
  return new PlatformError("internal", { isSent: true, cause });
}
