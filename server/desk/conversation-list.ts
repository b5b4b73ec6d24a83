import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { toLine } from "@/server/audit/line";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import { PlatformError } from "@/server/platforms/error";
import { readClock } from "./clock";
import { reader } from "./readback";

/** A platform's list of conversations is read again when somebody looks and it was read so long ago, ms. */
const freshMs = 60_000;
const most = 100;
/** More changed conversations are not told one by one: a screen reads its list again for any of them. */
const mostTold = 20;

/** Merges the platforms' own lists of conversations into those the desk has heard of, behind whoever looks. */
export class ConversationLists {
  private readonly running = new Map<string, Promise<void>>();
  private readonly readAt = new Map<string, number>();
  private isStopped = false;

  constructor(private readonly parts: { database: Database; connections: Connections; log: Logger }) {}

  /** Begins to read the lists of the bots whose conversations the operator may read. Waits for no platform. */
  ask(actor: Actor, botId?: string): void {
    const now = performance.now();
    for (const bot of this.parts.connections.open()) {
      if ((botId !== undefined && bot.id !== botId) || !can(actor, "messages.view", bot.id)) continue;
      if (!this.parts.connections.isConnected(bot.id) || this.running.has(bot.id) || this.isStopped) continue;
      if (now - (this.readAt.get(bot.id) ?? Number.NEGATIVE_INFINITY) < freshMs) continue;
      this.readAt.set(bot.id, now);
      const next = this.read(bot.id)
        .catch((cause: unknown) => {
          if (cause instanceof PlatformError || cause instanceof DeskError) return;
          this.parts.log.error({ err: cause, botId: bot.id }, "a list of conversations could not be stored");
        })
        .finally(() => this.running.delete(bot.id));
      this.running.set(bot.id, next);
    }
  }

  /** After a gap in the pushes it is read again when somebody looks next. */
  forget(botId: string): void {
    this.readAt.delete(botId);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.running.values());
  }

  private async read(botId: string): Promise<void> {
    const { database, connections } = this.parts;
    const list = reader(connections, botId)?.["conversations.list"];
    if (!list) return;
    const now = (await readClock(database)).getTime();
    const rows = (await list(most)).map(({ to, id, name, at }) => ({
      peerTo: to,
      peerId: toLine(id, 200),
      name: toLine(name, 200),
      searchText: `${toLine(name, 200)}\n${toLine(id, 200)}`.toLowerCase(),
      lastAt: at !== null && at.getTime() <= now + freshMs ? at.toISOString() : null,
    }));
    await database.$transaction(async (tx) => {
      const changed = await tx.$queryRaw<{ id: string; version: number }[]>`
        INSERT INTO "Conversation" AS c ("id", "botId", "peerTo", "peerId", "name", "searchText", "lastAt", "version")
        SELECT gen_random_uuid(), b."id", n."peerTo", n."peerId", n."name", n."searchText", n."lastAt", 1
        FROM (SELECT DISTINCT ON ("peerTo", "peerId") * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS t("peerTo" text, "peerId" text, "name" text, "searchText" text, "lastAt" timestamptz)) n
          JOIN "Bot" b ON b."id" = ${botId}::uuid
        ORDER BY n."peerTo", n."peerId"
        ON CONFLICT ("botId", "peerTo", "peerId") DO UPDATE SET
          "name" = COALESCE(NULLIF(EXCLUDED."name", ''), c."name"),
          "searchText" = CASE WHEN EXCLUDED."name" = '' THEN c."searchText" ELSE EXCLUDED."searchText" END,
          "lastAt" = GREATEST(c."lastAt", EXCLUDED."lastAt"), "version" = c."version" + 1
        WHERE (EXCLUDED."name" <> '' AND EXCLUDED."name" <> c."name")
          OR (EXCLUDED."lastAt" IS NOT NULL AND (c."lastAt" IS NULL OR EXCLUDED."lastAt" > c."lastAt"))
        RETURNING c."id", c."version"`;
      for (const { id, version } of changed.slice(0, mostTold))
        await publishIn(tx, { topic: "conversation", id, botId, version });
    });
  }
}
