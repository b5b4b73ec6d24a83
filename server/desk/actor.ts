import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { type Permission, permissionNames, permissions } from "@/lib/permissions";
import type { Database } from "@/server/db/client";

/** The operator themselves, with what they may do: everywhere (`desk`), and on single bots beyond that (`bots`). */
export interface Self {
  operator: {
    id: string;
    name: string;
    email: string;
    locale: string | null;
    timeZone: string | null;
    role: string | null;
  };
  permissions: { desk: Permission[]; bots: Record<string, Permission[]> };
}

/** Throws DeskError `signed_out` when the account is gone. */
export async function getSelf(database: Database, actor: Actor): Promise<Self> {
  const row = actor.id === null ? null : await database.operator.findUnique({ where: { id: actor.id } });
  if (!row) throw new DeskError("signed_out");
  const bots: Record<string, Permission[]> = {};
  for (const { botId } of actor.grants) {
    if (botId === null) continue;
    bots[botId] = permissionNames.filter((name) => permissions[name].scope === "bot" && can(actor, name, botId));
  }
  return {
    operator: {
      id: row.id,
      name: row.name,
      email: row.email,
      locale: row.locale,
      timeZone: row.timeZone,
      role: actor.role,
    },
    permissions: { desk: permissionNames.filter((name) => can(actor, name, null)), bots },
  };
}

/**
 * Who can be asked for in the record. With the whole desk in sight that is everybody with an account, disabled ones
 * included; with some bots only those who hold a grant that covers one of them.
 */
export async function listActors(database: Database, scope: "all" | string[]): Promise<{ id: string; name: string }[]> {
  return await database.operator.findMany({
    where: scope === "all" ? {} : { grants: { some: { OR: [{ botId: null }, { botId: { in: scope } }] } } },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** An operator's name, for the record; null when there is no such operator. */
export async function nameOfOperator(database: Database, id: string): Promise<string | null> {
  const row = await database.operator.findUnique({ where: { id }, select: { name: true } });
  return row?.name ?? null;
}
