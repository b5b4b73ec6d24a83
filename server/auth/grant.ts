import type { ActorGrant } from "@/lib/actor";
import { type Permission, permissionNames, permissions } from "@/lib/permissions";
import type { Prisma } from "@/server/db/generated/client";

/** A grant joined with its role, as the database has it: the names may be older or newer than this code. */
export interface GrantRow {
  roleId: string;
  botId: string | null;
  permissions: readonly string[];
}

/**
 * What the rows really allow. A name the code does not know grants nothing; a permission about the whole desk grants
 * nothing when its role is held on one bot only. The own account belongs to whoever can sign in, whatever else they hold.
 */
export function toActorGrants(rows: readonly GrantRow[]): ActorGrant[] {
  const grants = rows.map(({ roleId, botId, permissions: names }) => ({
    roleId,
    botId,
    permissions: permissionNames.filter(
      (name) => names.includes(name) && (botId === null || permissions[name].scope === "bot"),
    ),
  }));
  const self: Permission = "account.self";
  const hasSelf = grants.some((grant) => grant.botId === null && grant.permissions.includes(self));
  return hasSelf ? grants : [...grants, { roleId: "self", botId: null, permissions: [self] }];
}

/** The grants an operator holds at this moment; none when disabled or unknown. */
export async function readGrants(tx: Prisma.TransactionClient, operatorId: string): Promise<ActorGrant[]> {
  const operator = await tx.operator.findFirst({
    where: { id: operatorId, disabledAt: null },
    select: { grants: { select: { roleId: true, botId: true, role: { select: { permissions: true } } } } },
  });
  if (operator === null) return [];
  return toActorGrants(operator.grants.map(({ role, ...grant }) => ({ ...grant, permissions: role.permissions })));
}
