import type { Actor } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import { type MessagePlace, toMessageCursor } from "@/lib/message-place";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Connections } from "@/server/gateway/connections";
import type { Logger } from "@/server/log";
import { PlatformError } from "@/server/platforms/error";
import { readClock } from "./clock";
import { type FoundConversation, findConversation } from "./conversation";
import { newestFirst, olderThan, readMessageCursor } from "./message-cursor";
import { foldInto, lockConversation } from "./message-store";
import { reader } from "./readback";

/** A conversation that somebody looks at is asked for its newest messages when they were last read so long ago, ms. */
const freshMs = 60_000;
/** How many messages a platform is asked for at once, and how often for one page: pages may hold what is stored already. */
const atOnce = 50;
const mostReads = 4;

/** Messages of one page, the newest first. */
export interface StoredPage {
  rows: Prisma.MessageGetPayload<object>[];
  /** What the same call takes for older ones; null: none are known. */
  next: string | null;
  /** The page ends where the platform's history does, or cannot be read: there may have been older messages. */
  isCut: boolean;
  /** Why older ones could not be fetched. */
  error: ErrorCode | null;
  version: number;
}

/** The platforms' histories as the desk reads them: what is stored is answered at once, older pages are fetched and kept. */
export class Histories {
  private readonly running = new Map<string, Promise<ErrorCode | null>>();
  private readonly ending = new AbortController();

  constructor(private readonly parts: { database: Database; connections: Connections; log: Logger }) {}

  /**
   * A page of a conversation, backwards. The first one is what is stored while the platform's newest are read behind it
   * (open screens are told of what that brings), or those, where nothing is stored yet.
   */
  async page(actor: Actor, id: string, cursor: string | null, limit: number): Promise<StoredPage> {
    const { database } = this.parts;
    const conversation = await findConversation(database, actor, id);
    let error: ErrorCode | null = null;
    if (cursor === null) {
      const reading = this.ask(conversation);
      const isShort = (await readPlaces(database, id, null, limit)).length < limit;
      if (isShort && conversation.askedAt === null) error = await reading;
    } else error = await this.reachBack(conversation, readMessageCursor(cursor), limit);
    const below = cursor === null ? null : readMessageCursor(cursor);
    const now = await database.conversation.findUniqueOrThrow({ where: { id } });
    const found = await readPlaces(database, id, below, limit + 1);
    // What is older than what was read without a gap is shown once the gap is closed, or cannot be.
    const isWhole = error === null && now.historyAt !== null && now.historyNext !== null;
    const from = isWhole && cursor !== null ? now.historyAt : null;
    const rows = (from === null ? found : found.filter((row) => row.at >= from)).slice(0, limit);
    const hasOlder = found.length > rows.length || (isWhole && error === null);
    const last = rows.at(-1);
    const next = !hasOlder ? null : last ? toMessageCursor(last) : cursor;
    const isEnd = now.historyAt !== null && now.historyNext === null;
    const isNone = error === "not_possible";
    return { rows, next, isCut: next === null && !isEnd, error: isNone ? null : error, version: now.version };
  }

  /** Reads the platform's newest messages behind whoever looks, when that is some time ago. Waits for no platform. */
  look(conversation: FoundConversation): void {
    void this.ask(conversation);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.running.values());
  }

  /** Reads the newest now, however fresh they are. */
  async refresh(id: string): Promise<void> {
    const row = await this.parts.database.conversation.findUnique({ where: { id } });
    if (row)
      await this.newest({
        id,
        botId: row.botId,
        peer: { to: row.peerTo === "group" ? "group" : "person", id: row.peerId },
      });
  }

  private async ask(conversation: FoundConversation): Promise<ErrorCode | null> {
    const { askedAt } = conversation;
    if (this.ending.signal.aborted) return null;
    const now = await readClock(this.parts.database);
    if (askedAt !== null && now.getTime() - askedAt.getTime() < freshMs) return null;
    return await this.newest(conversation);
  }

  private newest(conversation: Where): Promise<ErrorCode | null> {
    return this.once(conversation.id, () => this.read(conversation, null));
  }

  /** Reads on from where the history was read to until it leads below `place`. */
  private async reachBack(
    conversation: FoundConversation,
    place: MessagePlace,
    limit: number,
  ): Promise<ErrorCode | null> {
    const { database } = this.parts;
    const { id } = conversation;
    for (let reads = 0; reads < mostReads; reads += 1) {
      const [row, found] = await Promise.all([
        database.conversation.findUniqueOrThrow({ where: { id } }),
        readPlaces(database, id, place, limit + 1),
      ]);
      const { historyAt, historyNext } = row;
      const reached = historyAt === null ? [] : found.filter(({ at }) => at >= historyAt);
      if (reached.length > limit || (historyAt !== null && historyNext === null)) return null;
      const error = await this.once(id, () => this.read(conversation, historyAt === null ? null : historyNext));
      if (error !== null) return error;
    }
    return null;
  }

  /** One reading of a conversation at a time; who comes meanwhile waits for it and shares what it found. */
  private once(id: string, read: () => Promise<ErrorCode | null>): Promise<ErrorCode | null> {
    const running = this.running.get(id);
    if (running) return running;
    const next = read()
      .catch((cause: unknown): ErrorCode => {
        this.parts.log.error({ err: cause, conversationId: id }, "a history could not be stored");
        return "internal";
      })
      .finally(() => this.running.delete(id));
    this.running.set(id, next);
    return next;
  }

  /** @param cursor the platform's; null: the newest. @returns why it could not be read. */
  private async read({ id, botId, peer }: Where, cursor: string | null): Promise<ErrorCode | null> {
    const { database, connections } = this.parts;
    try {
      const adapter = reader(connections, botId);
      if (adapter === null) return await connections.refuseClosed(botId);
      const history = adapter["messages.history"];
      if (!history) return "not_possible";
      const { items, next } = await history(peer, cursor, atOnce);
      const told = items.toReversed().map((message) => ({ type: "message" as const, message }));
      await database.$transaction(
        async (tx) => {
          const locked = await lockConversation(tx, id);
          if (!locked) return;
          const { knownCount } = await foldInto(tx, locked, told, cursor === null ? "newest" : "older");
          await tx.conversation.update({ where: { id }, data: reachOf(locked, items, next, cursor, knownCount) });
        },
        { timeout: 30_000, maxWait: 20_000 },
      );
      return null;
    } catch (cause) {
      if (!(cause instanceof PlatformError || cause instanceof DeskError)) throw cause;
      return cause.code === "not_offered" ? "not_possible" : cause.code;
    }
  }
}

type Where = Pick<FoundConversation, "id" | "botId" | "peer">;

/** How far back a conversation is known without a gap, once this page is stored. */
function reachOf(
  { historyAt, now }: { historyAt: Date | null; now: Date },
  items: readonly { at: Date | null }[],
  next: string | null,
  cursor: string | null,
  knownCount: number,
): Prisma.ConversationUpdateInput {
  const oldest = items.reduce<Date | null>(
    (least, { at }) => (at && (least === null || at < least) ? at : least),
    null,
  );
  const asked = cursor === null ? { askedAt: now } : {};
  // The newest page meets what was read before: nothing lies between them. After a gap in the pushes, which would have
  // brought newer ones meanwhile, `historyAt` is forgotten.
  const isMet = cursor === null && historyAt !== null && knownCount > 0 && oldest !== null && oldest >= historyAt;
  if (isMet) return asked;
  return { ...asked, historyAt: oldest ?? historyAt ?? now, historyNext: next };
}

/** Messages below a place, the newest first. */
async function readPlaces(database: Database, conversationId: string, below: MessagePlace | null, take: number) {
  return await database.message.findMany({
    where: { conversationId, isGone: false, ...(below ? olderThan(below) : {}) },
    orderBy: newestFirst,
    take,
  });
}
