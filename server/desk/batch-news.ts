import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Logger } from "@/server/log";
import { Loop } from "./loop";

/** Screens are told at most this often how a batch goes, ms. */
const gatherMs = 250;
/** With nothing to tell, ms: what is open is looked up again, in case the end of a batch was missed. */
const idleMs = 60_000;

/**
 * Tells the screens that a batch has got on: gathers what is said of single requests and says it of their batches.
 * Every instance does, whoever works on it.
 */
export class BatchNews {
  private readonly loop = new Loop(() => this.tell());
  private readonly requests = new Set<string>();
  private readonly batches = new Set<string>();
  /** Batches that are not over: without any, nothing is looked up. */
  private readonly open = new Set<string>();
  /** Were those of earlier starts and other instances looked up? A gap in the news asks for it again. */
  private isKnown = false;
  private timer: NodeJS.Timeout | null = null;
  private unsubscribe: (() => void) | null = null;

  constructor(private readonly parts: { database: Database; bus: Bus; log: Logger }) {}

  start(): void {
    this.unsubscribe = this.parts.bus.subscribe(
      (fact) => {
        if (fact.topic === "batch") this.open.add(fact.id);
        if (fact.topic !== "request" || this.open.size === 0) return;
        this.requests.add(fact.id);
        this.soon();
      },
      () => {
        this.isKnown = false;
        this.soon();
      },
    );
    this.loop.wake();
  }

  /** Something about this batch has changed that no request's fact tells: an item was refused. */
  touch(batchId: string): void {
    this.batches.add(batchId);
    this.soon();
  }

  async stop(): Promise<void> {
    this.unsubscribe?.();
    if (this.timer) clearTimeout(this.timer);
    await this.loop.stop();
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.loop.wake();
    }, gatherMs);
  }

  private async tell(): Promise<number> {
    const { database, bus, log } = this.parts;
    const [requests, batches] = [[...this.requests], new Set(this.batches)];
    this.requests.clear();
    this.batches.clear();
    try {
      const rows = await database.$queryRaw<{ batchId: string }[]>`
        SELECT DISTINCT "batchId" FROM "Decision"
        WHERE "requestId" = ANY(${requests}::uuid[]) AND "batchId" IS NOT NULL`;
      for (const { batchId } of rows) batches.add(batchId);
      for (const id of batches) await bus.publish({ topic: "batch", id, botId: null, version: 1 });
      const asked = [...this.open];
      const left = await unfinished(database, this.isKnown ? asked : null);
      this.isKnown = true;
      // Its own last words come back over the bus and would keep it open for ever. One that has begun while the database
      // was asked is in neither list, and stays.
      for (const id of asked) if (!left.has(id) && !batches.has(id)) this.open.delete(id);
      for (const id of left) this.open.add(id);
      if (batches.size > 0) this.soon();
    } catch (cause) {
      log.warn({ err: cause }, "how a batch goes could not be told; its next step tells it");
    }
    return idleMs;
  }
}

/** Of these batches, or of all, the ones with something queued, held, on its way, or to be read back. */
async function unfinished(database: Database, among: readonly string[] | null): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT b."id" FROM "Batch" b
    WHERE b."id" = ANY(COALESCE(${among === null ? null : [...among]}::uuid[], ARRAY(
      SELECT "batchId" FROM "BatchItem" WHERE "state" = 'queued'
      UNION
      SELECT "batchId" FROM "Decision"
      WHERE "batchId" IS NOT NULL AND ("state" IN ('held', 'sending') OR "checkAt" IS NOT NULL)
    ))) AND (
      EXISTS (SELECT 1 FROM "BatchItem" i WHERE i."batchId" = b."id" AND i."state" = 'queued')
      OR EXISTS (
        SELECT 1 FROM "Decision" d
        WHERE d."batchId" = b."id" AND (d."state" IN ('held', 'sending') OR d."checkAt" IS NOT NULL)))`;
  return new Set(rows.map((row) => row.id));
}
