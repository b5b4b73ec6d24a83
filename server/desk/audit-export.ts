import { type Actor, botsWith, can, canSomewhere } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { AuditFilter } from "@/server/audit/list";
import { readRecords } from "@/server/audit/read";
import type { EventInput, Recorder } from "@/server/audit/record";
import { type SheetFormat, sheets } from "@/server/audit/sheet";
import type { Database } from "@/server/db/client";

/** Files of one operator that may be under way at once in this instance: each costs the database as long as it lasts. */
const maximumAtOnce = 3;
/** When one of them can be expected to be over, seconds. */
const waitSeconds = 30;
/** How often a long one asks whether its operator may still read this, ms. */
const defaultRecheckMs = 5_000;
/** Texts are handed out in about this size, characters: large enough to be quick, small enough to be held many times. */
const chunkSize = 256 * 1024;
const limits = { first: 50, most: 1_000 };

/** Who asks for which part of the record, and in which format. */
export interface ExportInput {
  actor: Actor;
  correlationId: string;
  /** The operator as they are now; null once their session is over. */
  authenticate: () => Promise<Actor | null>;
  filter: AuditFilter;
  format: SheetFormat;
}

/** A file under way. */
export interface AuditExport {
  fileName: string;
  contentType: string;
  /** Its text, made as fast as it is taken. Throws DeskError `signed_out` or `forbidden` when the operator's rights end meanwhile. */
  chunks: AsyncGenerator<string, void>;
  /** Says how it ended, once: null when all of it was handed over, else why it was cut. Never throws. */
  end(error: ErrorCode | null): Promise<void>;
}

/** Makes files of the record, each an event of it: begun before the first byte, settled with the count after the last. */
export class AuditExports {
  private readonly running = new Map<string | null, number>();

  constructor(
    private readonly parts: { database: Database; recorder: Recorder },
    private readonly recheckMs: number = defaultRecheckMs,
  ) {}

  /**
   * Opens a file of what the filter and the operator's grants show, newest first. Whoever opens it has to `end` it.
   * @throws DeskError `forbidden`, `throttled` with `seconds` (both recorded), `not_recorded`.
   */
  async open(asked: ExportInput): Promise<AuditExport> {
    const { actor, filter, format } = asked;
    const { recorder } = this.parts;
    const event = await this.toEvent(asked);
    const refuse = async (code: ErrorCode, detail = {}): Promise<never> => {
      await recorder.refuse(event, code);
      throw new DeskError(code, detail);
    };
    if (!mayExport(actor, filter)) return await refuse("forbidden", { permission: "audit.export" });
    const running = this.running.get(actor.id) ?? 0;
    if (running >= maximumAtOnce) return await refuse("throttled", { seconds: waitSeconds });
    // Counted before the first await below, so that as many at the same moment cannot all pass.
    this.running.set(actor.id, running + 1);
    try {
      const open = await recorder.begin(event);
      const written = { count: 0 };
      return {
        fileName: `gatehouse-audit-${new Date().toISOString().slice(0, 10)}.${format}`,
        contentType: sheets[format].contentType,
        chunks: this.write(asked, open.id, written),
        end: async (error) => {
          this.leave(actor.id);
          const after = { format, count: written.count };
          await recorder.settle(open, error === null ? { outcome: "OK", after } : { outcome: "FAILED", error, after });
        },
      };
    } catch (cause) {
      this.leave(actor.id);
      throw cause;
    }
  }

  /** Pages grow and shrink with what is in them, so that a file of long texts takes no more memory than one of short ones. */
  private async *write(asked: ExportInput, ownId: string, written: { count: number }): AsyncGenerator<string, void> {
    const { database } = this.parts;
    const sheet = sheets[asked.format];
    let { actor } = asked;
    let cursor: string | null = null;
    let limit = limits.first;
    let text = sheet.head;
    let pending = 0;
    let checkedAt = performance.now();
    for (;;) {
      if (performance.now() - checkedAt > this.recheckMs) {
        actor = await stillAllowed(asked);
        checkedAt = performance.now();
      }
      const scope = botsWith(actor, "audit.export");
      const page = await readRecords(database, asked.filter, scope, { cursor, limit, except: ownId });
      let size = 0;
      for (const record of page) {
        const line = sheet.line(record);
        size += line.length;
        text += line;
        pending += 1;
        if (text.length < chunkSize) continue;
        yield text;
        // Only now: to be asked for more means that this was taken.
        written.count += pending;
        text = "";
        pending = 0;
      }
      if (page.length < limit) break;
      cursor = page.at(-1)?.id ?? null;
      limit = Math.min(limits.most, Math.max(1, Math.round((page.length * chunkSize) / size)));
    }
    if (text !== "") yield text;
    written.count += pending;
  }

  private async toEvent({ actor, correlationId, filter, format }: ExportInput): Promise<EventInput> {
    const bot = filter.botId
      ? await this.parts.database.bot.findUnique({
          where: { id: filter.botId },
          select: { name: true, platform: true },
        })
      : null;
    return {
      ...{ correlationId, actor, action: "audit.export", risk: "sensitive" as const },
      ...(filter.botId ? { botId: filter.botId, botName: bot?.name ?? null, platform: bot?.platform ?? null } : {}),
      groupId: filter.groupId ?? null,
      personId: filter.personId ?? null,
      target: format,
      input: { format, filter },
    };
  }

  private leave(id: string | null): void {
    const left = (this.running.get(id) ?? 1) - 1;
    if (left > 0) this.running.set(id, left);
    else this.running.delete(id);
  }
}

/** The operator as they are now. Throws DeskError `signed_out`, `forbidden`. */
async function stillAllowed({ authenticate, filter }: ExportInput): Promise<Actor> {
  const actor = await authenticate();
  if (actor === null) throw new DeskError("signed_out");
  if (!mayExport(actor, filter)) throw new DeskError("forbidden", { permission: "audit.export" });
  return actor;
}

/** What is asked for of one bot needs the permission there; anything else is narrowed to the bots it is held on. */
function mayExport(actor: Actor, filter: AuditFilter): boolean {
  return filter.botId ? can(actor, "audit.export", filter.botId) : canSomewhere(actor, "audit.export");
}
