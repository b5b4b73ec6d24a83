import { DeskError, type ErrorCode } from "@/lib/errors";
import type { Fact } from "@/lib/live";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import type { Adapter } from "@/server/platforms/adapter";
import { PlatformError } from "@/server/platforms/error";
import { readClock } from "./clock";
import { reader } from "./readback";
import { storeFriends, storeGroups, storeMembers } from "./roster-store";

export type RosterKind = "groups" | "friends" | "members";

/** Which list: `groupId` of members, "" otherwise. */
export interface RosterName {
  botId: string;
  kind: RosterKind;
  groupId: string;
}

/** How a stored list stands. */
export interface RosterState {
  id: string;
  /** When what is stored was asked for; null: never read. */
  readAt: Date | null;
  isReading: boolean;
  /** Why the latest reading failed; what is stored is older then. */
  error: ErrorCode | null;
  /** Raised by each change of what is stored. */
  version: number;
}

/** A list this old is read again when somebody looks at it, and one that could not be read is tried again after, ms. */
const freshMs = 60_000;
const againMs = 15_000;

/**
 * The lists of the platforms as the desk last read them. Screens are answered from what is stored, at once; reading goes
 * on behind them, and a `roster` fact tells when it is done.
 */
export class Rosters {
  private readonly running = new Map<string, Promise<void>>();
  private readonly telling = new Set<Promise<void>>();
  private readonly ending = new AbortController();

  constructor(private readonly parts: { database: Database; connections: Connections; log: Logger }) {}

  /** How the list stands; begins to read it when it is old, marked as stale or was never read. Waits for no platform. */
  async ask(botId: string, kind: RosterKind, groupId = ""): Promise<RosterState> {
    const name = { botId, kind, groupId };
    const row = await this.row(name);
    const now = await readClock(this.parts.database);
    const age = (at: Date | null) => (at === null ? Number.POSITIVE_INFINITY : now.getTime() - at.getTime());
    const isDue = row.isStale || age(row.readAt) > freshMs;
    if (isDue && age(row.triedAt) > againMs && !this.ending.signal.aborted) void this.begin(name);
    // Written below only, with closed codes.
    const error = row.error as ErrorCode | null;
    return {
      id: row.id,
      readAt: row.readAt,
      isReading: this.running.has(keyOf(name)),
      error,
      version: row.version,
    };
  }

  /** Reads the list now, however fresh it is, and waits. A failure is stored with the list and thrown to nobody. */
  async read(botId: string, kind: RosterKind, groupId = ""): Promise<void> {
    const name = { botId, kind, groupId };
    await this.row(name);
    await this.running.get(keyOf(name));
    await this.begin(name);
  }

  /** What is stored is known to be wrong: it is read again when somebody looks next. Tells open screens, who look. */
  async stale(botId: string, kind: RosterKind, groupId = ""): Promise<void> {
    await this.parts.database.$transaction((tx) => markStale(tx, { botId, kind, groupId }));
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.running.values());
    await Promise.all(this.telling);
  }

  private begin(name: RosterName): Promise<void> {
    const key = keyOf(name);
    const running = this.running.get(key);
    if (running) return running;
    const next = this.renew(name)
      .catch((cause: unknown) => {
        this.parts.log.error({ err: cause, ...name }, "a list could not be stored");
        return null;
      })
      .then((fact) => {
        this.running.delete(key);
        if (fact) this.tell(fact);
      });
    this.running.set(key, next);
    return next;
  }

  /** Told when the reading is over and not with what it stored: who looks then must not be told that it goes on. */
  private tell(fact: Fact): void {
    const told = publishIn(this.parts.database, fact)
      .catch((cause: unknown) => {
        this.parts.log.warn({ err: cause }, "a list was read, but screens could not be told");
      })
      .finally(() => this.telling.delete(told));
    this.telling.add(told);
  }

  /** @returns what is to be told; null when there is no such bot any more. */
  private async renew(name: RosterName): Promise<Fact | null> {
    const { database, connections } = this.parts;
    const before = await this.row(name);
    const since = await readClock(database);
    let store: (tx: Prisma.TransactionClient) => Promise<boolean>;
    try {
      const adapter = reader(connections, name.botId);
      if (adapter === null) return await connections.refuseClosed(name.botId);
      store = await readList(adapter, name);
    } catch (cause) {
      const code = codeOf(cause);
      if (code === null) throw cause;
      return await this.settle(name, async () => ({ error: code, triedAt: since }));
    }
    return await this.settle(name, async (tx, { version }) => {
      const isChanged = await store(tx);
      // A push that came while the list was on its way may know more than the list does.
      const isStale = version !== before.version;
      return { error: null, triedAt: since, readAt: since, isStale, version: isChanged ? version + 1 : version };
    });
  }

  /** Under the lock of the list's row, so that two readings of it are stored one after the other. */
  private async settle(
    { botId, kind, groupId }: RosterName,
    work: (tx: Prisma.TransactionClient, row: { version: number }) => Promise<Prisma.RosterUpdateInput>,
  ): Promise<Fact | null> {
    return await this.parts.database.$transaction(
      async (tx) => {
        const [row] = await tx.$queryRaw<{ id: string; version: number }[]>`
          SELECT "id", "version" FROM "Roster"
          WHERE "botId" = ${botId}::uuid AND "kind" = ${kind} AND "groupId" = ${groupId} FOR UPDATE`;
        // The bot was removed meanwhile.
        if (!row) return null;
        const data = await work(tx, row);
        const { version } = await tx.roster.update({ where: { id: row.id }, data, select: { version: true } });
        return { topic: "roster" as const, id: row.id, botId, version };
      },
      { timeout: 60_000, maxWait: 20_000 },
    );
  }

  private async row(name: RosterName) {
    const { database } = this.parts;
    const where = { botId_kind_groupId: name };
    const row = await database.roster.findUnique({ where });
    if (row) return row;
    await database.roster.createMany({ data: [name], skipDuplicates: true });
    return await database.roster.findUniqueOrThrow({ where });
  }
}

/**
 * Before rows of a stored list are written beside a reading of it: that takes the list first and its rows then, and whoever
 * took them the other way round would wait for it while it waits for them. Of two lists that of the members comes first.
 */
export async function lockRoster(tx: Prisma.TransactionClient, { botId, kind, groupId }: RosterName): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM "Roster" WHERE "botId" = ${botId}::uuid AND "kind" = ${kind} AND "groupId" = ${groupId} FOR UPDATE`;
}

/** Marks a stored list as known to be wrong, and tells. */
export function markStale(tx: Prisma.TransactionClient, name: RosterName): Promise<void> {
  return raise(tx, name, Prisma.sql`, "isStale" = TRUE, "triedAt" = NULL`);
}

/** Tells that what is stored of a list was changed by what a push said, so that a reading under way does not undo it. */
export function touchRoster(tx: Prisma.TransactionClient, name: RosterName): Promise<void> {
  return raise(tx, name, Prisma.empty);
}

/** Raises the version of a stored list, with `more` columns set, and tells. A list that was never asked for stays so. */
async function raise(
  tx: Prisma.TransactionClient,
  { botId, kind, groupId }: RosterName,
  more: Prisma.Sql,
): Promise<void> {
  const [row] = await tx.$queryRaw<{ id: string; version: number }[]>`
    UPDATE "Roster" SET "version" = "version" + 1 ${more}
    WHERE "botId" = ${botId}::uuid AND "kind" = ${kind} AND "groupId" = ${groupId}
    RETURNING "id", "version"`;
  if (row) await publishIn(tx, { topic: "roster", id: row.id, botId, version: row.version });
}

/** Asks the platform. @returns what stores the answer. */
async function readList(
  adapter: Adapter,
  { botId, kind, groupId }: RosterName,
): Promise<(tx: Prisma.TransactionClient) => Promise<boolean>> {
  if (kind === "groups") {
    const groups = await need(adapter, "groups.list")();
    return (tx) => storeGroups(tx, botId, groups);
  }
  if (kind === "friends") {
    const friends = await need(adapter, "friends.list")();
    const categories = (await adapter["categories.list"]?.()) ?? [];
    return (tx) => storeFriends(tx, botId, friends, categories);
  }
  const members = await need(adapter, "members.list")(groupId);
  return (tx) => storeMembers(tx, botId, groupId, members);
}

function need<C extends "groups.list" | "friends.list" | "members.list">(
  adapter: Adapter,
  name: C,
): Required<Adapter>[C] {
  const has = adapter[name];
  if (!has) throw new DeskError("not_possible", { capability: name });
  // The compiler does not see that the check above is about this very key.
  return has as Required<Adapter>[C];
}

function codeOf(cause: unknown): ErrorCode | null {
  return cause instanceof PlatformError || cause instanceof DeskError ? cause.code : null;
}

function keyOf({ botId, kind, groupId }: RosterName): string {
  return JSON.stringify([botId, kind, groupId]);
}
