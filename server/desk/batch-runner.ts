import { DeskError } from "@/lib/errors";
import type { Recorder } from "@/server/audit/record";
import type { Bus } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Logger } from "@/server/log";
import { type Change, ChunkFailed, runChunk, type Work } from "./batch-chunk";
import { BatchNews } from "./batch-news";
import { deciding, type Queued, undoing } from "./batch-work";
import { Loop } from "./loop";

/** Requests decided in one transaction: enough to spare commits, few enough that nobody waits for their locks. */
const chunkSize = 16;
/** Transactions of this instance at once. */
const lanes = 2;

/** With nothing to do, ms: a lost notice costs a batch so long. */
const idleMs = 5_000;
/** While items are left that others hold, or after a failure, ms. */
const soonMs = 250;
/** An item that fails so often for reasons nobody knows is refused, so that the ones behind it are reached. */
const maximumFailures = 3;

/**
 * Works off batches: whoever began one may leave, this instance may be killed, and another goes on where it stood. Any
 * number of runners may work on one database; an item is decided by one.
 */
export class BatchRunner {
  private readonly loop = new Loop(() => this.look());
  private readonly news: BatchNews;
  private unsubscribe: (() => void) | null = null;
  /** Items a chunk broke on, by how often; they are tried alone. */
  private readonly failures = new Map<string, number>();

  constructor(private readonly parts: { database: Database; recorder: Recorder; bus: Bus; log: Logger }) {
    this.news = new BatchNews(parts);
  }

  start(): void {
    this.unsubscribe = this.parts.bus.subscribe(
      (fact) => {
        if (fact.topic === "batch") this.loop.wake();
      },
      () => this.loop.wake(),
    );
    this.news.start();
    this.loop.wake();
  }

  /** Finishes the chunks that are under way; what is left waits for the next start. */
  async stop(): Promise<void> {
    this.unsubscribe?.();
    await this.loop.stop();
    await this.news.stop();
  }

  private async look(): Promise<number> {
    try {
      const works = Array.from({ length: lanes }, () => this.drain(deciding).then(() => this.drain(undoing)));
      // All of them are waited for, also when one breaks: none may outlive `stop`.
      const broken = (await Promise.allSettled(works)).find((work) => work.status === "rejected");
      if (broken) throw broken.reason;
      this.failures.clear();
      const left = await this.parts.database.batchItem.findFirst({
        where: { state: "queued" },
        select: { batchId: true },
      });
      return left ? soonMs : idleMs;
    } catch (cause) {
      this.parts.log.error({ err: cause }, "a batch could not be worked on; trying again");
      if (cause instanceof ChunkFailed) await this.blame(cause).catch(() => undefined);
      return soonMs;
    }
  }

  /** Works until nothing is left that others do not hold. */
  private async drain<I extends { batchId: string; requestId: string }, C extends Change>(
    work: Work<I, C>,
  ): Promise<void> {
    let last = "";
    while (!this.loop.isStopped) {
      const items = await runChunk(this.parts, work, this.failures.size > 0 ? 1 : chunkSize);
      for (const { batchId } of items) this.news.touch(batchId);
      const first = items[0];
      // Found again at once, it would be found for ever: what holds it is looked into later.
      if (!first || first.requestId === last) return;
      last = first.requestId;
    }
  }

  /** Which item is it that breaks its chunk? All of it are tried alone; one that breaks again and again is refused. */
  private async blame({ items, cause }: ChunkFailed<unknown>): Promise<void> {
    for (const item of items) {
      // What this runner gives to `runChunk`; an undone item has no version and is never given up.
      const { batchId, requestId, version } = item as Partial<Queued>;
      if (batchId === undefined || requestId === undefined || version === undefined) continue;
      const key = `${batchId} ${requestId}`;
      const count = (this.failures.get(key) ?? 0) + (items.length === 1 ? 1 : 0);
      this.failures.set(key, count);
      if (count < maximumFailures) continue;
      this.failures.delete(key);
      await this.parts.database.batchItem.updateMany({
        where: { batchId, requestId, state: "queued" },
        data: { state: "refused", error: cause instanceof DeskError ? cause.code : "internal" },
      });
    }
  }
}
