import { type ActorGrant, can } from "@/lib/actor";
import { accountOf } from "@/lib/applicant";
import { DeskError } from "@/lib/errors";
import type { Verb } from "@/lib/request";
import { readGrants } from "@/server/auth/grant";
import type { Prisma } from "@/server/db/generated/client";
import type { Work } from "./batch-chunk";
import { type DecisionTaken, decideIn, toActor } from "./decision";
import { undoIn } from "./undo";

/** What the record says about the request of an item. */
interface Subject {
  requestId: string;
  botId: string;
  botName: string;
  platform: string;
  groupId: string | null;
  personId: string;
  applicantName: string;
}

const subject = (item: Subject) => ({
  botId: item.botId,
  botName: item.botName,
  platform: item.platform,
  requestId: item.requestId,
  groupId: item.groupId,
  personId: accountOf(item.personId),
  target: item.applicantName || item.personId,
});

/** One request of a batch that waits to be decided. */
export interface Queued extends Subject {
  batchId: string;
  version: number;
  verb: Verb;
  reason: string;
  actor: Prisma.JsonValue;
  correlationId: string;
  heldUntil: Date;
  /** What the operator may do at this moment, not when the batch was begun. */
  grants: readonly ActorGrant[];
}

/**
 * Deciding the queued items of batches, through the same `decide` as a single one. May the operator decide there still?
 * Their grants are read with each chunk: who was disabled or demoted meanwhile decides nothing any more.
 */
export const deciding: Work<Queued, DecisionTaken> = {
  async lock(tx, limit) {
    const items = await tx.$queryRaw<Omit<Queued, "grants">[]>`
      SELECT i."batchId", i."requestId", i."version", i."verb", i."reason", i."actor", i."correlationId", i."heldUntil",
        r."botId", bot."name" AS "botName", bot."platform", r."groupId", r."applicantId" AS "personId", r."applicantName"
      FROM (
        SELECT q."batchId", q."requestId", q."version", q."position", b."verb", b."reason", b."actor", b."correlationId",
          b."heldUntil"
        FROM "BatchItem" q JOIN "Batch" b ON b."id" = q."batchId"
        WHERE q."state" = 'queued' AND b."cancelledAt" IS NULL
        ORDER BY q."batchId", q."position" FOR NO KEY UPDATE OF q SKIP LOCKED LIMIT ${limit}
      ) i JOIN "Request" r ON r."id" = i."requestId" JOIN "Bot" bot ON bot."id" = r."botId"
      ORDER BY i."batchId", i."position" FOR NO KEY UPDATE OF r SKIP LOCKED`;
    const grants = new Map<string | null, readonly ActorGrant[]>([[null, []]]);
    for (const { actor } of items) {
      const { id } = toActor(actor);
      if (id !== null && !grants.has(id)) grants.set(id, await readGrants(tx, id));
    }
    return items.map((item) => ({ ...item, grants: grants.get(toActor(item.actor).id) ?? [] }));
  },

  event(item) {
    const { verb, reason, version, batchId } = item;
    return {
      correlationId: item.correlationId,
      actor: toActor(item.actor),
      action: "requests.decide",
      risk: "write",
      ...subject(item),
      input: { id: item.requestId, version, verb, reason, batchId },
    };
  },

  async act(tx, item) {
    const actor = { ...toActor(item.actor), grants: item.grants };
    if (!can(actor, "requests.decide", item.botId)) {
      throw new DeskError("forbidden", { permission: "requests.decide" });
    }
    const input = { id: item.requestId, version: item.version, verb: item.verb, reason: item.reason };
    // In bulk nobody has looked at the twin or knows of an earlier result: such a request wants a look of its own.
    const alone = { ...input, acknowledgeTwin: false, again: false };
    return await decideIn(tx, actor, item.correlationId, alone, { batchId: item.batchId, heldUntil: item.heldUntil });
  },

  async finish(tx, ends) {
    const rows = ends.map((end) => ({
      batchId: end.item.batchId,
      requestId: end.item.requestId,
      ...("done" in end
        ? { state: "taken", decisionId: end.done.id, error: null, detail: null }
        : { state: "refused", decisionId: null, error: end.refused.code, detail: end.refused.detail }),
    }));
    await tx.$executeRaw`
      UPDATE "BatchItem" i SET "state" = e."state", "decisionId" = e."decisionId", "error" = e."error",
        "detail" = e."detail"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e(
        "batchId" uuid, "requestId" uuid, "state" text, "decisionId" uuid, "error" text, "detail" jsonb)
      WHERE i."batchId" = e."batchId" AND i."requestId" = e."requestId"`;
  },
};

/** A decision of a cancelled batch that nobody has taken yet, or an `ignore` that still stands. */
export interface Cancelled extends Subject {
  batchId: string;
  decisionId: string;
  actor: Prisma.JsonValue;
  correlationId: string;
}

/** Taking back what cancelled batches still hold, in the name of who cancelled. */
export const undoing: Work<Cancelled> = {
  async lock(tx, limit) {
    return await tx.$queryRaw<Cancelled[]>`
      SELECT d."batchId", d."id" AS "decisionId", d."requestId", b."cancelActor" AS "actor",
        b."cancelId" AS "correlationId", r."botId", bot."name" AS "botName", bot."platform", r."groupId",
        r."applicantId" AS "personId", r."applicantName"
      FROM "Batch" b JOIN "Decision" d ON d."batchId" = b."id" JOIN "Request" r ON r."id" = d."requestId"
        JOIN "Bot" bot ON bot."id" = r."botId"
      WHERE b."cancelledAt" > now() - interval '1 day' AND (
        d."state" = 'held' OR (d."verb" = 'ignore' AND d."state" = 'confirmed' AND r."state" = 'ignored' AND NOT EXISTS (
          SELECT 1 FROM "Decision" later
          WHERE later."requestId" = d."requestId" AND later."id" > d."id" AND later."state" <> 'cancelled')))
      ORDER BY d."id" FOR NO KEY UPDATE OF d, r SKIP LOCKED LIMIT ${limit}`;
  },

  event(item) {
    return {
      correlationId: item.correlationId,
      actor: toActor(item.actor),
      action: "requests.undo",
      risk: "write",
      ...subject(item),
      decisionId: item.decisionId,
      input: { id: item.requestId, decisionId: item.decisionId, batchId: item.batchId },
    };
  },

  async act(tx, item) {
    const { before, after } = await undoIn(tx, { id: item.requestId, decisionId: item.decisionId });
    return { before, after };
  },

  // A decision's own row tells how it ended.
  async finish() {},
};
