import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createTRPCClient, httpLink } from "@trpc/client";
import { encode } from "next-auth/jwt";
import superjson from "superjson";
import type { BuiltInRole } from "@/lib/role";
import type { AppRouter } from "@/server/api/router";
import { sessionCookieName } from "@/server/auth/session";
import { publishIn } from "@/server/db/bus";
import { type Database, openDatabase } from "@/server/db/client";
import { testConfig } from "../desk";
import { addOperator, addSession } from "../people";
import type { Stage } from "./stage";

/** What the desk needs of this environment; its own settings are not among it. */
const passedOn = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "SystemRoot"];

/** The whole desk in a process of its own, as `npm start` runs it, reached as browsers reach it: with a session's cookie. */
export class DeskServer {
  private constructor(
    readonly url: string,
    readonly pid: number | undefined,
    private readonly secret: string,
    private readonly database: Database,
  ) {}

  static async start(stage: Stage): Promise<DeskServer> {
    const databaseUrl = await stage.database();
    const database = openDatabase(databaseUrl, { poolSize: 2 });
    stage.own(() => database.$disconnect());
    const secret = randomBytes(32).toString("base64");
    const kept = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
    const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
      env: {
        ...kept,
        NODE_ENV: "production",
        DATABASE_URL: databaseUrl,
        DATA_DIR: await stage.directory(),
        GATEHOUSE_SECRET: secret,
        HOST: "127.0.0.1",
        PORT: "0",
        LOG_LEVEL: "error",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    stage.own(async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await ended;
    });
    const url = new Promise<string>((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const found = /ready: (https?:\/\/\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const started = await Promise.race([url, ended.then(() => null)]);
    if (started === null) throw new Error("the desk did not start");
    return new DeskServer(started, child.pid, secret, database);
  }

  /** The cookie of a new operator who has just signed in. */
  async seat(role: BuiltInRole): Promise<string> {
    const { id } = await addOperator(this.database, role);
    const token = { sid: await addSession(this.database, id), sub: id };
    return `${sessionCookieName(testConfig(""))}=${await encode({ token, secret: this.secret })}`;
  }

  /** The API as this operator's browser calls it. */
  api(cookie: string) {
    const headers = { cookie, origin: this.url };
    return createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${this.url}/api/trpc`, transformer: superjson, headers })],
    });
  }

  /** The request of this person. Throws while there is none. */
  async requestOf(applicantId: string): Promise<string> {
    return (await this.database.request.findFirstOrThrow({ where: { applicantId }, select: { id: true } })).id;
  }

  /** Waits until so many requests are stored. */
  async stored(count: number): Promise<void> {
    while ((await this.database.request.count()) < count) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Waits until so many messages are stored. */
  async said(count: number): Promise<void> {
    while ((await this.database.message.count()) < count) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Takes a request out of the database and off all screens, as if it had never been. */
  async forget(id: string): Promise<void> {
    await this.database.$transaction(async (tx) => {
      const { botId } = await tx.request.delete({ where: { id } });
      await publishIn(tx, { topic: "request", id, botId, version: 2 });
    });
  }

  /** Waits until exactly so many bots are connected as far as the desk says. Throws after `limitMs`. */
  async connected(count: number, limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    for (;;) {
      const connected = await this.database.bot.count({ where: { isConnected: true } });
      if (connected === count) return;
      if (performance.now() > until) throw new Error(`${connected} bots are connected, not ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** How many transactions its database has seen. */
  async commits(): Promise<number> {
    const [row] = await this.database.$queryRaw<{ commits: number }[]>`
      SELECT xact_commit::int AS commits FROM pg_stat_database WHERE datname = current_database()`;
    return row?.commits ?? 0;
  }

  /** What the process holds in memory (resident set), in MB, its database not counted. */
  async memory(): Promise<number> {
    const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(this.pid)]);
    return Number(stdout) / 1_024;
  }
}
