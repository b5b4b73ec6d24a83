import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";

/** A note of an operator on a request, seen by everybody who sees the request. Throws DeskError `not_found`. */
export async function addNote(database: Database, actor: Actor, requestId: string, text: string): Promise<string> {
  return await database.$transaction(async (tx) => {
    const request = await tx.request.findUnique({ where: { id: requestId }, select: { botId: true, version: true } });
    if (!request) throw new DeskError("not_found");
    const note = await tx.note.create({
      data: { id: uuid(), requestId, operatorId: actor.id, operatorName: actor.name, text },
    });
    await publishIn(tx, { topic: "request", id: requestId, botId: request.botId, version: request.version });
    return note.id;
  });
}
