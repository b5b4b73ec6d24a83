import { type Actor, type ActorGrant, can } from "@/lib/actor";
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

/**
 * May `actor` hand out this role on this scope? Only who holds every permission of it there: nobody makes anybody, or
 * themselves, stronger than they are. So an admin, who lacks `owners.manage`, makes no owners.
 */
export function canGrant(actor: Actor, role: { permissions: readonly string[] }, botId: string | null): boolean {
  const granted = toActorGrants([{ roleId: "", botId, permissions: role.permissions }]);
  return granted.every((grant) => grant.permissions.every((name) => can(actor, name, grant.botId)));
}

/**
 * Serialises every change of who may do what: checks made after it stay true until the transaction ends. The owner
 * role's row stands for all of them; this lock mode lets grants go on referring to it.
 */
export async function lockAccess(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$queryRaw`select "id" from "Role" where "id" = 'owner' for no key update`;
}

/** `actor` with the grants they hold now and not when the call began: one who was just disabled cannot strike back. */
export async function refreshActor(tx: Prisma.TransactionClient, actor: Actor): Promise<Actor> {
  if (actor.kind === "system") return actor;
  return { ...actor, grants: actor.id === null ? [] : await readGrants(tx, actor.id) };
}
