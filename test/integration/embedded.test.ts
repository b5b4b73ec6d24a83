import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { findPlace } from "@/server/db/cluster";
import { type Embedded, startEmbedded } from "@/server/db/embedded";
import { takeLock } from "@/server/db/lock";
import { chooseUser } from "@/server/db/user";
import { createLogger } from "@/server/log";

const log = createLogger("silent");
const settings = { fsync: "off" };
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function directory(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "gatehouse-test-"));
  ends.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function start(dataDir: string): Promise<Embedded> {
  const server = await startEmbedded(dataDir, log, { settings });
  ends.push(() => server.stop());
  return server;
}

async function ask<T>(url: string, sql: string): Promise<T | undefined> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const answer = await client.query(sql);
    // Each test names the column it asks for.
    return Object.values(answer.rows[0] ?? {})[0] as T | undefined;
  } finally {
    await client.end();
  }
}

describe("the embedded database", () => {
  it("starts on an empty directory, keeps its data over a stop, and orders text the same everywhere", async () => {
    const dataDir = await directory();
    const first = await startEmbedded(dataDir, log, { settings });
    await ask(first.url, "create table kept as select 'Ä' as letter");
    await first.stop();
    const second = await start(dataDir);
    expect(await ask(second.url, "select lower(letter) from kept")).toBe("ä");
    expect(await ask(second.url, "show server_encoding")).toBe("UTF8");
    expect(await ask(second.url, "show listen_addresses")).toBe("");
  });

  it("has a socket that nobody else can reach and that works under a very long path", async () => {
    const parent = await directory();
    await chmod(parent, 0o711);
    const dataDir = path.join(parent, "x".repeat(120));
    const server = await start(dataDir);
    const socket = new URL(server.url).searchParams.get("host") ?? "";
    expect((await stat(socket)).mode & 0o777).toBe(0o700);
    expect(await ask(server.url, "select 1")).toBe(1);
  });

  it("refuses a directory that another one is using, and leaves that one alone", async () => {
    const dataDir = await directory();
    const server = await start(dataDir);
    await expect(startEmbedded(dataDir, log, { settings })).rejects.toThrow(/in use by another Gatehouse/);
    expect(await ask(server.url, "select 1")).toBe(1);
  });

  it("is restarted when it is killed, with what was committed", async () => {
    const server = await start(await directory());
    await ask(server.url, "create table kept as select 7 as number");
    const pid = await postmaster(server);
    process.kill(pid, "SIGKILL");
    expect(await untilAnswers(server.url, "select number from kept", pid, server)).toBe(7);
  });

  it("takes over from a Gatehouse and a server that were both killed", async () => {
    const dataDir = await directory();
    const server = await start(dataDir);
    const file = path.join(dataDir, "postgres", "postmaster.pid");
    const left = await readFile(file, "utf8");
    await server.stop();
    // As a container restarts: the pid in the file is alive and is somebody else now (here: this very test's parent).
    await writeFile(file, left.replace(/^\d+/, String(process.ppid)));
    const user = await chooseUser();
    if (user !== null) await chown(file, user.uid, user.gid);
    const next = await start(dataDir);
    expect(await ask(next.url, "select 1")).toBe(1);
  });

  it("says clearly when the directory belongs to another version", async () => {
    const dataDir = await directory();
    await mkdir(path.join(dataDir, "postgres"));
    await writeFile(path.join(dataDir, "postgres", "PG_VERSION"), "13\n");
    await expect(startEmbedded(dataDir, log)).rejects.toThrow(/made by PostgreSQL 13/);
  });

  it("is not made anew when the place it was moved to is gone", async () => {
    const dataDir = await directory();
    await writeFile(path.join(dataDir, "postgres.path"), "/nonexistent/gatehouse\n");
    await expect(startEmbedded(dataDir, log)).rejects.toThrow(/that directory is gone/);
  });
});

describe.runIf(process.getuid?.() === 0)("as root", () => {
  it("runs the server as somebody else, who owns the cluster", async () => {
    const dataDir = await directory();
    const server = await start(dataDir);
    const user = await chooseUser();
    expect((await stat(path.join(dataDir, "postgres"))).uid).toBe(user?.uid);
    expect((await stat(`/proc/${await postmaster(server)}`)).uid).toBe(user?.uid);
  });

  it("lets that user pass a directory that was closed, and nobody else", async () => {
    const dataDir = await directory();
    const user = await chooseUser();
    expect(await findPlace(dataDir, user)).toEqual({ home: dataDir, cluster: path.join(dataDir, "postgres") });
    const { uid, gid, mode } = await stat(dataDir);
    expect([uid, gid, mode & 0o777]).toEqual([0, user?.gid, 0o710]);
  });

  it("puts the cluster beside a data directory that is closed to that user, and finds it there again", async () => {
    const closed = await directory();
    const dataDir = path.join(closed, "data");
    const user = await chooseUser();
    const place = await findPlace(dataDir, user);
    ends.push(() => rm(place.home, { recursive: true, force: true }));
    expect(place.home).toMatch(/^\/var\/lib\/gatehouse-[0-9a-f]{12}$/);
    await chmod(closed, 0o711);
    expect(await findPlace(dataDir, user)).toEqual(place);
  });
});

describe("the lock of a data directory", () => {
  it("is held by one, released for the next", async () => {
    const dataDir = await realpath(await directory());
    const lock = await takeLock(dataDir);
    await expect(takeLock(dataDir)).rejects.toThrow(/in use/);
    await lock.release();
    await (await takeLock(dataDir)).release();
  });

  it("is free when its holder is gone without having released it", async () => {
    const dataDir = await realpath(await directory());
    const dead = await listenOn(path.join(dataDir, "holder"));
    // What a kill -9 leaves: a socket's file with nobody behind it.
    await rename(path.join(dataDir, "holder"), path.join(dataDir, "gatehouse.lock"));
    await new Promise((resolve) => dead.close(resolve));
    await (await takeLock(dataDir)).release();
  });

  it("goes to one of many who find a stale one at the same time, again and again", async () => {
    const dataDir = await realpath(await directory());
    for (let round = 0; round < 20; round += 1) {
      const dead = await listenOn(path.join(dataDir, "holder"));
      await rename(path.join(dataDir, "holder"), path.join(dataDir, "gatehouse.lock"));
      await new Promise((resolve) => dead.close(resolve));
      const all = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(dataDir)));
      const held = all.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      expect(held).toHaveLength(1);
      await expect(takeLock(dataDir)).rejects.toThrow("in use by another Gatehouse");
      await held[0]?.release();
      expect((await readdir(dataDir)).filter((name) => name.startsWith("gatehouse.lock"))).toEqual([]);
    }
  });
});

function listenOn(file: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(file, () => resolve(server));
  });
}

async function postmaster(server: Embedded): Promise<number> {
  const file = await ask<string>(server.url, "select pg_read_file('postmaster.pid')");
  return Number(file?.split("\n")[0]);
}

/** Asks until another server process than `former` answers: the restart is the thing waited for. */
async function untilAnswers(url: string, sql: string, former: number, server: Embedded): Promise<unknown> {
  for (;;) {
    try {
      if ((await postmaster(server)) !== former) return await ask(url, sql);
    } catch {
      // Not back yet.
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
