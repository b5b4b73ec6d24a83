import { v7 as uuid } from "uuid";
import type { BotEventCode } from "@/lib/bot-events";
import { redact } from "@/server/audit/redact";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

/** Lines of one code that a bot may write a minute. The other side decides how many broken frames it sends. */
const perMinute = 30;
/** Newest lines that are kept of each bot. */
export const keptLines = 2_000;
/** After how many lines the old ones are removed; so there are never more than both together. */
const sweepEvery = 200;

/**
 * The logs of all bots, bounded in what they take and in what they keep: a platform that goes mad, or an outage of a
 * week, must not fill the database. What was left out is counted and told by the next line of that code as `skipped`.
 */
export class BotLog {
  private readonly shares = new Map<string, { since: number; count: number; skipped: number }>();
  private readonly sinceSweep = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly now: () => number = Date.now,
  ) {}

  /** Writes one line when called; null when this code has used up its minute. `detail` is redacted and its texts are cut. */
  line(
    botId: string,
    level: "info" | "warn" | "error",
    code: BotEventCode,
    detail: Record<string, unknown>,
  ): (() => Promise<void>) | null {
    const skipped = this.take(`${botId} ${code}`);
    if (skipped === null) return null;
    // `redact` of an object is an object of JSON values.
    const clean = redact(skipped === 0 ? detail : { ...detail, skipped }) as Prisma.InputJsonObject;
    return async () => {
      await this.database.botEvent.create({ data: { id: uuid(), botId, level, code, detail: clean } });
      await this.sweep(botId);
    };
  }

  /** How many were left out since the last line of this kind; null when this one is left out too. */
  private take(key: string): number | null {
    const now = this.now();
    const share = this.shares.get(key);
    if (share === undefined || now - share.since >= 60_000) {
      this.shares.set(key, { since: now, count: 1, skipped: 0 });
      return share?.skipped ?? 0;
    }
    if (share.count >= perMinute) {
      share.skipped += 1;
      return null;
    }
    share.count += 1;
    return 0;
  }

  private async sweep(botId: string): Promise<void> {
    const count = (this.sinceSweep.get(botId) ?? sweepEvery - 1) + 1;
    this.sinceSweep.set(botId, count % sweepEvery);
    if (count < sweepEvery) return;
    await this.database.$executeRaw`
      delete from "BotEvent" where "botId" = ${botId}::uuid and "id" <= (
        select "id" from "BotEvent" where "botId" = ${botId}::uuid order by "id" desc offset ${keptLines} limit 1
      )`;
  }
}
