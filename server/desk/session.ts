import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { isTimeZone, type Locale } from "@/lib/locale";
import { checkPassword, hashPassword, type Verify, verifyPassword, weakPassword } from "@/server/auth/password";
import { forgive, passwordChangeKeys, takeAttempt } from "@/server/auth/throttle";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

export interface SessionRow {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  address: string;
  userAgent: string;
  /** Is it the one that asks? */
  isCurrent: boolean;
}

/** Where this operator is signed in now, last used first. */
export async function listSessions(database: Database, actor: Actor): Promise<SessionRow[]> {
  const rows = await database.session.findMany({
    where: { operatorId: self(actor), revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    select: { id: true, createdAt: true, lastSeenAt: true, address: true, userAgent: true },
  });
  return rows.map((row) => ({ ...row, isCurrent: row.id === actor.sessionId }));
}

/** Ends one of the operator's own sessions, the current one too. Throws DeskError `not_found`, also for another's. */
export async function revokeSession(database: Database, actor: Actor, id: string): Promise<void> {
  const count = await database.$transaction((tx) => revoke(tx, { id, operatorId: self(actor) }));
  if (count === 0) throw new DeskError("not_found");
}

/** Ends all of the operator's sessions but the one that asks; answers how many. */
export async function revokeOtherSessions(database: Database, actor: Actor): Promise<{ count: number }> {
  return { count: await database.$transaction((tx) => revoke(tx, others(actor))) };
}

/**
 * Sets a new password and ends all other sessions: whoever got in with the old one is out.
 * @param verify replaced in tests, which count the work done.
 * @throws DeskError `throttled` with `seconds`, `bad_credentials` (the current one is wrong), `weak_password`,
 *   `conflict` (it was changed elsewhere meanwhile).
 */
export async function changePassword(
  database: Database,
  actor: Actor,
  { current, next }: { current: string; next: string },
  verify: Verify = verifyPassword,
): Promise<{ count: number }> {
  const id = self(actor);
  const keys = passwordChangeKeys(id);
  const seconds = await takeAttempt(database, keys);
  if (seconds > 0) throw new DeskError("throttled", { seconds });
  const operator = await database.operator.findUniqueOrThrow({ where: { id } });
  if (!(await verify(operator.passwordHash, current))) throw new DeskError("bad_credentials");
  await forgive(database, keys);
  if (next.normalize("NFKC") === current.normalize("NFKC")) throw weakPassword("unchanged");
  checkPassword(next, [operator.name, operator.email]);
  const passwordHash = await hashPassword(next);
  return await database.$transaction(async (tx) => {
    // First the operator's row, which a sign-in under way locks as well: its session is either seen below or refused.
    const { count } = await tx.operator.updateMany({
      where: { id, passwordHash: operator.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw new DeskError("conflict");
    return { count: await revoke(tx, others(actor)) };
  });
}

/** The language the operator chose; null follows the browser. */
export async function setLocale(database: Database, actor: Actor, locale: Locale | null): Promise<void> {
  await database.operator.update({ where: { id: self(actor) }, data: { locale } });
}

/** The zone in which the operator reads times; null follows the browser. Throws DeskError `invalid_input` for no zone. */
export async function setTimeZone(database: Database, actor: Actor, timeZone: string | null): Promise<void> {
  if (timeZone !== null && !isTimeZone(timeZone)) throw new DeskError("invalid_input", { field: "timeZone" });
  const id = self(actor);
  await database.$transaction(async (tx) => {
    await tx.operator.update({ where: { id }, data: { timeZone } });
    await publishIn(tx, { topic: "operator", id, botId: null, version: 1 });
  });
}

function others(actor: Actor): Prisma.SessionWhereInput {
  return { operatorId: self(actor), ...(actor.sessionId === null ? {} : { id: { not: actor.sessionId } }) };
}

/** Each end is told, so that open screens of that session close at once. */
async function revoke(tx: Prisma.TransactionClient, where: Prisma.SessionWhereInput): Promise<number> {
  const ended = await tx.session.updateManyAndReturn({
    where: { ...where, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true },
  });
  for (const { id } of ended) await publishIn(tx, { topic: "session", id, botId: null, version: 1 });
  return ended.length;
}

/** These functions are about the operator who calls them; the desk itself has no account. */
function self(actor: Actor): string {
  if (actor.id === null) throw new DeskError("signed_out");
  return actor.id;
}
