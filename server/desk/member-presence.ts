import { v7 as uuid } from "uuid";
import { systemActor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import { PlatformError } from "@/server/platforms/error";
import type { GroupRef } from "./member";
import { lockRoster, touchRoster } from "./roster";

/** Whether somebody is there is asked again after, ms. */
const freshMs = 60_000;
/** Remembered at most, over all groups: beyond that the oldest are asked again. */
const mostKnown = 50_000;

/** Who of the members somebody looks at is online: asked for behind the answer, and told like any change of the list. */
export class MemberPresences {
  /** By bot, group and member: when it was last asked for. */
  private readonly asked = new Map<string, number>();
  private readonly running = new Set<Promise<void>>();
  private isStopped = false;

  constructor(private readonly parts: { database: Database; connections: Connections; log: Logger }) {}

  /** Asks for those of these that were not asked for lately, where the platform tells. Returns at once. */
  want(group: GroupRef, userIds: readonly string[]): void {
    if (this.isStopped) return;
    const now = performance.now();
    const due = userIds.filter((userId) => now - (this.asked.get(keyOf(group, userId)) ?? -freshMs) >= freshMs);
    const adapter = this.parts.connections.adapter(group.botId, { actor: systemActor, correlationId: uuid() });
    const ask = adapter?.["members.presence"];
    if (!ask || due.length === 0) return;
    if (this.asked.size > mostKnown) this.asked.clear();
    for (const userId of due) this.asked.set(keyOf(group, userId), now);
    const task = ask(group.groupId, due)
      .then((found) => storePresence(this.parts.database, group, found))
      .catch((cause: unknown) => {
        // A platform that does not answer is told of elsewhere; nobody waits for this.
        if (!(cause instanceof PlatformError || cause instanceof DeskError))
          this.parts.log.warn({ err: cause, ...group }, "who is online could not be stored");
      })
      .finally(() => this.running.delete(task));
    this.running.add(task);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.running);
  }
}

/** Writes down who is online of the members that are stored, and tells of the list when anything changed. */
export async function storePresence(
  database: Database,
  { botId, groupId }: GroupRef,
  found: readonly { userId: string; isOnline: boolean; lastSeenAt: Date | null }[],
): Promise<void> {
  const roster = { botId, kind: "members", groupId } as const;
  await database.$transaction(async (tx) => {
    await lockRoster(tx, roster);
    const changed = await tx.$executeRaw`
      UPDATE "KnownMember" m SET "isOnline" = p."isOnline", "lastSeenAt" = COALESCE(p."lastSeenAt", m."lastSeenAt")
      FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS p(
        "userId" text, "isOnline" boolean, "lastSeenAt" timestamptz)
      WHERE m."botId" = ${botId}::uuid AND m."groupId" = ${groupId} AND m."userId" = p."userId"
        AND (m."isOnline", m."lastSeenAt") IS DISTINCT FROM (p."isOnline", COALESCE(p."lastSeenAt", m."lastSeenAt"))`;
    if (changed > 0) await touchRoster(tx, roster);
  });
}

function keyOf({ botId, groupId }: GroupRef, userId: string): string {
  return `${botId} ${groupId} ${userId}`;
}
