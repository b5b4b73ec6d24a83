import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import type { Config } from "@/server/config";
import type { Database } from "@/server/db/client";
import { type GrantRow, toActorGrants } from "./grant";
import { strongestRole } from "./role";

/** A session ends then, however busy it is. */
export const sessionDays = 14;
export const sessionSeconds = sessionDays * 24 * 60 * 60;

/** All that the cookie says. Everything else is read from the database, so that it can be taken away at once. */
const Token = z.object({ sid: z.uuid(), sub: z.uuid() });

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
): Promise<Actor | null> {
  const token = await readToken(config, cookieHeader);
  const session = token === null ? null : await findSession(database, token);
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
  return parsed.success && (await findSession(database, parsed.data)) !== null;
}

async function readToken(config: Config, cookieHeader: string | undefined): Promise<z.infer<typeof Token> | null> {
  const sealed = readCookie(cookieHeader, sessionCookieName(config));
  if (sealed === null) return null;
  try {
    return Token.parse(await decode({ token: sealed, secret: config.secret }));
  } catch {
    return null;
  }
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

interface SessionRow {
  id: string;
  operatorId: string;
  name: string;
  isStale: boolean;
  roleId: string | null;
  botId: string | null;
  permissions: string[] | null;
}

/** One statement on purpose: it runs on every call, and Prisma would ask four times. */
async function findSession(database: Database, { sid, sub }: z.infer<typeof Token>) {
  const rows = await database.$queryRaw<SessionRow[]>`
    select s."id", s."operatorId", o."name", s."lastSeenAt" < now() - interval '1 minute' as "isStale",
           g."roleId", g."botId", r."permissions"
    from "Session" s
    join "Operator" o on o."id" = s."operatorId"
    left join "Grant" g on g."operatorId" = o."id"
    left join "Role" r on r."id" = g."roleId"
    where s."id" = ${sid}::uuid and s."operatorId" = ${sub}::uuid
      and s."revokedAt" is null and s."expiresAt" > now() and o."disabledAt" is null
    order by g."id"`;
  const [first] = rows;
  if (first === undefined) return null;
  const grants = rows.flatMap(({ roleId, botId, permissions }): GrantRow[] =>
    roleId === null ? [] : [{ roleId, botId, permissions: permissions ?? [] }],
  );
  return { id: first.id, operatorId: first.operatorId, name: first.name, isStale: first.isStale, grants };
}

/** The condition is repeated so that of many calls at the same moment one writes. */
async function touch(database: Database, id: string): Promise<void> {
  await database.$executeRaw`
    update "Session" set "lastSeenAt" = now()
    where "id" = ${id}::uuid and "lastSeenAt" < now() - interval '1 minute'`;
}
