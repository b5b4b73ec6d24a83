import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { StartError } from "@/server/start-error";

/** Whom the database server runs as when Gatehouse itself is root, which PostgreSQL refuses. */
export interface User {
  uid: number;
  gid: number;
}

/**
 * Chooses that user: a `gatehouse` or `postgres` account when the administrator made one, else `nobody`. It must be in
 * the password file, for initdb looks itself up there. Null when Gatehouse is not root (or has no users: Windows).
 * @throws StartError when root has nobody to become.
 */
export async function chooseUser(): Promise<User | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = new Map<string, User>();
  for (const line of (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name !== undefined && Number(uid) > 0) accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  const user = accounts.get("gatehouse") ?? accounts.get("nobody") ?? accounts.get("postgres");
  if (user !== undefined) return user;
  throw new StartError(
    "PostgreSQL does not run as root, and there is no account named gatehouse, nobody or postgres to run it as. Start Gatehouse as another user, or set DATABASE_URL.",
  );
}

/** May `user` pass every directory above `file` and read `file` itself? By mode bits; ACLs are not looked at. */
export async function canReach(file: string, user: User): Promise<boolean> {
  const steps = [path.resolve(file)];
  for (let at = path.resolve(file); path.dirname(at) !== at; at = path.dirname(at)) steps.push(path.dirname(at));
  for (const [index, step] of steps.entries()) {
    const info = await stat(step).catch(() => null);
    if (info === null) return false;
    const shift = info.uid === user.uid ? 6 : info.gid === user.gid ? 3 : 0;
    const needed = index === 0 && !info.isDirectory() ? 4 : 1;
    if (((info.mode >> shift) & needed) !== needed) return false;
  }
  return true;
}
