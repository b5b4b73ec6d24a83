import { createHash } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, symlink, unlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { StartError } from "@/server/start-error";

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes `directory` for this process until it ends, however it ends. The lock is a listening socket, because the
 * kernel closes it with the process: a pid in a file would outlive a kill -9 and, in a container, name somebody else
 * after the restart.
 * @throws StartError when another Gatehouse holds it.
 */
export async function takeLock(directory: string): Promise<Lock> {
  if (process.platform === "win32") {
    const name = createHash("sha256").update(directory.toLowerCase()).digest("hex").slice(0, 32);
    const server = await listen(`\\\\.\\pipe\\gatehouse-${name}`);
    if (server === null) throw inUse(directory);
    return { release: () => close(server) };
  }
  // A socket's path may have 107 bytes, a directory's more: so it is reached through a short symbolic link.
  const short = await mkdtemp(path.join(tmpdir(), "gatehouse-"));
  try {
    await symlink(directory, path.join(short, "d"));
    return await takeSocket(path.join(short, "d"), directory);
  } finally {
    await rm(short, { recursive: true, force: true });
  }
}

/**
 * What a killed holder left behind is never taken away to make room: between a look at it and its removal it may have
 * become somebody's living socket. Whoever finds only dead ones takes the name after the last, which the kernel gives to
 * one alone, and clears up behind itself.
 */
async function takeSocket(reached: string, directory: string): Promise<Lock> {
  for (;;) {
    const before = await findLocks(directory);
    if (await isAnyAnswered(reached, before)) throw inUse(directory);
    const name = toName((before.at(-1) ?? -1) + 1);
    const server = await listen(path.join(reached, name));
    if (server === null) continue;
    const release = async () => {
      await unlink(path.join(directory, name)).catch(() => undefined);
      await close(server);
    };
    const others = (await findLocks(directory)).filter((each) => toName(each) !== name);
    // Somebody who was between taking a name and listening looked dead, or came as another left. Better none than two.
    if (await isAnyAnswered(reached, others)) {
      await release();
      throw inUse(directory);
    }
    await chmod(path.join(reached, name), 0o600);
    const dead = others.filter((each) => before.includes(each));
    await Promise.all(dead.map((each) => rm(path.join(directory, toName(each)), { force: true })));
    return { release };
  }
}

const base = "gatehouse.lock";

/** The first has no number. */
function toName(count: number): string {
  return count === 0 ? base : `${base}.${count}`;
}

/** The numbers of the locks that somebody holds or has left behind, in their order. */
async function findLocks(directory: string): Promise<number[]> {
  const found = (await readdir(directory)).flatMap((name) => {
    const count = name === base ? 0 : Number(name.match(/^gatehouse\.lock\.([1-9]\d{0,8})$/)?.[1] ?? Number.NaN);
    return Number.isNaN(count) ? [] : [count];
  });
  return found.sort((one, other) => one - other);
}

async function isAnyAnswered(reached: string, locks: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(locks.map((each) => isAnswered(path.join(reached, toName(each)))));
  return answers.includes(true);
}

function inUse(directory: string): StartError {
  return new StartError(
    `DATA_DIR: ${directory} is in use by another Gatehouse. Stop that one, or give this one a directory of its own: DATA_DIR=./other`,
  );
}

/** Null when the name is taken. */
function listen(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => (isCode(error, "EADDRINUSE") ? resolve(null) : reject(error)));
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(name, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error) => {
      if (isCode(error, "ECONNREFUSED") || isCode(error, "ENOENT") || isCode(error, "ENOTSOCK")) resolve(false);
      // A full backlog is a living listener.
      else if (isCode(error, "EAGAIN")) resolve(true);
      else reject(error);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
