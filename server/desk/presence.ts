import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Logger } from "@/server/log";
import { goneMs, sweep } from "./sweep";

/** How often the tabs of this instance are marked as seen, and what nobody came back for is swept, ms. */
const everyMs = 5_000;

/** A browser tab and who sits at it. */
interface Seat {
  tab: string;
  operatorId: string;
}

/**
 * Who is at the desk: the tabs whose stream this instance holds. The rows are in the database, so that all instances
 * tell the same; this instance marks its own as seen, and sweeps whatever any instance left behind.
 */
export class Presences {
  readonly #database: Database;
  readonly #log: Logger;
  /** A tab may hold two streams for a moment: it reconnects before the server has noticed that the old one is dead. */
  readonly #seats = new Map<string, Seat & { streams: number }>();
  readonly #leaving = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  start(): void {
    // Not at once: after a restart the tabs get the time to come back.
    this.#timer = setTimeout(() => {
      this.#turn = this.tick().finally(() => {
        if (!this.#isStopped) this.start();
      });
    }, everyMs);
    this.#timer.unref();
  }

  /** The streams end with this instance: their tabs have the usual grace to come back, here or elsewhere. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#turn;
    await Promise.all([this.#guard(() => this.#leave([...this.#seats.values()])), ...this.#leaving]);
  }

  /**
   * A tab's stream begins. Never throws: a stream is worth having without the row, which the next turn makes up for.
   * @param tab made by the browser; undefined: it tells none, and gets one for this stream.
   * @returns what ends it, which never throws either.
   */
  async enter(actor: Actor, tab: string = uuid()): Promise<() => void> {
    const operatorId = actor.id;
    if (operatorId === null) return () => undefined;
    const key = `${tab} ${operatorId}`;
    const seat = this.#seats.get(key) ?? { tab, operatorId, streams: 0 };
    seat.streams += 1;
    this.#seats.set(key, seat);
    await this.#guard(() => this.#mark([seat]));
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      seat.streams -= 1;
      if (seat.streams > 0 || this.#isStopped) return;
      this.#seats.delete(key);
      const leaving = this.#guard(() => this.#leave([seat])).finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    };
  }

  /** One turn: first this instance's own tabs, so that a process that stood still does not sweep them. */
  async tick(): Promise<void> {
    await this.#guard(async () => {
      await this.#mark([...this.#seats.values()]);
      await sweep(this.#database);
    });
  }

  /** Waits until the streams that ended are written down as ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#leaving);
  }

  async #mark(seats: readonly Seat[]): Promise<void> {
    if (seats.length === 0) return;
    await this.#database.$transaction(async (tx) => {
      for (const { tab } of await sit(tx, seats)) {
        await publishIn(tx, { topic: "presence", id: tab, botId: null, version: 1 });
      }
    });
  }

  async #leave(seats: readonly Seat[]): Promise<void> {
    if (seats.length === 0) return;
    await this.#database.$executeRaw`
      UPDATE "Presence" p SET "leftAt" = clock_timestamp()
      FROM unnest(${seats.map((seat) => seat.tab)}::uuid[], ${seats.map((seat) => seat.operatorId)}::uuid[])
        AS s("tab", "operatorId")
      WHERE p."tab" = s."tab" AND p."operatorId" = s."operatorId"`;
  }

  async #guard(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (cause) {
      this.#log.warn({ err: cause }, "who is at the desk could not be written down; tried again in seconds");
    }
  }
}

/**
 * Marks these tabs as seen and as back. A tab that stands in another operator's name is theirs while it stands: who
 * merely knows its id cannot have it. One that they left (signed out, somebody else signed in) passes on.
 * @returns those that were not at the desk before.
 */
async function sit(tx: Prisma.TransactionClient, seats: readonly Seat[]): Promise<{ tab: string }[]> {
  const tabs = seats.map((seat) => seat.tab);
  const operators = seats.map((seat) => seat.operatorId);
  const rows = await tx.$queryRaw<{ tab: string; isNew: boolean }[]>`
    INSERT INTO "Presence" AS p ("tab", "operatorId", "since", "seenAt")
    SELECT s."tab", o."id", now(), now()
    FROM unnest(${tabs}::uuid[], ${operators}::uuid[]) AS s("tab", "operatorId")
    JOIN "Operator" o ON o."id" = s."operatorId"
    -- In one order, so that two instances cannot wait for each other.
    ORDER BY s."tab"
    ON CONFLICT ("tab") DO UPDATE SET
      "seenAt" = EXCLUDED."seenAt", "leftAt" = NULL, "operatorId" = EXCLUDED."operatorId",
      "since" = CASE WHEN p."operatorId" = EXCLUDED."operatorId" THEN p."since" ELSE EXCLUDED."since" END,
      "requestId" = CASE WHEN p."operatorId" = EXCLUDED."operatorId" THEN p."requestId" END
    WHERE p."operatorId" = EXCLUDED."operatorId" OR p."leftAt" IS NOT NULL
      OR p."seenAt" < clock_timestamp() - make_interval(secs => ${goneMs / 1_000})
    RETURNING p."tab", p."since" = p."seenAt" AS "isNew"`;
  return rows.filter((row) => row.isNew);
}
