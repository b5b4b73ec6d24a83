import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { openStates } from "@/lib/request";
import { readGrants } from "@/server/auth/grant";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { endClaims } from "./claim";
import { readClock } from "./clock";
import { toConflict } from "./conflict";
import { lockRequest } from "./move";
import { botOfRequest } from "./request";
import { goneMs } from "./sweep";

/** Somebody a request may be handed to. */
export interface Colleague {
  id: string;
  name: string;
  /** Has a tab open at the desk now. */
  isHere: boolean;
}

/**
 * Hands an open request to a colleague, or (null) takes it back to everybody. The giver's lease ends with it; a lease of
 * somebody else stays.
 * @returns who it was handed to before and is now, for the record.
 * @throws DeskError `not_found`, `conflict` or `already_decided` (it is not open any more), `cannot_take` with `name`
 *   (the colleague may not decide there, or is disabled).
 */
export async function handOver(
  database: Database,
  actor: Actor,
  { id, operatorId, why = "" }: { id: string; operatorId: string | null; why?: string | undefined },
): Promise<{ before: { assignee: string | null }; after: { assignee: string | null } }> {
  return await database.$transaction(async (tx) => {
    await lockRequest(tx, id);
    const request = await tx.request.findUnique({ where: { id } });
    if (!request) throw new DeskError("not_found");
    const open: readonly string[] = openStates;
    if (operatorId !== null && !open.includes(request.state)) throw await toConflict(tx, request);
    const taker = operatorId === null ? null : await readTaker(tx, operatorId, request.botId);
    await tx.request.update({
      where: { id },
      data:
        taker === null
          ? { assigneeId: null, assigneeName: null, assignedBy: null, assignedWhy: null, assignedAt: null }
          : {
              assigneeId: taker.id,
              assigneeName: taker.name,
              assignedBy: actor.name,
              assignedWhy: why,
              assignedAt: await readClock(tx),
            },
    });
    if (actor.id !== null && taker?.id !== actor.id) await endClaims(tx, { requestId: id, operatorId: actor.id });
    await publishIn(tx, { topic: "request", id, botId: request.botId, version: request.version });
    return { before: { assignee: request.assigneeName }, after: { assignee: taker?.name ?? null } };
  });
}

/** Who may decide on this request, by name; the reader too. Throws DeskError `not_found` when the reader may not. */
export async function listColleagues(database: Database, actor: Actor, id: string): Promise<Colleague[]> {
  const { botId } = await botOfRequest(database, actor, id);
  if (!can(actor, "requests.decide", botId)) throw new DeskError("not_found");
  const mayDecide = { role: { permissions: { has: "requests.decide" } }, OR: [{ botId: null }, { botId }] };
  const [operators, present] = await Promise.all([
    database.operator.findMany({
      where: { disabledAt: null, grants: { some: mayDecide } },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true },
    }),
    database.$queryRaw<{ operatorId: string }[]>`
      SELECT DISTINCT "operatorId" FROM "Presence"
      WHERE "leftAt" IS NULL AND "seenAt" > now() - make_interval(secs => ${goneMs / 1_000})`,
  ]);
  const here = new Set(present.map((row) => row.operatorId));
  return operators.map((operator) => ({ ...operator, isHere: here.has(operator.id) }));
}

async function readTaker(
  tx: Prisma.TransactionClient,
  operatorId: string,
  botId: string,
): Promise<{ id: string; name: string }> {
  const operator = await tx.operator.findUnique({ where: { id: operatorId } });
  if (!operator) throw new DeskError("cannot_take", { name: "" });
  // None when disabled.
  const grants = await readGrants(tx, operatorId);
  if (!can({ kind: "operator", grants }, "requests.decide", botId)) {
    throw new DeskError("cannot_take", { name: operator.name });
  }
  return { id: operator.id, name: operator.name };
}
