import type { Database } from "@/server/db/client";
import { untilTaken } from "@/server/db/retry";
import type { BotIdentity } from "@/server/gateway/live";
import type { Logger } from "@/server/log";
import type { Inbound } from "@/server/platforms/arrival";
import type { Peer } from "@/server/platforms/piece";
import type { Told } from "./message-fold";
import { takeTold } from "./message-store";

/** What is said of one conversation. */
interface Said {
  peer: Peer;
  told: Told;
}

/** What is stored by one transaction, and what may wait for it: a quarter of an hour of the liveliest group there is. */
const atOnce = 200;
const mostWaiting = 10_000;

/** An event of a conversation; null: it is none. */
export function toSaid(inbound: Inbound): Said | null {
  switch (inbound.type) {
    case "message":
      return { peer: inbound.message.peer, told: { type: "message", message: inbound.message } };
    case "message_recalled": {
      const { peer, messageId, operatorId } = inbound;
      return { peer, told: { type: "recalled", messageId, operatorId } };
    }
    case "message_settled": {
      const { peer, handle, messageId, isDelivered, at } = inbound;
      return { peer, told: { type: "settled", handle, messageId, isDelivered, at } };
    }
    case "reacted": {
      const { peer, messageId, userId, faceId, isOn } = inbound;
      return { peer, told: { type: "reacted", messageId, userId, faceId, isOn } };
    }
    case "poked":
      return { peer: inbound.peer, told: { type: "poked", userId: inbound.userId, targetId: inbound.targetId } };
    default:
      return null;
  }
}

/**
 * Takes in what is said: apart from requests, which must not wait behind a lively group, and many at once, for what one
 * conversation gets in a moment is one write. Of one bot in its order.
 */
export class Arrivals {
  private readonly waiting = new Map<string, Said[]>();
  private readonly running = new Map<string, Promise<void>>();

  /**
   * @param signal ends the waiting for a database that is away.
   * @param lost told once each time that some are left out: what is missing then is in the platform's history.
   */
  constructor(
    private readonly parts: { database: Database; log: Logger },
    private readonly signal: AbortSignal,
    private readonly lost: (bot: BotIdentity) => void,
  ) {}

  put(bot: BotIdentity, said: Said): void {
    const queue = this.waiting.get(bot.id);
    if (!queue) {
      this.waiting.set(bot.id, [said]);
      this.running.set(bot.id, this.run(bot));
      return;
    }
    if (queue.length < mostWaiting) queue.push(said);
    else this.drop(bot, queue, said);
  }

  /** Waits for everything that was put. */
  async drain(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** The oldest go: who looks at a conversation looks at its end. */
  private drop(bot: BotIdentity, queue: Said[], said: Said): void {
    queue.splice(0, mostWaiting / 10);
    queue.push(said);
    this.parts.log.error({ botId: bot.id }, "too many messages wait: the oldest are left out");
    this.lost(bot);
  }

  private async run(bot: BotIdentity): Promise<void> {
    const queue = this.waiting.get(bot.id) ?? [];
    // What comes in the same turn of the loop is taken together.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0, atOnce);
      for (const { peer, told } of byPeer(batch)) await this.store(bot, peer, told);
    }
    this.waiting.delete(bot.id);
    this.running.delete(bot.id);
  }

  private async store(bot: BotIdentity, peer: Peer, told: readonly Told[]): Promise<void> {
    const { database, log } = this.parts;
    try {
      await untilTaken(database, () => takeTold(database, bot.id, peer, told, "push"), this.signal);
    } catch (cause) {
      log.error({ err: cause, botId: bot.id, count: told.length }, "messages could not be stored and are lost");
    }
  }
}

/** What is said of each conversation, in its order. */
function byPeer(batch: readonly Said[]): { peer: Peer; told: Told[] }[] {
  const found = new Map<string, { peer: Peer; told: Told[] }>();
  for (const { peer, told } of batch) {
    const key = `${peer.to}:${peer.id}`;
    const same = found.get(key);
    if (same) same.told.push(told);
    else found.set(key, { peer, told: [told] });
  }
  return [...found.values()];
}
