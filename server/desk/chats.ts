import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import { untilTaken } from "@/server/db/retry";
import type { Connections } from "@/server/gateway/connections";
import type { BotIdentity } from "@/server/gateway/live";
import type { Logger } from "@/server/log";
import type { Inbound } from "@/server/platforms/arrival";
import type { SealFace } from "./conversation";
import { ConversationLists } from "./conversation-list";
import { Histories } from "./history";
import type { MediaAddresses } from "./media";
import { Arrivals, toSaid } from "./message-arrival";
import type { SealAddress } from "./message-row";
import { MessageSender } from "./message-send";
import type { Uploads } from "./upload";

interface Parts {
  database: Database;
  connections: Connections;
  bus: Bus;
  log: Logger;
  media: MediaAddresses;
  uploads: Uploads;
}

/** What the running desk has to do with conversations: taking in what is said, and reading what was. */
export class Chats {
  readonly histories: Histories;
  readonly lists: ConversationLists;
  readonly sender: MessageSender;
  private readonly arrivals: Arrivals;
  private readonly ending = new AbortController();

  constructor(private readonly parts: Parts) {
    this.histories = new Histories(parts);
    this.lists = new ConversationLists(parts);
    this.sender = new MessageSender({ ...parts, histories: this.histories }, this.ending.signal);
    this.arrivals = new Arrivals(parts, this.ending.signal, (bot) => this.forget(bot));
  }

  /** @returns whether the event is of a conversation: then nobody else has to do with it. */
  hear(bot: BotIdentity, inbound: Inbound): boolean {
    const said = toSaid(inbound);
    if (said) this.arrivals.put(bot, said);
    return said !== null;
  }

  /** Pushes were missed: what conversations were known to have whole is not known any more. */
  forget(bot: BotIdentity): void {
    const { database, log } = this.parts;
    this.lists.forget(bot.id);
    const write = () => database.$executeRaw`
      UPDATE "Conversation" SET "askedAt" = NULL, "historyAt" = NULL, "historyNext" = NULL
      WHERE "botId" = ${bot.id}::uuid AND ("askedAt" IS NOT NULL OR "historyAt" IS NOT NULL)`;
    untilTaken(database, write, this.ending.signal).catch((cause: unknown) =>
      log.warn({ err: cause, botId: bot.id }, "a gap in the conversations could not be noted"),
    );
  }

  /**
   * Takes up what instances that are gone have left behind.
   * @returns whether another look is worth it soon: an instance that seems to live may have died just now.
   */
  async sweep(): Promise<boolean> {
    const { unknown, elsewhere } = await this.sender.reconcile();
    if (unknown > 0)
      this.parts.log.warn({ count: unknown }, "messages left by a stopped desk may have gone out, or not");
    return elsewhere > 0;
  }

  /** Makes addresses of the platform's into addresses of the desk's own, for the pictures of a bot's conversations. */
  sealAddress(botId: string): SealAddress {
    return (url, kind, name) => this.parts.media.seal(botId, url, kind, "messages.view", name);
  }

  /** Makes the addresses of faces into the desk's own. */
  readonly sealFace: SealFace = (botId, url) => this.parts.media.face(botId, url, "messages.view");

  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all([this.sender.drain(), this.arrivals.drain(), this.histories.stop(), this.lists.stop()]);
  }
}
