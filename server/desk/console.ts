import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { targetOf } from "@/lib/target";
import { mask } from "@/server/audit/mask";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import type { Row } from "@/server/platforms/row";

/** The call that went out, its secrets masked. Of the address only what the vendor's document says. */
export interface SentRequest {
  method: string;
  path: string;
  body: unknown;
}

export interface ConsoleAnswer {
  answer: unknown;
  /** The answer hands out secrets: it exists in this reply and nowhere else. */
  isSensitive: boolean;
  /** Some of the answer was masked, because the operator may not see secrets. */
  isMasked: boolean;
  durationMs: number;
  request: SentRequest;
}

/**
 * One raw operation for an operator who may call it (the caller has checked), through the door like any other.
 * What the row calls secret in an ordinary answer is masked unless the operator may see secrets.
 * @throws DeskError `invalid_input` with the faults as its cause, `name_mismatch` when what an operation destroys was not
 *   typed; nothing has been sent then. Everything that the door throws.
 */
export async function callOperation(
  connections: Pick<Connections, "invoke">,
  call: {
    actor: Actor;
    correlationId: string;
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
  const startedAt = performance.now();
  const answer = await connections.invoke(bot.id, {
    actor,
    correlationId,
    operation: row.operation,
    input,
    target,
  });
  const durationMs = Math.round(performance.now() - startedAt);
  const isSensitive = row.risk === "sensitive";
  const isMasked = !isSensitive && row.secrets.output.length > 0 && !can(actor, "secrets.view", bot.id);
  return {
    answer: (isMasked ? mask(answer, row.secrets.output) : answer) ?? null,
    isSensitive,
    isMasked,
    durationMs,
    request: { ...row.route, body: mask(parsed.data, row.secrets.input) },
  };
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
