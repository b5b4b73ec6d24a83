import { type ChildProcess, execFile } from "node:child_process";
import { readFile, readlink, realpath, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { Logger } from "@/server/log";
import { StartError } from "@/server/start-error";

const run = promisify(execFile);

/**
 * Deals with what a killed Gatehouse or a killed server left behind in `cluster`. A server that still runs there is
 * ours (the caller holds the lock), so it is stopped cleanly; a pid that has since gone to some other program is
 * blanked out, because PostgreSQL would take that program for its rival and refuse to start.
 * @throws StartError when the old server cannot be stopped.
 */
export async function stopOrphan(cluster: string, log: Logger): Promise<void> {
  const file = path.join(cluster, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return;
  const [first, , , , socketDirectory] = text.split("\n");
  const pid = Number(first);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  if (await isServerOf(pid, cluster)) {
    log.warn({ pid }, "an earlier Gatehouse was killed and left its database server running: stopping it");
    await end(pid, cluster);
  }
  // PostgreSQL never takes its own parent for a rival. The rest of the file names the shared memory by which it still
  // notices processes of the old server, so the file stays.
  const left = await readFile(file, "utf8").catch(() => null);
  if (left !== null) await writeFile(file, left.replace(/^\d+/, String(process.pid)));
  if (socketDirectory !== undefined && /^gatehouse-\w{6}$/.test(path.basename(socketDirectory))) {
    await rm(socketDirectory, { recursive: true, force: true });
  }
}

/** Fast, then immediate, then by force; each step gets ten seconds. */
async function end(pid: number, cluster: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!(await isServerOf(pid, cluster))) return;
      throw new StartError(
        `DATA_DIR: the database server left running in ${cluster} (process ${pid}) cannot be stopped: start Gatehouse as the user who started it.`,
        { cause: error },
      );
    }
    // It is nobody's child any more, so nothing but looking tells when it is gone.
    for (let looks = 0; looks < 500; looks++) {
      // A dead one that no parent collects has no working directory any more, so it counts as gone.
      if (!(await isServerOf(pid, cluster))) return;
      await pause(20);
    }
  }
  throw new StartError(`DATA_DIR: the database server left running in ${cluster} (process ${pid}) does not end.`);
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A server's working directory is its data directory. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === "linux") {
    const [working, name] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => ""),
      readFile(`/proc/${pid}/comm`, "utf8").catch(() => ""),
    ]);
    return name.trim() === "postgres" && working === (await realpath(cluster));
  }
  if (process.platform === "win32") return false;
  const { stdout } = await run("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return stdout.includes("postgres") && stdout.includes(cluster);
}
