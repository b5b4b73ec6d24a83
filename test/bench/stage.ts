import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { type Embedded, startEmbedded } from "@/server/db/embedded";
import { migrate } from "@/server/db/migrate";
import { createLogger } from "@/server/log";

/**
 * What the pieces are measured on: one embedded PostgreSQL as Gatehouse starts it (its own settings, fsync on), on a
 * directory that is thrown away, and everything else that has to be ended when the benchmark is.
 */
export class Stage {
  private readonly owned: (() => Promise<unknown>)[] = [];
  private server: Promise<Embedded> | null = null;
  private ending: Promise<void> | null = null;

  /** @param whole the stage this is a part of: its server is used. */
  constructor(
    readonly runs: number,
    readonly say: (line: string) => void,
    private readonly whole: Stage | null = null,
  ) {}

  /** A stage to be ended earlier than this one, on the same server. */
  part(): Stage {
    const part = new Stage(this.runs, this.say, this);
    this.own(() => part.end());
    return part;
  }

  /** Whatever is begun is handed over with its end. Ends run last begun first. */
  own(end: () => Promise<unknown>): void {
    this.owned.push(end);
  }

  /** An empty directory of the caller's own. */
  async directory(): Promise<string> {
    const directory = await mkdtemp(path.join(tmpdir(), "gatehouse-bench-"));
    this.own(() => rm(directory, { recursive: true, force: true }));
    return directory;
  }

  /** A migrated database of the caller's own. */
  async database(): Promise<string> {
    if (this.whole) return await this.whole.database();
    this.server ??= this.startServer();
    const url = new URL((await this.server).url);
    const name = `bench_${randomBytes(6).toString("hex")}`;
    await execute(url.href, `create database ${name}`);
    url.pathname = `/${name}`;
    await migrate(url.href);
    return url.href;
  }

  /** Ends everything, once, and goes on past what does not end well. */
  end(): Promise<void> {
    this.ending ??= (async () => {
      for (let end = this.owned.pop(); end; end = this.owned.pop()) {
        await end().catch((error: unknown) => this.say(`did not end well: ${String(error)}`));
      }
    })();
    return this.ending;
  }

  private async startServer(): Promise<Embedded> {
    const server = await startEmbedded(await this.directory(), createLogger("error"));
    this.own(() => server.stop());
    return server;
  }
}

/** Statements on a connection of their own, without parameters. */
export async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
