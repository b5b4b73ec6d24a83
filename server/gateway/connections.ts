import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { DeskError } from "@/lib/errors";
import { SealError } from "@/server/auth/seal";
import { untilTaken } from "@/server/db/retry";
import { Shared } from "@/server/db/shared";
import type { Logger } from "@/server/log";
import type { Adapter } from "@/server/platforms/adapter";
import { drivers } from "@/server/platforms/drivers";
import { PlatformError } from "@/server/platforms/error";
import type { Platform } from "@/server/platforms/row";
import type { Invocation } from "./invoke";
import { type BotIdentity, type Live, toAdapter, toDestination } from "./live";
import { isHeldElsewhere, leaveOpening, listUnopened, takeOpening } from "./opener";
import { type OpeningParts, openLive, paceOf } from "./opening";

/** Who calls, and on whose behalf: everything of an invocation but the operation itself. */
export type CallContext = Omit<Invocation, "operation" | "input">;

/** The live connections of this instance: opened from the database, reopened on edits, closed on removal and stop. */
export class Connections {
  private readonly live = new Map<string, Live>();
  /** One change of a bot's connection at a time, in order. */
  private readonly changes = new Map<string, Promise<void>>();
  private readonly reads = new Shared<unknown>();
  private readonly ending = new AbortController();
  private isStopped = false;

  constructor(
    private readonly parts: OpeningParts & {
      log: Logger;
      /** This instance's number on the bus. */
      instance: number;
    },
  ) {}

  /** Opens every enabled bot. A bot that cannot be opened is noted in its log and does not stop the others. */
  async start(): Promise<void> {
    const bots = await this.parts.database.bot.findMany({ where: { isEnabled: true }, select: { id: true } });
    await Promise.all(bots.map((bot) => this.refresh(bot.id)));
  }

  /** Every bot that is open here, and every one the database knows, is brought in line: after a gap in the news. */
  async refreshAll(): Promise<void> {
    const rows = await untilTaken(
      this.parts.database,
      () => this.parts.database.bot.findMany({ select: { id: true } }),
      this.ending.signal,
    );
    // A bot that was removed meanwhile is in no row, and must be closed all the same.
    const all = new Set([...this.live.keys(), ...rows.map((row) => row.id)]);
    await Promise.all([...all].map((botId) => this.refresh(botId)));
    for (const botId of this.live.keys()) this.parts.truths.restate(botId);
  }

  /** Opens what waits for somebody to open it, because the instance that did is gone. */
  async takeOver(): Promise<void> {
    const single = Object.values(drivers).filter(({ isSingle }) => isSingle === true);
    const unopened = await listUnopened(
      this.parts.database,
      single.map(({ platform }) => platform),
    );
    await Promise.all(unopened.map((botId) => this.refresh(botId)));
  }

  /** Brings the connection in line with the bot's row: opens, reopens after an edit, or closes. */
  refresh(botId: string): Promise<void> {
    const before = this.changes.get(botId) ?? Promise.resolve();
    const next = before.then(() => this.apply(botId)).catch((cause: unknown) => this.fail(botId, cause));
    this.changes.set(botId, next);
    void next.finally(() => {
      if (this.changes.get(botId) === next) this.changes.delete(botId);
    });
    return next;
  }

  /**
   * The adapter of a bot whose calls all go through the door with this context; null when the bot is not open here. What
   * one actor reads several times at the same moment is read once: a hundred decisions are read back from one list.
   */
  adapter(botId: string, context: CallContext): Adapter | null {
    const live = this.live.get(botId);
    if (!live) return null;
    return toAdapter(live, (operation, input) => {
      const ask = () => this.parts.door.invoke(toDestination(live), { ...context, operation, input });
      const isPlain = live.driver.catalogue[operation]?.risk === "read" && context.signal === undefined;
      if (!isPlain || context.actor.kind !== "system") return ask();
      return this.reads.read(live, JSON.stringify([operation, input]), ask);
    });
  }

  /** One raw operation of a bot, by the vendor's name. Throws what `refuseClosed` does when the bot is not open here. */
  async invoke(botId: string, call: Invocation): Promise<unknown> {
    const live = this.live.get(botId);
    if (!live) return await this.refuseClosed(botId);
    return await this.parts.door.invoke(toDestination(live), call);
  }

  /** Throws why nothing can be sent to a bot that is not open here: DeskError `held_elsewhere` or `not_connected`. */
  async refuseClosed(botId: string): Promise<never> {
    const { database, instance } = this.parts;
    throw new DeskError((await isHeldElsewhere(database, botId, instance)) ? "held_elsewhere" : "not_connected");
  }

  /** Is it open in this instance, connected or on its way to be? */
  isOpen(botId: string): boolean {
    return this.live.has(botId);
  }

  isConnected(botId: string): boolean {
    return this.live.get(botId)?.link.isConnected() ?? false;
  }

  /** For how long nothing has been sent to the bot's platform because it does not answer, ms; null while it does. */
  pausedMs(botId: string): number | null {
    return this.live.get(botId)?.circuit.openMs ?? null;
  }

  /** How many writes of a bot may be under way at once; 0 when it is not open here. */
  writeLimit(botId: string): number {
    return this.live.get(botId)?.pace.writeLimit ?? 0;
  }

  /** The bots open in this instance. */
  open(): BotIdentity[] {
    return [...this.live.values()].map((live) => live.bot);
  }

  /** A platform that dials in. False when no such bot takes sockets; the caller then refuses the upgrade. */
  acceptSocket(botId: string, socket: WebSocket, request: IncomingMessage): boolean {
    const link = this.live.get(botId)?.link;
    if (!link?.acceptSocket) return false;
    link.acceptSocket(socket, request);
    return true;
  }

  /** Asked before an upgrade is answered: the status to refuse with, or null. 404 for a bot that is not dialled, so that nobody learns which exist. */
  refuseSocket(botId: string, headers: IncomingHttpHeaders): number | null {
    const link = this.live.get(botId)?.link;
    if (!link?.acceptSocket) return 404;
    return link.refuseSocket?.(headers) ?? null;
  }

  /** A signed event. 404 for a bot that takes none, so that nobody learns which bots exist. */
  acceptPost(botId: string, headers: IncomingHttpHeaders, body: Buffer): { status: number; body?: string } {
    return this.live.get(botId)?.link.acceptPost?.(headers, body) ?? { status: 404 };
  }

  /** Closes all. Calls under way are aborted with `shutting_down`; waiting ones never start. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.ending.abort();
    await Promise.all(this.changes.values());
    const single = [...this.live.values()].filter(({ driver }) => driver.isSingle === true);
    await Promise.all([...this.live.keys()].map((botId) => this.close(botId, "shutting_down")));
    await this.parts.truths.flush();
    const { database, instance, log } = this.parts;
    for (const { bot } of single)
      await leaveOpening(database, bot.id, instance).catch((cause: unknown) =>
        log.warn({ err: cause, botId: bot.id }, "a bot could not be handed on; another instance finds it later"),
      );
  }

  /** A bot that cannot be opened (its credentials were sealed under another key) must say so on its page. */
  private fail(botId: string, cause: unknown): void {
    if (this.isStopped) return;
    const { log, truths } = this.parts;
    log.error({ err: cause, botId }, "a bot could not be opened");
    const code = cause instanceof SealError ? "credentials_unreadable" : "internal";
    truths.note(botId, "error", "cannot_open", { error: code });
    truths.connected(botId, false, code);
  }

  private async apply(botId: string): Promise<void> {
    const { database } = this.parts;
    // A database that is away says nothing about the bot: its connection stays as it is until the row can be read.
    const row = await untilTaken(database, () => database.bot.findUnique({ where: { id: botId } }), this.ending.signal);
    const current = this.live.get(botId);
    // The column is written by desk/bot-registry.ts only, with a Platform.
    const platform = row?.platform as Platform | undefined;
    const isOurs = platform !== undefined && row?.isEnabled === true && (await this.mayOpen(botId, platform));
    if (current && row?.isEnabled && row.version === current.version && isOurs) {
      current.bot.name = row.name;
      current.pace.change(paceOf(row, this.parts.pace));
      current.extras = new Set(row.extras);
      return;
    }
    if (current) await this.close(botId, "aborted");
    if (!row?.isEnabled || platform === undefined || !isOurs || this.isStopped) return;
    this.live.set(row.id, openLive(this.parts, row, platform));
  }

  /** Of an account that bears one connection only one instance opens it; the others wait for that one's end. */
  private async mayOpen(botId: string, platform: Platform): Promise<boolean> {
    const { database, instance } = this.parts;
    if (drivers[platform].isSingle !== true || this.isStopped) return !this.isStopped;
    return await untilTaken(database, () => takeOpening(database, botId, instance), this.ending.signal);
  }

  private async close(botId: string, code: "aborted" | "shutting_down"): Promise<void> {
    const live = this.live.get(botId);
    if (!live) return;
    this.live.delete(botId);
    const cause = new PlatformError(code, { isSent: false });
    live.pace.close(cause);
    live.circuit.reset();
    live.abort.abort(cause);
    await live.link.close();
    this.parts.truths.connected(botId, false);
    this.parts.truths.forget(botId);
  }
}
