import type { Actor } from "@/lib/actor";
import type { Config } from "@/server/config";
import { Batched } from "@/server/db/batched";
import type { Database } from "@/server/db/client";
import { type OpenToken, openToken, readCookie, Token } from "./cookie";
import { type GrantRow, toActorGrants } from "./grant";
import { strongestRole } from "./role";

/** A session ends then, however busy it is. */
export const sessionDays = 14;
export const sessionSeconds = sessionDays * 24 * 60 * 60;

/** next-auth's own name of the cookie; the prefix makes browsers refuse it from anywhere but https. */
export function sessionCookieName(config: Config): string {
  return isSecure(config) ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** Do browsers reach the desk over https? */
export function isSecure(config: Config): boolean {
  return config.publicUrl.protocol === "https:";
}

/**
 * Who is calling, from the cookie header; null when nobody is signed in: no cookie, a forged or expired one, a session
 * that was revoked or ran out, an operator who was disabled. Asked again on each call, nothing is remembered.
 * @param meta where this call comes from, for the record.
 */
export async function readSession(
  database: Database,
  config: Config,
  cookieHeader: string | undefined,
  meta: { address: string; userAgent: string },
  open: OpenToken = openToken,
): Promise<Actor | null> {
  const token = await readToken(config, cookieHeader, open);
  const session = token === null ? null : await sessions.ask(database, token);
  if (session === null) return null;
  if (session.isStale) await touch(database, session.id);
  return {
    kind: "operator",
    id: session.operatorId,
    name: session.name,
    role: strongestRole(session.grants.map((grant) => grant.roleId)),
    sessionId: session.id,
    address: meta.address,
    userAgent: meta.userAgent,
    grants: toActorGrants(session.grants),
  };
}

/** Is this pair of session and operator, as a token names them, still good? */
export async function isSessionAlive(database: Database, token: unknown): Promise<boolean> {
  const parsed = Token.safeParse(token);
  return parsed.success && (await sessions.ask(database, parsed.data)) !== null;
}

async function readToken(config: Config, cookieHeader: string | undefined, open: OpenToken): Promise<Token | null> {
  const sealed = readCookie(cookieHeader, sessionCookieName(config));
  return sealed === null ? null : await open(sealed, config.secret);
}

interface SessionRow {
  asked: number;
  id: string;
  operatorId: string;
  name: string;
  isStale: boolean;
  roleId: string | null;
  botId: string | null;
  permissions: string[] | null;
}

interface FoundSession {
  id: string;
  operatorId: string;
  name: string;
  isStale: boolean;
  grants: GrantRow[];
}

/** When something changes, every screen calls at the same moment: all their sessions are then read with one statement. */
const sessions = new Batched<Database, Token, FoundSession | null>(findSessions);

/** One statement on purpose: it runs on every call, and Prisma would ask four times. */
async function findSessions(database: Database, tokens: readonly Token[]): Promise<(FoundSession | null)[]> {
  const [sids, subs] = [tokens.map(({ sid }) => sid), tokens.map(({ sub }) => sub)];
  const rows = await database.$queryRaw<SessionRow[]>`
    select asked."at"::int as "asked", s."id", s."operatorId", o."name",
           s."lastSeenAt" < now() - interval '1 minute' as "isStale", g."roleId", g."botId", r."permissions"
    from unnest(${sids}::uuid[], ${subs}::uuid[]) with ordinality as asked ("sid", "sub", "at")
    join "Session" s on s."id" = asked."sid" and s."operatorId" = asked."sub"
    join "Operator" o on o."id" = s."operatorId"
    left join "Grant" g on g."operatorId" = o."id"
    left join "Role" r on r."id" = g."roleId"
    where s."revokedAt" is null and s."expiresAt" > now() and o."disabledAt" is null
    order by asked."at", g."id"`;
  const found: (FoundSession | null)[] = tokens.map(() => null);
  for (const { asked, id, operatorId, name, isStale, roleId, botId, permissions } of rows) {
    const session = found[asked - 1] ?? { id, operatorId, name, isStale, grants: [] };
    if (roleId !== null) session.grants.push({ roleId, botId, permissions: permissions ?? [] });
    found[asked - 1] = session;
  }
  return found;
}

/** The condition is repeated so that of many calls at the same moment one writes. */
async function touch(database: Database, id: string): Promise<void> {
  await database.$executeRaw`
    update "Session" set "lastSeenAt" = now()
    where "id" = ${id}::uuid and "lastSeenAt" < now() - interval '1 minute'`;
}
