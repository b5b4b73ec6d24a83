import { can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { taskPermissions } from "@/lib/task";
import type { Recorder } from "@/server/audit/record";
import { readGrants } from "@/server/auth/grant";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import { riskOf } from "@/server/platforms/capability";
import { PlatformError } from "@/server/platforms/error";
import { toActor } from "./decision";
import { readMembers, readOwnPlace } from "./member";
import { capabilityOf, carryOut, toAct } from "./member-act";
import { obstacleTo } from "./member-obstacle";
import { perform } from "./perform";
import { fenceItem, type ItemEnd, refuseRest, type TaskTurn } from "./task-outbox";

export interface StepParts {
  database: Database;
  connections: Connections;
  recorder: Recorder;
  log: Logger;
}

/** Nothing went out because the bot is away or the desk stops: it is tried again later. */
const waiting: ReadonlySet<string> = new Set([
  "shutting_down",
  "aborted",
  "not_connected",
  "held_elsewhere",
  "circuit_open",
  "not_recorded",
]);

/**
 * Does to one member of a task what it says, in the name of who began it and with what they may do now.
 * @returns how it ended, or `waits`: certainly not sent, and to be tried again.
 */
export async function takeStep(
  parts: StepParts,
  turn: TaskTurn,
  instance: number,
  signal: AbortSignal,
): Promise<ItemEnd | "waits"> {
  const { database } = parts;
  const { botId, groupId, userId, taskId } = turn;
  const act = toAct(turn.verb, turn.arguments);
  const stored = toActor(turn.actor);
  const actor = { ...stored, grants: stored.id === null ? [] : await readGrants(database, stored.id) };
  const capability = capabilityOf(act.verb);
  const about = { actor, correlationId: turn.correlationId, groupId, personId: userId, target: turn.name || userId };
  if (!can(actor, taskPermissions[act.verb], botId)) {
    const event = { ...about, action: capability, capability, risk: riskOf(capability), botId, input: { taskId } };
    await parts.recorder.refuse(event, "forbidden");
    await refuseRest(database, taskId, "forbidden");
    return { state: "refused", error: "forbidden" };
  }
  const why = await obstacle(database, turn, act);
  if (why) return { state: "refused", error: "member_obstacle", detail: { why } };
  try {
    const guard = () => fence(parts, turn, instance);
    const doing = { ...about, botId, capability, signal, guard };
    await perform(parts, doing, (able) => carryOut(able, groupId, userId, act));
    return { state: "sent" };
  } catch (cause) {
    return toEnd(cause);
  }
}

/** What the desk knows only after the list was read is no obstacle. */
async function obstacle(database: Database, { botId, groupId, userId }: TaskTurn, act: ReturnType<typeof toAct>) {
  const roster = await database.roster.findUnique({
    where: { botId_kind_groupId: { botId, kind: "members", groupId } },
    select: { readAt: true },
  });
  if (!roster?.readAt) return null;
  const [member] = await readMembers(database, { botId, groupId }, [userId]);
  return obstacleTo(act, await readOwnPlace(database, { botId, groupId }), member ?? null);
}

/** A database that does not answer stops the item here, where nothing has been sent yet. */
async function fence({ database, log }: StepParts, turn: TaskTurn, instance: number): Promise<boolean> {
  try {
    return await fenceItem(database, instance, turn);
  } catch (cause) {
    log.warn({ err: cause, taskId: turn.taskId }, "an item of a task could not be marked as going out; it waits again");
    return false;
  }
}

function toEnd(cause: unknown): ItemEnd | "waits" {
  if (cause instanceof DeskError) {
    if (waiting.has(cause.code)) return "waits";
    return { state: "failed", error: cause.code, detail: cause.detail };
  }
  if (!(cause instanceof PlatformError)) throw cause;
  if (!cause.isSent && waiting.has(cause.code)) return "waits";
  const { code, detail, text } = cause;
  return { state: cause.isCertain ? "failed" : "unknown", error: code, detail, platformText: text };
}
