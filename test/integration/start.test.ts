import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { migrate } from "@/server/db/migrate";
import { createDatabase } from "@/test/database";

const root = fileURLToPath(new URL("../..", import.meta.url));
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Started {
  child: ChildProcess;
  /** The URL and the set-up token, once it is ready; null when it ended before. */
  ready: Promise<{ url: string; token: string | null; output: string } | null>;
  ended: Promise<{ code: number | null; errors: string[] }>;
}

async function directory(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "gatehouse-test-"));
  await chmod(made, 0o711);
  ends.push(() => rm(made, { recursive: true, force: true }));
  return path.join(made, "data");
}

/** The real server in a process of its own, with these settings and no others. */
function start(settings: Record<string, string>): Started {
  const { PATH = "", HOME = "", TZ = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
    cwd: root,
    env: { PATH, HOME, TZ, NODE_ENV: "production", PORT: "0", LOG_LEVEL: "warn", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<{ code: number | null; errors: string[] }>((resolve) => {
    child.once("close", (code) => resolve({ code, errors: errors.split("\n").filter((line) => line !== "") }));
  });
  const said = new Promise<{ url: string; token: string | null; output: string }>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /Gatehouse is ready: (\S+)\n/.exec(output)?.[1];
      const isWhole = output.includes("/setup and enter it");
      const token = /Set-up token: (\S+)\n/.exec(output)?.[1] ?? null;
      // No test here makes an owner, so every start prints a token after its URL.
      if (url !== undefined && isWhole) resolve({ url, token, output });
    });
  });
  ends.push(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return { child, ended, ready: Promise.race([said, ended.then(() => null)]) };
}

async function readyOf(started: Started): Promise<{ url: string; token: string | null; output: string }> {
  const ready = await started.ready;
  if (ready !== null) return ready;
  throw new Error(`It ended instead: ${(await started.ended).errors.join(" ")}`);
}

async function isReady(url: string): Promise<unknown> {
  return await (await fetch(`${url}/readyz`)).json();
}

/** The pid of the database server of a data directory. */
async function databasePid(dataDir: string): Promise<number> {
  return Number((await readFile(path.join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);
}

function end(started: Started, signal: NodeJS.Signals): Promise<{ code: number | null; errors: string[] }> {
  started.child.kill(signal);
  return started.ended;
}

describe("the start", () => {
  it("makes what it needs, says where it is, and stops cleanly; the second finds everything done", async () => {
    const dataDir = await directory();
    const first = start({ DATA_DIR: dataDir });
    const { url, token, output } = await readyOf(first);
    expect(output).toMatch(/^\[ *\d+\.\d\d s\] /);
    expect(output).toContain("migration(s) applied");
    expect(token).toMatch(/^[\w-]{20,}$/);
    expect(await isReady(url)).toEqual({ status: "ready", missing: [] });
    expect((await fetch(`${url}/setup`)).status).toBe(200);
    expect(await end(first, "SIGTERM")).toEqual({ code: 0, errors: [] });
    for (const left of ["gatehouse.lock", "socket", "postgres/postmaster.pid"]) {
      expect(existsSync(path.join(dataDir, left)), left).toBe(false);
    }

    const second = start({ DATA_DIR: dataDir });
    const again = await readyOf(second);
    expect(again.output).not.toContain("migration(s) applied");
    expect(again.token).not.toBe(token);
    expect((await end(second, "SIGINT")).code).toBe(0);
  });

  it("stops though a connection is held open", async () => {
    const started = start({ DATA_DIR: await directory() });
    const { url } = await readyOf(started);
    const held = fetch(`${url}/api/trpc/nobody.knows`, {
      method: "POST",
      headers: { origin: url },
      body: endless(),
      duplex: "half",
    } as RequestInit);
    held.catch(() => undefined);
    expect((await end(started, "SIGTERM")).code).toBe(0);
  });

  it("takes over from a desk that was killed, its database still running or killed with it", async () => {
    const dataDir = await directory();
    const first = start({ DATA_DIR: dataDir });
    await readyOf(first);
    const orphan = await databasePid(dataDir);
    await end(first, "SIGKILL");
    const second = start({ DATA_DIR: dataDir });
    expect(await isReady((await readyOf(second)).url)).toMatchObject({ status: "ready" });
    const next = await databasePid(dataDir);
    expect(next).not.toBe(orphan);
    process.kill(next, "SIGKILL");
    await end(second, "SIGKILL");
    const third = start({ DATA_DIR: dataDir });
    expect(await isReady((await readyOf(third)).url)).toMatchObject({ status: "ready" });
  });

  it("of two instances on one server shares the database and one secret", async () => {
    const { url, drop } = await createDatabase();
    ends.push(drop);
    const settings = { DATABASE_URL: url, DATA_DIR: await directory() };
    const [one, two] = [start(settings), start(settings)];
    expect(await isReady((await readyOf(one)).url)).toMatchObject({ status: "ready" });
    expect(await isReady((await readyOf(two)).url)).toMatchObject({ status: "ready" });
    expect(existsSync(path.join(settings.DATA_DIR, "postgres"))).toBe(false);
  });
});

describe("a start that cannot be says so in one clear line:", () => {
  it("a malformed setting, each with its name and an example, before anything is touched", async () => {
    const dataDir = await directory();
    const { code, errors } = await start({
      DATA_DIR: dataDir,
      PORT: "eighty",
      TRUST_PROXY: "yes",
      GATEHOUSE_SECRET: "short",
    }).ended;
    expect(code).toBe(1);
    expect(errors).toEqual([
      `PORT: "eighty" is not a whole number from 0 to 65535. Example: PORT=3000`,
      expect.stringMatching(/^GATEHOUSE_SECRET: its value is not 32 characters or more/),
      expect.stringMatching(/^TRUST_PROXY: "yes" is not /),
    ]);
    expect(existsSync(dataDir)).toBe(false);
  });

  it("a port that is taken, and no database was made", async () => {
    const dataDir = await directory();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    ends.push(() => new Promise((resolve) => holder.close(resolve)));
    // A listening server's address.
    const { port } = holder.address() as AddressInfo;
    const { code, errors } = await start({ DATA_DIR: dataDir, PORT: String(port) }).ended;
    expect([code, errors]).toEqual([1, [expect.stringMatching(new RegExp(`^PORT: ${port} on 127.0.0.1 is taken`))]]);
    expect(existsSync(path.join(dataDir, "postgres"))).toBe(false);
  });

  it("a data directory in use, and the desk that uses it does not notice", async () => {
    const dataDir = await directory();
    const { url } = await readyOf(start({ DATA_DIR: dataDir }));
    const { code, errors } = await start({ DATA_DIR: dataDir }).ended;
    expect([code, errors]).toEqual([1, [expect.stringMatching(/^DATA_DIR: .* is in use by another Gatehouse/)]]);
    expect(await isReady(url)).toMatchObject({ status: "ready" });
  });

  it("a database that cannot be reached, without its password", async () => {
    const DATABASE_URL = "postgresql://desk:hunter2secret@127.0.0.1:1/desk";
    const { code, errors } = await start({ DATA_DIR: await directory(), DATABASE_URL }).ended;
    expect([code, errors]).toEqual([
      1,
      [expect.stringMatching(/^DATABASE_URL: the database at 127\.0\.0\.1:1\/desk cannot be reached/)],
    ]);
    expect(errors.join()).not.toContain("hunter2secret");
  });

  it("a database that is newer than the code", async () => {
    const { url, drop } = await createDatabase();
    ends.push(drop);
    await migrate(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      "insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101000000_later', now())",
    );
    await client.end();
    const { code, errors } = await start({ DATA_DIR: await directory(), DATABASE_URL: url }).ended;
    expect([code, errors]).toEqual([1, [expect.stringMatching(/^The database is newer than this Gatehouse/)]]);
  });
});

/** A body that never ends. */
function endless(): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) });
}
