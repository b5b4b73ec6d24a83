import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";

/**
 * Passes a request over for this operator alone, or takes that back. Doing it again changes nothing. The fact is for the
 * operator's other tabs; nobody else's screen shows anything new. @throws DeskError `not_found`, `signed_out`.
 */
export async function setSkipped(database: Database, actor: Actor, id: string, isSkipped: boolean): Promise<void> {
  const operatorId = actor.id;
  if (operatorId === null) throw new DeskError("signed_out");
  await database.$transaction(async (tx) => {
    const request = await tx.request.findUnique({ where: { id }, select: { botId: true, version: true } });
    if (!request) throw new DeskError("not_found");
    const key = { requestId: id, operatorId };
    if (isSkipped) await tx.skip.createMany({ data: [key], skipDuplicates: true });
    else await tx.skip.deleteMany({ where: key });
    await publishIn(tx, { topic: "request", id, ...request });
  });
}
