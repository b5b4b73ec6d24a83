import type { Inbound } from "@/server/platforms/arrival";

/** Events of one bot that may wait: an hour of a lively one while the database is away. */
const maximumWaiting = 5_000;

/**
 * Hands in the events of each bot one after another, so that a notice never overtakes the request it is about; bots do
 * not wait for each other. Bounded: whoever holds a bot's token must not be able to fill the memory.
 */
export class Inbox<Bot extends { id: string }> {
  private readonly last = new Map<string, Promise<void>>();
  private readonly waiting = new Map<string, number>();

  /**
   * @param handle never rejects.
   * @param overflow told once each time that events begin to be left out; the next poll finds what was a request.
   */
  constructor(
    private readonly handle: (bot: Bot, inbound: Inbound) => Promise<void>,
    private readonly overflow: (bot: Bot) => void,
    private readonly limit: number = maximumWaiting,
  ) {}

  put(bot: Bot, inbound: Inbound): void {
    const count = this.waiting.get(bot.id) ?? 0;
    if (count > this.limit) return;
    this.waiting.set(bot.id, count + 1);
    if (count === this.limit) {
      this.overflow(bot);
      return;
    }
    const next = (this.last.get(bot.id) ?? Promise.resolve()).then(() => this.handle(bot, inbound));
    this.last.set(bot.id, next);
    void next.finally(() => this.leave(bot.id, next));
  }

  /** Waits for everything that was handed in. */
  async drain(): Promise<void> {
    await Promise.all(this.last.values());
  }

  private leave(botId: string, done: Promise<void>): void {
    const count = this.waiting.get(botId) ?? 0;
    // The place above the limit only says that the overflow was told: it is free again with the first that leaves.
    this.waiting.set(botId, Math.min(count, this.limit) - 1);
    if (this.last.get(botId) !== done) return;
    this.last.delete(botId);
    this.waiting.delete(botId);
  }
}
