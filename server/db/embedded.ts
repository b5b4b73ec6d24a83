import { type ChildProcess, spawn } from "node:child_process";
import { chown, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { Logger } from "@/server/log";
import { StartError } from "@/server/start-error";
import { type Binaries, findBinaries } from "./binaries";
import { ensureCluster, environment, findPlace, type Place } from "./cluster";
import { takeLock } from "./lock";
import { hasEnded, stopOrphan } from "./orphan";
import { chooseUser, type User } from "./user";

export interface Embedded {
  url: string;
  stop(): Promise<void>;
}

/** A socket's path, name included, may have 107 bytes (`sun_path`); macOS gives 103. */
const longestSocketPath = 103;

const settings = {
  max_connections: "100",
  shared_buffers: "64MB",
  fsync: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  // Failing statements are the caller's to report; in this log they would repeat people's data.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/**
 * Starts the PostgreSQL server of `dataDir`, making it on the first start, and keeps it running: it is restarted when
 * it dies. Reached through a socket in a directory only its user can enter (Windows: 127.0.0.1 and a random password).
 * A server left over from a Gatehouse that was killed is stopped cleanly first.
 * @param options.settings server settings that differ from ours; tests switch fsync off.
 * @throws StartError when the directory is in use, unusable or of another version.
 */
export async function startEmbedded(
  dataDir: string,
  log: Logger,
  options: { settings?: Record<string, string> } = {},
): Promise<Embedded> {
  const user = await chooseUser();
  const binaries = await findBinaries(user);
  const place = await findPlace(dataDir, user);
  const lock = await takeLock(place.home);
  try {
    await stopOrphan(place.cluster, log);
    await ensureCluster(place, binaries, user);
    const server = new Server(binaries, place, user, log, { ...settings, ...options.settings });
    await server.start();
    return {
      url: server.url("gatehouse"),
      stop: async () => {
        await server.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Owns the server's process: the only one that starts, restarts and ends it. */
class Server {
  readonly #binaries: Binaries;
  readonly #place: Place;
  readonly #user: User | null;
  readonly #log: Logger;
  readonly #settings: Record<string, string>;
  #child: ChildProcess | null = null;
  #socketDirectory = "";
  #password = "";
  #restart: NodeJS.Timeout | null = null;
  #crashes = 0;
  #isStopping = false;
  /** Without it a process.exit() somewhere would leave the server behind. */
  readonly #onExit = () => this.#child?.kill("SIGINT");

  constructor(binaries: Binaries, place: Place, user: User | null, log: Logger, settings: Record<string, string>) {
    this.#binaries = binaries;
    this.#place = place;
    this.#user = user;
    this.#log = log;
    this.#settings = settings;
  }

  async start(): Promise<void> {
    await this.#prepareSocket();
    process.once("exit", this.#onExit);
    try {
      await this.#launchFirst();
      await this.#makeDatabase();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  url(database: string): string {
    if (process.platform === "win32") {
      return `postgresql://gatehouse:${this.#password}@127.0.0.1:${this.#port()}/${database}`;
    }
    return `postgresql://gatehouse@localhost/${database}?host=${encodeURIComponent(this.#socketDirectory)}`;
  }

  /** Fast shutdown; a server that takes longer than 3 s is stopped at once and recovers at its next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    process.off("exit", this.#onExit);
    if (this.#restart !== null) clearTimeout(this.#restart);
    const child = this.#child;
    if (child !== null) {
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGINT");
      const quit = setTimeout(() => child.kill("SIGQUIT"), 3_000);
      const kill = setTimeout(() => child.kill("SIGKILL"), 4_000);
      if (!hasEnded(child)) await ended;
      clearTimeout(quit);
      clearTimeout(kill);
    }
    if (this.#socketDirectory !== "") await rm(this.#socketDirectory, { recursive: true, force: true });
  }

  async #prepareSocket(): Promise<void> {
    if (process.platform === "win32") {
      this.#password = (await readFile(path.join(this.#place.home, "postgres.password"), "utf8")).trim();
      return;
    }
    const near = path.join(this.#place.home, "socket");
    const isShort = Buffer.byteLength(path.join(near, ".s.PGSQL.5432.lock")) <= longestSocketPath;
    if (isShort) {
      await rm(near, { recursive: true, force: true });
      await mkdir(near, { mode: 0o700 });
    }
    this.#socketDirectory = isShort ? near : await mkdtemp(path.join(tmpdir(), "gatehouse-"));
    if (this.#user !== null) await chown(this.#socketDirectory, this.#user.uid, this.#user.gid);
  }

  /** Windows has no private socket, so each data directory gets a port of its own, in the range nobody assigns. */
  #port(): number {
    return 49_152 + (parseInt(Buffer.from(this.#place.home).toString("hex").slice(-8), 16) % 16_000);
  }

  /** The last processes of a killed server hold its shared memory for a moment; until they end, no new one may start. */
  async #launchFirst(): Promise<void> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      try {
        return await this.#launch();
      } catch (error) {
        const isHeld = error instanceof Error && error.message.includes("shared memory block");
        if (!isHeld || Date.now() > deadline) throw error;
        await pause(100);
      }
    }
  }

  /** Resolves when the server takes connections; rejects with what it said last when it ends before. */
  #launch(): Promise<void> {
    const all = {
      ...this.#settings,
      ...(process.platform === "win32"
        ? { listen_addresses: "127.0.0.1", port: String(this.#port()) }
        : {
            listen_addresses: "",
            // A list of quoted names, so that a comma in the path is no separator.
            unix_socket_directories: `"${this.#socketDirectory.replaceAll('"', '""')}"`,
            unix_socket_permissions: "0700",
          }),
    };
    const child = spawn(
      this.#binaries.postgres,
      ["-D", this.#place.cluster, ...Object.entries(all).flatMap(([key, value]) => ["-c", `${key}=${value}`])],
      {
        ...this.#user,
        cwd: this.#place.home,
        env: environment(),
        stdio: ["ignore", "ignore", "pipe"],
        windowsHide: true,
        // Its own process group: Ctrl-C in the terminal must reach Gatehouse, which stops the server last, not first.
        detached: process.platform !== "win32",
      },
    );
    this.#child = child;
    return new Promise((resolve, reject) => {
      let isReady = false;
      let lastWords = "";
      createInterface({ input: child.stderr }).on("line", (line) => {
        this.#report(line);
        if (/\b(FATAL|PANIC):/.test(line)) lastWords = line.replace(/^.*?\b(?:FATAL|PANIC):\s*/, "");
        if (line.includes("database system is ready to accept connections")) {
          isReady = true;
          resolve();
        }
      });
      child.once("error", (error) => reject(new StartError(`The embedded PostgreSQL cannot be run: ${error.message}`)));
      // Not "exit": only "close" comes after the last line of stderr.
      child.once("close", (code, signal) => {
        if (this.#child === child) this.#child = null;
        if (isReady) this.#onCrash(signal ?? code);
        else
          reject(
            new StartError(
              `The embedded PostgreSQL in ${this.#place.cluster} did not start: ${lastWords || `it ended with ${signal ?? code}`}`,
            ),
          );
      });
    });
  }

  #onCrash(how: string | number | null): void {
    if (this.#isStopping) return;
    this.#log.error({ how }, "the embedded database ended unexpectedly and is restarted");
    const wait = Math.min(5_000, 100 * 2 ** this.#crashes++);
    this.#restart = setTimeout(() => {
      stopOrphan(this.#place.cluster, this.#log)
        .then(() => (this.#isStopping ? undefined : this.#launch()))
        .then(() => {
          this.#crashes = 0;
        })
        .catch((error: unknown) => {
          this.#log.error({ err: error }, "the embedded database did not restart");
          this.#onCrash("a failed restart");
        });
    }, wait);
  }

  async #makeDatabase(): Promise<void> {
    const client = new Client({ connectionString: this.url("postgres") });
    await client.connect();
    try {
      const found = await client.query("select 1 from pg_database where datname = 'gatehouse'");
      if (found.rowCount === 0) await client.query("create database gatehouse");
    } finally {
      await client.end();
    }
  }

  #report(line: string): void {
    const text = line.replace(/^\S+ \S+ UTC \[\d+\] /, "");
    if (!this.#isStopping && /^(FATAL|PANIC):/.test(text)) this.#log.warn({ postgres: text }, "embedded database");
    else this.#log.debug({ postgres: text }, "embedded database");
  }
}
