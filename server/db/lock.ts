import { createHash } from "node:crypto";
import { chmod, link, mkdtemp, rename, rm, symlink, unlink } from "node:fs/promises";
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

async function takeSocket(reached: string, directory: string): Promise<Lock> {
  const name = path.join(reached, "gatehouse.lock");
  for (;;) {
    const server = await listen(name);
    if (server !== null) {
      await chmod(name, 0o600);
      return {
        release: async () => {
          await unlink(path.join(directory, "gatehouse.lock")).catch(() => undefined);
          await close(server);
        },
      };
    }
    if (await isAnswered(name)) throw inUse(directory);
    await removeStale(name, directory);
  }
}

/**
 * Renamed first and looked at again: between our look and our unlink another process may have put its own, living
 * socket there. That one goes back to its place.
 */
async function removeStale(name: string, directory: string): Promise<void> {
  const aside = `${name}.${process.pid}`;
  try {
    await rename(name, aside);
  } catch (error) {
    if (isCode(error, "ENOENT")) return;
    throw error;
  }
  const isAlive = await isAnswered(aside);
  if (isAlive) await link(aside, name).catch(() => undefined);
  await unlink(aside);
  if (isAlive) throw inUse(directory);
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
