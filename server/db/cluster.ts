import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { StartError } from "@/server/start-error";
import type { Binaries } from "./binaries";
import { canReach, type User } from "./user";

const run = promisify(execFile);

/** Where the embedded database lives. */
export interface Place {
  /** Holds the lock, the cluster and the socket directory. DATA_DIR itself unless its user cannot get there. */
  home: string;
  /** PostgreSQL's data directory. */
  cluster: string;
}

/**
 * Decides where the database of `dataDir` lives and makes that directory. Normally `dataDir/postgres`. When Gatehouse
 * is root and the way to `dataDir` is closed to the database's user (root's home), it is `/var/lib/gatehouse-<hash>`, and
 * `dataDir/postgres.path` says so for ever after: a later start reads it and never makes a second, empty database.
 * @throws StartError when the place named there is gone or no place can be made.
 */
export async function findPlace(dataDir: string, user: User | null): Promise<Place> {
  await makeDirectory(dataDir, 0o700);
  const real = await realpath(dataDir);
  if (user !== null) await letPass(real, user);
  const pointer = path.join(real, "postgres.path");
  const named = await readFile(pointer, "utf8").catch(() => null);
  if (named !== null) {
    const home = named.trim();
    const isThere = await stat(home).then(
      (info) => info.isDirectory(),
      () => false,
    );
    if (!isThere) {
      throw new StartError(
        `DATA_DIR: ${pointer} says that the database is in ${home}, and that directory is gone. Restore it, or remove ${pointer} to begin with an empty database.`,
      );
    }
    return { home, cluster: path.join(home, "postgres") };
  }
  if (user === null || (await canReach(real, user))) return { home: real, cluster: path.join(real, "postgres") };
  const home = `/var/lib/gatehouse-${createHash("sha256").update(real).digest("hex").slice(0, 12)}`;
  await makeDirectory(home, 0o711);
  if (!(await canReach(home, user))) {
    throw new StartError(
      `DATA_DIR: ${real} is closed to the database's user, and so is ${home}. Choose a directory outside root's home: DATA_DIR=/srv/gatehouse`,
    );
  }
  await writeFile(pointer, `${home}\n`);
  return { home, cluster: path.join(home, "postgres") };
}

/**
 * A directory of root's that is closed to everybody is opened to the database's group, to pass and not to look. Where
 * others were let in already, the administrator has decided, and it stays as it is.
 */
async function letPass(directory: string, user: User): Promise<void> {
  const { uid, mode } = await stat(directory);
  if (uid !== 0 || (mode & 0o077) !== 0) return;
  await chown(directory, 0, user.gid);
  await chmod(directory, 0o710);
}

/**
 * Makes the cluster when there is none: initdb into a directory beside it, renamed when complete, so that a start that
 * is killed half-way leaves nothing that looks like a database.
 * @throws StartError when it belongs to another major version or initdb fails.
 */
export async function ensureCluster(place: Place, binaries: Binaries, user: User | null): Promise<void> {
  const version = await readFile(path.join(place.cluster, "PG_VERSION"), "utf8").catch(() => null);
  if (version !== null) {
    if (version.trim() === binaries.major) return;
    throw new StartError(
      `DATA_DIR: the database in ${place.cluster} was made by PostgreSQL ${version.trim()}, this Gatehouse brings ${binaries.major}. Dump it with the Gatehouse that made it and load it into a new one.`,
    );
  }
  const fresh = `${place.cluster}.new`;
  await rm(fresh, { recursive: true, force: true });
  await makeDirectory(fresh, 0o700);
  if (user !== null) await chown(fresh, user.uid, user.gid);
  const isWindows = process.platform === "win32";
  const password = randomBytes(24).toString("hex");
  const passwordFile = path.join(place.home, "postgres.password");
  if (isWindows) await writeFile(passwordFile, password, { mode: 0o600 });
  const options = [
    ...["-D", fresh, "-U", "gatehouse", "-E", "UTF8"],
    // The builtin provider: the same order and the same lower case on every system, whatever its C library or ICU.
    ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(isWindows
      ? ["--auth=scram-sha-256", `--pwfile=${passwordFile}`]
      : ["--auth-local=trust", "--auth-host=reject"]),
  ];
  try {
    await run(binaries.initdb, options, { ...user, cwd: place.home, env: environment(), windowsHide: true });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    const line = said.split("\n").find((text) => /error|fatal|could not/i.test(text)) ?? said.split("\n")[0] ?? "";
    await rm(fresh, { recursive: true, force: true });
    throw new StartError(`DATA_DIR: the database cannot be made in ${place.cluster}: ${line.trim()}`, { cause: error });
  }
  await rename(fresh, place.cluster);
}

/** What the server's processes see of the environment: nothing of ours, which holds secrets. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  const kept = { PATH, SystemRoot, TEMP, TMP };
  // NODE_ENV is in the type of Next's augmented ProcessEnv and means nothing to PostgreSQL.
  return { ...kept, LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;
}

async function makeDirectory(directory: string, mode: number): Promise<void> {
  try {
    const made = await mkdir(directory, { recursive: true, mode });
    // mkdir's mode passes through the umask, which must not close the directory to the database's user.
    if (made !== undefined) await chmod(directory, mode);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`DATA_DIR: ${directory} cannot be made: ${why}`, { cause: error });
  }
}
