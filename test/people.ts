import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/actor";
import { readGrants } from "@/server/auth/grant";
import { hashPassword } from "@/server/auth/password";
import { ensureBuiltInRoles, strongestRole } from "@/server/auth/role";
import type { Database } from "@/server/db/client";

/** The password of everybody in these tests. */
export const goodPassword = "7301-fern-otter-lamp";

export const visitor: Actor = {
  kind: "visitor",
  id: null,
  name: "",
  role: null,
  sessionId: null,
  address: "192.0.2.1",
  userAgent: "test",
  grants: [],
};

export interface TestOperator {
  id: string;
  email: string;
  /** With the grants and, if wanted, the session of this moment. */
  actor(sessionId?: string | null): Promise<Actor>;
}

let passwordHash: Promise<string> | null = null;

/** Writes an operator directly, with `goodPassword` and these grants (a role's name is that role on the whole desk). */
export async function addOperator(
  database: Database,
  ...grants: (string | { roleId: string; botId: string })[]
): Promise<TestOperator> {
  await ensureBuiltInRoles(database);
  passwordHash ??= hashPassword(goodPassword);
  const id = uuid();
  const email = `${id}@example.test`;
  const rows = grants.map((grant) => (typeof grant === "string" ? { roleId: grant, botId: null } : grant));
  await database.operator.create({
    data: { id, name: `Operator ${id.slice(-4)}`, email, passwordHash: await passwordHash, grants: { create: rows } },
  });
  return {
    id,
    email,
    actor: async (sessionId = null) => ({
      kind: "operator",
      id,
      name: `Operator ${id.slice(-4)}`,
      role: strongestRole(rows.map(({ roleId }) => roleId)),
      sessionId,
      address: "192.0.2.1",
      userAgent: "test",
      grants: await readGrants(database, id),
    }),
  };
}

/** A session row as a sign-in would leave it. */
export async function addSession(database: Database, operatorId: string): Promise<string> {
  const { id } = await database.session.create({
    data: { operatorId, expiresAt: new Date(Date.now() + 86_400_000), address: "192.0.2.1", userAgent: "test" },
  });
  return id;
}

export async function addBot(database: Database, name = "Reception"): Promise<string> {
  const { id } = await database.bot.create({ data: { name, platform: "napcat", connection: {} } });
  return id;
}
