import { randomInt } from "node:crypto";
import { Client, type QueryResult, type QueryResultRow } from "pg";
import { z } from "zod";
import type { Fact } from "@/lib/live";
import type { Logger } from "@/server/log";
import type { Prisma } from "./generated/client";
import { Recent } from "./recent";

export interface Bus {
  /** Tells every instance, this one included. Waits through a lost connection; rejects once the bus is closed. */
  publish(fact: Fact): Promise<void>;
  /** `onGap` is called after a reconnect: facts may have been missed, so read again. Answers the way to stop. */
  subscribe(listener: (fact: Fact) => void, onGap?: () => void): () => void;
  /** Where the telling stands on this instance, to be handed to `since` later. */
  position(): string;
  /** What was told after a position, oldest first; null when everything has to be read again. */
  since(position: string): readonly Fact[] | null;
  isAlive(): boolean;
  /** This instance's number: its connection holds `pg_advisory_lock(20260, instance)`, so others can tell it lives. */
  readonly instance: number;
  close(): Promise<void>;
}

/** First key of every advisory lock of ours. 0 as the second key is the migration's; instances are above it. */
export const lockSpace = 20_260;

/** Where facts travel: for a statement that writes and tells in one. */
export const channel = "gatehouse";
const heartbeatMs = 15_000;
const heartbeatTimeoutMs = 5_000;

const factSchema = z.discriminatedUnion("topic", [
  z.object({
    topic: z.enum(["request", "bot", "decision", "roster", "conversation", "task", "person", "shelf"]),
    id: z.string(),
    botId: z.string(),
    version: z.number(),
  }),
  z.object({ topic: z.literal("audit"), id: z.string(), botId: z.string().nullable(), version: z.number() }),
  z.object({
    topic: z.enum(["operator", "session", "presence", "setting", "batch", "view"]),
    id: z.string(),
    botId: z.null(),
    version: z.number(),
  }),
]);

interface Listener {
  onFact: (fact: Fact) => void;
  onGap: (() => void) | undefined;
}

/**
 * Opens the bus between instances: LISTEN/NOTIFY on one connection of its own, reconnecting with growing, jittered
 * pauses. @throws the driver's error when the first connection fails.
 */
export async function openBus(url: string, log: Logger): Promise<Bus> {
  const bus = new PostgresBus(url, log);
  await bus.open();
  return bus;
}

/** Publishes from inside a transaction: the fact goes out on commit and on commit only. */
export async function publishIn(tx: Prisma.TransactionClient, fact: Fact): Promise<void> {
  await tx.$executeRaw`select pg_notify(${channel}, ${JSON.stringify(fact)})`;
}

class PostgresBus implements Bus {
  readonly instance = randomInt(1, 2 ** 31 - 1);
  readonly #listeners = new Set<Listener>();
  readonly #recent = new Recent();
  readonly #url: string;
  readonly #log: Logger;
  /** The connection in use; a client that is not this one is stale and whatever it still says is dropped. */
  #client: Client | null = null;
  #waiting: PromiseWithResolvers<Client> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> = Promise.resolve();
  #attempts = 0;
  #holdsLock = false;
  #isClosed = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  async open(): Promise<void> {
    await this.#connect();
  }

  isAlive(): boolean {
    return this.#client !== null;
  }

  async publish(fact: Fact): Promise<void> {
    if (this.#isClosed) throw new Error("The bus is closed.");
    const client = this.#client ?? (await this.#nextClient());
    await this.#query(client, "select pg_notify($1, $2)", [channel, JSON.stringify(fact)]);
  }

  subscribe(onFact: (fact: Fact) => void, onGap?: () => void): () => void {
    const listener = { onFact, onGap };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  position(): string {
    return this.#recent.position();
  }

  since(position: string): readonly Fact[] | null {
    // While the connection is gone nobody knows what is told meanwhile.
    return this.#client === null ? null : this.#recent.since(position);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting?.reject(new Error("The bus is closed."));
    this.#listeners.clear();
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  /** One query of a connection after another: pg's own queue for overlapping ones is on its way out. */
  #query<R extends QueryResultRow>(client: Client, sql: string, values: unknown[] = []): Promise<QueryResult<R>> {
    const turn = this.#turn.then(() => client.query<R>(sql, values));
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  #nextClient(): Promise<Client> {
    if (this.#waiting === null) {
      this.#waiting = withResolvers<Client>();
      this.#waiting.promise.catch(() => undefined);
    }
    return this.#waiting.promise;
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      application_name: "gatehouse bus",
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: heartbeatTimeoutMs,
    });
    // Before connecting: a connection lost at any moment must find its handler.
    client.on("error", (error) => this.#lost(client, error));
    client.on("end", () => this.#lost(client, null));
    client.on("notification", ({ payload }) => {
      if (client === this.#client) this.#deliver(payload ?? "");
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#holdsLock = false;
      await this.#takeLock(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.#isClosed) return void (await client.end().catch(() => undefined));
    this.#client = client;
    this.#attempts = 0;
    this.#waiting?.resolve(client);
    this.#waiting = null;
    this.#beat(client);
  }

  /** After a reconnect the server may not yet have noticed that the old connection is gone; it then holds the lock. */
  async #takeLock(client: Client): Promise<void> {
    if (this.#holdsLock) return;
    const answer = await this.#query<{ taken: boolean }>(client, "select pg_try_advisory_lock($1, $2) as taken", [
      lockSpace,
      this.instance,
    ]);
    this.#holdsLock = answer.rows[0]?.taken === true;
  }

  /** A half-open connection looks alive for hours; asking it something is the only way to know. */
  #beat(client: Client): void {
    if (client !== this.#client) return;
    this.#timer = setTimeout(() => {
      this.#query(client, "select 1")
        .then(() => this.#takeLock(client))
        .then(() => this.#beat(client))
        .catch((error: unknown) => this.#lost(client, error));
    }, heartbeatMs);
    this.#timer.unref();
  }

  #lost(client: Client, error: unknown): void {
    if (client !== this.#client) return;
    this.#client = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    client.end().catch(() => undefined);
    if (this.#isClosed) return;
    this.#log.warn({ err: error }, "bus connection lost");
    this.#retry();
  }

  #retry(): void {
    const pause = Math.min(10_000, 50 * 2 ** this.#attempts++);
    this.#timer = setTimeout(
      () => {
        this.#connect().then(
          () => this.#tellGap(),
          (error: unknown) => {
            if (this.#isClosed) return;
            this.#log.warn({ err: error }, "bus cannot reconnect");
            this.#retry();
          },
        );
      },
      pause * (0.5 + Math.random() / 2),
    );
  }

  #tellGap(): void {
    if (this.#isClosed) return;
    this.#log.info("bus connected again");
    this.#recent.begin();
    for (const listener of [...this.#listeners]) this.#guard(() => listener.onGap?.());
  }

  #deliver(payload: string): void {
    const fact = parseFact(payload);
    if (fact === null) {
      this.#log.warn("bus dropped a fact it does not understand: another version of Gatehouse may share the database");
      return;
    }
    this.#recent.add(fact);
    for (const listener of [...this.#listeners]) this.#guard(() => listener.onFact(fact));
  }

  /** One listener's failure must not keep the fact from the others. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#log.error({ err: error }, "bus listener failed");
    }
  }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
}

/** Promise.withResolvers is not in Node 20. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function parseFact(payload: string): Fact | null {
  try {
    const parsed = factSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
