import { DeskError } from "@/lib/errors";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { untilTaken } from "@/server/db/retry";
import type { Connections } from "@/server/gateway/connections";
import { livingInstances } from "@/server/gateway/instance";
import { PlatformError } from "@/server/platforms/error";
import type { Piece } from "@/server/platforms/piece";
import { sendableOf } from "@/server/platforms/sendable";
import type { FoundConversation } from "./conversation";
import type { Histories } from "./history";
import { searchTextOf, toOwn } from "./message-content";
import { type Delivery, ownKey, settleSent } from "./message-settle";
import { lockConversation, settleConversation, takeTold } from "./message-store";
import { type GivenPiece, takePieces } from "./message-upload";
import { type Doing, perform } from "./perform";
import { reader } from "./readback";
import type { Uploads } from "./upload";

interface Parts {
  database: Database;
  connections: Connections;
  bus: Bus;
  histories: Histories;
  uploads: Uploads;
}

export interface NewMessage {
  /** Made by the browser: the same message sent twice is one. */
  id: string;
  pieces: readonly GivenPiece[];
  /** A message that failed, in whose place this one stands. */
  instead?: string | undefined;
}

/**
 * Sends messages from the desk: stored as `sending` before anything goes out, settled by what the platform says, and
 * `confirmed` once the platform itself tells of it. What a crash leaves is `unknown`, and nothing is sent a second time.
 */
export class MessageSender {
  /** What this instance is sending right now. */
  private readonly holding = new Map<string, Promise<unknown>>();

  constructor(
    private readonly parts: Parts,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @returns how it went; `known`: it was sent before, under this id, and nothing was done now.
   * @throws DeskError, nothing stored: `not_offered` for a kind of piece the platform cannot send, `upload_gone`,
   *   `invalid_input`. What `perform` throws, when it is stored as failed or unknown.
   */
  async deliver(
    conversation: FoundConversation,
    doing: Doing<"messages.send">,
    message: NewMessage,
  ): Promise<"known" | "new"> {
    await refuseUnsendable(conversation, message.pieces);
    const running = this.holding.get(message.id);
    if (running) {
      await running;
      return "known";
    }
    const sending = this.carryOut(conversation, doing, message);
    this.holding.set(message.id, sending);
    try {
      return await sending;
    } finally {
      this.holding.delete(message.id);
    }
  }

  /**
   * Messages left `sending` by an instance that is gone may have gone out: they become `unknown`. Nothing is sent.
   * @returns how many, and how many are held by an instance that seems to live.
   */
  async reconcile(): Promise<{ unknown: number; elsewhere: number }> {
    const { database, bus } = this.parts;
    const left = await database.message.findMany({
      where: {
        state: { in: ["sending", "confirmed"] },
        takenBy: { not: null },
        id: { notIn: [...this.holding.keys()] },
      },
      select: { id: true, takenBy: true },
      take: 500,
    });
    if (left.length === 0) return { unknown: 0, elsewhere: 0 };
    const living = await livingInstances(database);
    const dead = left.filter(({ takenBy }) => takenBy === bus.instance || !living.has(takenBy ?? 0));
    for (const { id, takenBy } of dead) {
      // Begun, or settled, since it was looked for.
      if (this.holding.has(id)) continue;
      await settleSent(database, id, { state: "unknown", error: "result_unknown", platformText: null }, takenBy);
    }
    return { unknown: dead.length, elsewhere: left.length - dead.length };
  }

  /** Waits for what is under way. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.holding.values());
  }

  private async carryOut(conversation: FoundConversation, doing: Doing<"messages.send">, message: NewMessage) {
    const { database, bus, uploads } = this.parts;
    const { peer } = conversation;
    // Known, it was handed on, and its upload may be gone.
    if (await database.message.count({ where: { id: message.id, conversationId: conversation.id } }))
      return "known" as const;
    const { pieces, release } = await takePieces(uploads, doing.actor, doing.botId, message.pieces);
    if (!(await this.store(conversation, doing, message, pieces))) return "known" as const;
    const settle = (delivery: Delivery) =>
      untilTaken(database, () => settleSent(database, message.id, delivery, bus.instance), this.signal);
    try {
      const run = perform(this.parts, doing, (able) => able["messages.send"]({ ...peer, pieces }));
      const { value } = await run;
      await settle({ state: "sent", ...value });
      await release();
      await this.look(conversation, value);
    } catch (cause) {
      if (cause instanceof DeskError) await settle({ state: "failed", error: cause.code, platformText: null });
      else if (cause instanceof PlatformError) {
        const state = cause.isCertain ? "failed" : "unknown";
        await settle({ state, error: cause.code, platformText: cause.text });
      } else await settle({ state: "unknown", error: "internal", platformText: null });
      throw cause;
    }
    return "new" as const;
  }

  /** @returns false when a message of this id is there already. Throws DeskError `invalid_input` for another's id. */
  private async store(
    conversation: FoundConversation,
    doing: Doing,
    { id, instead }: NewMessage,
    given: readonly Piece[],
  ): Promise<boolean> {
    const { database, bus } = this.parts;
    const pieces = toOwn(given);
    return await database.$transaction(async (tx) => {
      const locked = await lockConversation(tx, conversation.id);
      if (!locked) throw new DeskError("not_found");
      const known = await tx.message.findUnique({ where: { id }, select: { conversationId: true } });
      if (known && known.conversationId !== conversation.id) throw new DeskError("invalid_input", { field: "message" });
      if (known) return false;
      const at = locked.lastAt !== null && locked.lastAt > locked.now ? locked.lastAt : locked.now;
      const last = await tx.message.aggregate({ where: { conversationId: conversation.id, at }, _max: { rank: true } });
      const version = locked.version + 1;
      if (instead)
        await tx.message.updateMany({
          where: { id: instead, conversationId: conversation.id, state: "failed" },
          data: { isGone: true, version },
        });
      await tx.message.create({
        data: {
          ...{ id, conversationId: conversation.id, key: ownKey(id), isOwn: true, at, version, state: "sending" },
          ...{ rank: (last._max.rank ?? -1) + 1, senderId: locked.accountId, takenBy: bus.instance },
          ...{ operatorId: doing.actor.id, operatorName: doing.actor.name, correlationId: doing.correlationId },
          // Plain data, made a line above.
          pieces: pieces as unknown as Prisma.InputJsonValue,
          searchText: searchTextOf(pieces, ""),
        },
      });
      await settleConversation(tx, locked, version, 0);
      return true;
    });
  }

  /** The platform's "ok" is not yet the message: it is looked up, or its conversation is. A look that fails proves nothing. */
  private async look({ id, botId, peer }: FoundConversation, sent: { messageId: string | null; handle: unknown }) {
    const { database, connections, histories } = this.parts;
    const get = reader(connections, botId)?.["messages.get"];
    if (!get || sent.messageId === null) {
      await histories.refresh(id);
      return;
    }
    try {
      // The handle is what the adapter itself made of its answer.
      const handle = sent.handle as Parameters<typeof get>[0]["handle"];
      const found = await get({ ...peer, messageId: sent.messageId, ...(handle ? { handle } : {}) });
      const message = { ...found, id: sent.messageId, peer };
      await takeTold(database, botId, peer, [{ type: "message", message }], "push");
    } catch (cause) {
      if (!(cause instanceof PlatformError || cause instanceof DeskError)) throw cause;
    }
  }
}

/** Refused before anything is stored: the composer offers none of it. */
async function refuseUnsendable({ bot }: FoundConversation, pieces: readonly GivenPiece[]): Promise<void> {
  const sendable = await sendableOf(bot.platform);
  for (const piece of pieces) {
    const how = sendable[piece.type];
    if (how === "no" || (how === "address" && "uploadId" in piece))
      throw new DeskError("not_offered", { field: piece.type });
  }
}
