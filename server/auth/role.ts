import { builtInRoles } from "@/lib/permissions";
import { type BuiltInRole, builtInRoleNames } from "@/lib/role";
import type { Database } from "@/server/db/client";

/** Roles that steer the desk itself; on a single bot they would mean nothing but look like something. */
const deskOnlyRoles: ReadonlySet<string> = new Set<BuiltInRole>(["owner", "admin"]);

/** May this role be granted for one bot? */
export function isDeskOnly(roleId: string): boolean {
  return deskOnlyRoles.has(roleId);
}

/** The strongest of some roles, for the record: the built-in ones in their order, else the first; null for none. */
export function strongestRole(roleIds: readonly string[]): string | null {
  return builtInRoleNames.find((name) => roleIds.includes(name)) ?? roleIds[0] ?? null;
}

/** Writes the four built-in roles as the code knows them. Run at each start; harmless when instances start together. */
export async function ensureBuiltInRoles(database: Database): Promise<void> {
  for (const id of builtInRoleNames) {
    const permissions = [...builtInRoles[id]];
    await database.role.upsert({
      where: { id },
      create: { id, permissions, isBuiltIn: true },
      update: { permissions, isBuiltIn: true },
    });
  }
}
