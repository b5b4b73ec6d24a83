import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { targetOf } from "@/lib/target";
import { mask } from "@/server/audit/mask";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import { PlatformError } from "@/server/platforms/error";
import type { Row } from "@/server/platforms/row";
import type { Wire } from "@/server/platforms/transport";
import { FailedCall } from "./failed-call";
import { type SealedAnswers, sealedForMs } from "./sealed-answer";

/** The call that went out, its token left out and its secrets masked. Of the address only what follows the bot's own. */
export interface SentRequest extends Wire {
  /** Some text in it was too long to be shown, so that it cannot be sent again from here. */
  isCut: boolean;
}

export interface ConsoleAnswer {
  answer: unknown;
  /**
   * Present when the answer hands out secrets: it is not in this reply then. `token` opens it once, for this operator and
   * this session, within `seconds`.
   */
  sealed: { token: string; seconds: number } | null;
  /** Some of the answer was masked, because the operator may not see secrets. */
  isMasked: boolean;
  durationMs: number;
  /** Null when the call was answered without anything going out. */
  request: SentRequest | null;
}

/** Whose a sealed answer is. Somebody else's token opens nothing. */
export function ownerOf(actor: Actor, botId: string, operation: string): string {
  return JSON.stringify([actor.id, actor.sessionId, botId, operation]);
}

/**
 * One raw operation for an operator who may call it (the caller has checked), through the door like any other.
 * What the row calls secret in an ordinary answer is masked unless the operator may see secrets.
 * @throws DeskError `invalid_input` with the faults as its cause, `name_mismatch` when what an operation destroys was not
 *   typed; nothing has been sent then. What the door throws; its PlatformErrors as the cause of a FailedCall.
 */
export async function callOperation(
  desk: { connections: Pick<Connections, "invoke">; sealed: SealedAnswers },
  call: {
    actor: Actor;
    correlationId: string;
    /** The event of the call. */
    eventId: string;
    bot: { id: string; name: string };
    row: Row;
    input: unknown;
    /** What it is done to, as typed. */
    target: string | undefined;
  },
): Promise<ConsoleAnswer> {
  const { actor, correlationId, bot, row, input } = call;
  const parsed = row.input.safeParse(input);
  if (!parsed.success) throw new DeskError("invalid_input", { operation: row.operation }, { cause: parsed.error });
  const target = targetOf(row.target ?? [], input) ?? bot.name;
  if (row.risk === "destructive" && call.target?.trim() !== target) throw new DeskError("name_mismatch");
  let wire: Wire | null = null;
  const requestOf = () => (wire === null ? null : toSent(wire, row));
  const startedAt = performance.now();
  const answer = await desk.connections
    .invoke(bot.id, {
      ...{ actor, correlationId, operation: row.operation, input, target },
      onWire: (sent) => {
        wire = sent;
      },
    })
    .catch((cause: unknown) => {
      if (!(cause instanceof PlatformError)) throw cause;
      const outcome = row.risk === "read" || cause.isCertain ? "FAILED" : "UNKNOWN";
      const request = cause.isSent ? requestOf() : null;
      throw new FailedCall(cause, { eventId: call.eventId, outcome, text: cause.text, request });
    });
  const durationMs = Math.round(performance.now() - startedAt);
  const request = requestOf();
  if (row.risk === "sensitive") {
    const token = desk.sealed.keep(ownerOf(actor, bot.id, row.operation), answer);
    return { answer: null, sealed: { token, seconds: sealedForMs / 1000 }, isMasked: false, durationMs, request };
  }
  const isMasked = row.secrets.output.length > 0 && !can(actor, "secrets.view", bot.id);
  const shown = (isMasked ? mask(answer, row.secrets.output) : answer) ?? null;
  return { answer: shown, sealed: null, isMasked, durationMs, request };
}

/** Where the input may stand in what goes out: some platforms wrap it, once or twice. */
const wrappings = ["", "params.", "data.", "data.data."];

function toSent({ over, frame, http }: Wire, row: Row): SentRequest {
  const paths = wrappings.flatMap((wrapping) => row.secrets.input.map((path) => wrapping + path));
  const told = shorten(mask(frame, paths));
  const content = shorten(mask(http?.content, paths));
  return {
    over,
    frame: told.value ?? null,
    http: http && { ...http, content: content.value },
    isCut: told.isCut || content.isCut,
  };
}

/** Longer text than this is a file, which nobody reads. */
const maximumShown = 20_000;

function shorten(value: unknown): { value: unknown; isCut: boolean } {
  let isCut = false;
  const walk = (inner: unknown): unknown => {
    if (typeof inner === "string") {
      if (inner.length <= maximumShown) return inner;
      isCut = true;
      return `${inner.slice(0, 100).toWellFormed()}… (${inner.length})`;
    }
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, walk(each)]));
  };
  return { value: walk(value), isCut };
}

/** One of the operator's own calls, as the record keeps it. */
export interface PastCall {
  /** The event. */
  id: string;
  at: Date;
  operation: string;
  /** Redacted. */
  input: Prisma.JsonValue;
  outcome: string;
  error: string | null;
  durationMs: number | null;
}

/** The operator's own newest calls on a bot, read from the record. */
export async function listPastCalls(database: Database, actor: Actor, botId: string): Promise<PastCall[]> {
  if (actor.id === null) return [];
  const rows = await database.auditEvent.findMany({
    where: { actorId: actor.id, action: "console.invoke", botId, endpoint: { not: null } },
    orderBy: { id: "desc" },
    take: maximumPast,
    select: { id: true, at: true, endpoint: true, input: true, outcome: true },
  });
  return rows.map(({ id, at, endpoint, input, outcome }) => ({
    id,
    at,
    operation: endpoint ?? "",
    input: typeof input === "object" && input !== null && !Array.isArray(input) ? (input.input ?? null) : null,
    outcome: outcome?.outcome ?? "STARTED",
    error: outcome?.error ?? null,
    durationMs: outcome?.durationMs ?? null,
  }));
}

const maximumPast = 30;
