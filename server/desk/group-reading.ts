import { DeskError, type ErrorCode } from "@/lib/errors";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import type { Adapter } from "@/server/platforms/adapter";
import type { Group } from "@/server/platforms/entity";
import { PlatformError } from "@/server/platforms/error";
import { patchGroup } from "./group-store";
import { reader } from "./readback";

/** How one group's own reading stands. */
export interface GroupReading {
  isReading: boolean;
  /** Why the latest one failed; null: it did not. */
  error: ErrorCode | null;
}

/** A group read this long ago is read again when somebody looks at it, ms; and of how many it is remembered. */
const freshMs = 60_000;
const mostRemembered = 2_000;

/**
 * One group, as the platform tells of it alone: its owner, our role, its introduction stand in no list of some platforms.
 * Screens are answered from what is stored; what is read goes there, and a `roster` fact tells.
 */
export class GroupReadings {
  private readonly running = new Map<string, Promise<void>>();
  private readonly telling = new Set<Promise<void>>();
  /** When each was read last, by a clock that only goes forward, and how it went. Oldest first. */
  private readonly latest = new Map<string, { at: number; error: ErrorCode | null }>();
  private isEnding = false;

  constructor(private readonly parts: { database: Database; connections: Connections; log: Logger }) {}

  /** How it stands; begins to read the group when it was not read lately. Waits for no platform. */
  ask(botId: string, groupId: string): GroupReading {
    const key = `${botId} ${groupId}`;
    const before = this.latest.get(key);
    if (!this.isEnding && (!before || performance.now() - before.at > freshMs)) void this.read(botId, groupId);
    return { isReading: this.running.has(key), error: before?.error ?? null };
  }

  /** Reads it now and waits. A failure is remembered and thrown to nobody. */
  read(botId: string, groupId: string): Promise<void> {
    const key = `${botId} ${groupId}`;
    const running = this.running.get(key);
    if (running) return running;
    const next = this.load(botId, groupId)
      .then((error) => this.remember(key, error))
      .catch((cause: unknown) => {
        this.parts.log.error({ err: cause, botId, groupId }, "a group could not be stored");
      })
      .then(() => {
        this.running.delete(key);
        this.tell(botId);
      });
    this.running.set(key, next);
    return next;
  }

  /** Told when the reading is over, whatever came of it: who was answered that it goes on waits for its end. */
  private tell(botId: string): void {
    const told = this.publish(botId)
      .catch((cause: unknown) => {
        this.parts.log.warn({ err: cause, botId }, "a group was read, but screens could not be told");
      })
      .finally(() => this.telling.delete(told));
    this.telling.add(told);
  }

  private async publish(botId: string): Promise<void> {
    const { database } = this.parts;
    const where = { botId_kind_groupId: { botId, kind: "groups", groupId: "" } };
    const list = await database.roster.findUnique({ where, select: { id: true, version: true } });
    if (list) await publishIn(database, { topic: "roster", botId, ...list });
  }

  async stop(): Promise<void> {
    this.isEnding = true;
    await Promise.all(this.running.values());
    await Promise.all(this.telling);
  }

  private remember(key: string, error: ErrorCode | null): void {
    this.latest.delete(key);
    this.latest.set(key, { at: performance.now(), error });
    const [oldest] = this.latest.keys();
    if (this.latest.size > mostRemembered && oldest !== undefined) this.latest.delete(oldest);
  }

  private async load(botId: string, groupId: string): Promise<ErrorCode | null> {
    const { database, connections } = this.parts;
    try {
      const adapter = reader(connections, botId);
      // The list is then all there is.
      if (adapter === null || !adapter["groups.get"]) return null;
      const group = await adapter["groups.get"](groupId);
      const ownRole = group.ownRole ?? (await readOwnRole(database, adapter, botId, groupId));
      await patchGroup(database, botId, { ...group, id: groupId, ownRole });
      return null;
    } catch (cause) {
      if (cause instanceof PlatformError || cause instanceof DeskError) return cause.code;
      throw cause;
    }
  }
}

/** Where a group does not say what the account is in it, the account's own place among the members does. */
async function readOwnRole(
  database: Database,
  adapter: Adapter,
  botId: string,
  groupId: string,
): Promise<Group["ownRole"]> {
  const bot = await database.bot.findUnique({ where: { id: botId }, select: { accountId: true } });
  if (!bot?.accountId || !adapter["members.get"]) return null;
  try {
    const { role } = await adapter["members.get"](groupId, bot.accountId);
    return role === "unknown" ? null : role;
  } catch (cause) {
    // What else was read is worth keeping.
    if (cause instanceof PlatformError) return null;
    throw cause;
  }
}
