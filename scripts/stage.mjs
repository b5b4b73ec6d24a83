import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} what */
export function step(what) {
  console.log(`[${(performance.now() / 1000).toFixed(2).padStart(5)} s] ${what}`);
}

/** Ends the script with one line and no stack. @param {string} line @returns {never} */
export function fail(line) {
  console.error(line);
  process.exit(1);
}

/**
 * Runs a program in the project's root with our own output, and answers its exit status (128 and more: a signal).
 * @param {string} command @param {readonly string[]} args @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<number>}
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    // npm is a script on Windows, which only a shell can start; the arguments are all ours.
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env }, shell });
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}

/**
 * A hash over the contents and names of files and folders; what is not there counts as empty.
 * @param {readonly string[]} names @param {(relative: string) => boolean} [isLeftOut]
 */
export function hashOf(names, isLeftOut = () => false) {
  const hash = createHash("sha256");
  /** @param {string} relative */
  const add = (relative) => {
    const full = path.join(root, relative);
    if (isLeftOut(relative) || !existsSync(full)) return;
    hash.update(`${relative}\0`).update(readFileSync(full));
  };
  for (const name of names) {
    const full = path.join(root, name);
    if (!existsSync(full)) continue;
    const inside = readdirOrNull(full);
    if (inside === null) add(name);
    else for (const file of inside.sort()) add(path.join(name, file));
  }
  return hash.digest("hex");
}

/** The files under a folder, or null when it is none. @param {string} full */
function readdirOrNull(full) {
  try {
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(full, path.join(entry.parentPath, entry.name)));
  } catch {
    return null;
  }
}

/** @param {string} relative */
export function readIfThere(relative) {
  const full = path.join(root, relative);
  return existsSync(full) ? readFileSync(full, "utf8") : null;
}
