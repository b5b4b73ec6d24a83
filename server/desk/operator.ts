import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { canGrant, lockAccess, readGrants, refreshActor } from "@/server/auth/grant";
import { isDeskOnly } from "@/server/auth/role";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

export interface OperatorRow {
  id: string;
  name: string;
  email: string;
  isDisabled: boolean;
  createdAt: Date;
  lastSeenAt: Date | null;
  grants: { id: string; roleId: string; botId: string | null; botName: string | null }[];
  /** May who asks change this operator? */
  canManage: boolean;
}

/** A role on a scope, as it is set and as the record keeps it. */
export interface GrantInput {
  roleId: string;
  botId: string | null;
}

type Target = Prisma.OperatorGetPayload<{ include: { grants: { include: { role: true } } } }>;

/** Everybody with an account, disabled ones included, in order of name. */
export async function listOperators(database: Database, actor: Actor): Promise<OperatorRow[]> {
  const rows = await database.operator.findMany({
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: {
      grants: { include: { role: true, bot: { select: { name: true } } }, orderBy: { id: "asc" } },
      sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: "desc" }, take: 1 },
    },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    isDisabled: row.disabledAt !== null,
    createdAt: row.createdAt,
    lastSeenAt: row.sessions[0]?.lastSeenAt ?? null,
    grants: row.grants.map(({ id, roleId, botId, bot }) => ({ id, roleId, botId, botName: bot?.name ?? null })),
    canManage: mayManage(actor, row),
  }));
}

/**
 * Replaces everything an operator may do.
 * @throws DeskError `not_found` (operator or bot), `invalid_input` (unknown role; a role that steers the desk on one
 *   bot), `forbidden` (an owner, oneself, or a role stronger than one's own), `last_owner`.
 */
export async function setGrants(
  database: Database,
  actor: Actor,
  input: { id: string; grants: readonly GrantInput[] },
): Promise<{ name: string; before: GrantInput[]; after: GrantInput[] }> {
  const after = unique(input.grants);
  return await database.$transaction(async (tx) => {
    const { target, manager } = await openTarget(tx, actor, input.id, after.some(isOwnership));
    await checkGrants(tx, manager, after);
    const kept = target.grants.filter((grant) => after.some((wanted) => isSame(grant, wanted)));
    const added = after.filter((wanted) => !kept.some((grant) => isSame(grant, wanted)));
    await tx.grant.deleteMany({ where: { operatorId: target.id, id: { notIn: kept.map(({ id }) => id) } } });
    await tx.grant.createMany({ data: added.map((grant) => ({ ...grant, operatorId: target.id })) });
    await revokeInvites(tx, target.id);
    await announce(tx, target.id);
    return { name: target.name, before: target.grants.map(({ roleId, botId }) => ({ roleId, botId })), after };
  });
}

/**
 * Shuts an operator out, at once: all sessions end, open invites of theirs are taken back. The name stays in the record.
 * @throws DeskError `not_found`, `forbidden` (an owner, oneself), `last_owner`.
 */
export async function disableOperator(database: Database, actor: Actor, id: string): Promise<{ name: string }> {
  return await database.$transaction(async (tx) => {
    const { target } = await openTarget(tx, actor, id, false);
    await tx.operator.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: new Date() } });
    await tx.session.updateMany({ where: { operatorId: id, revokedAt: null }, data: { revokedAt: new Date() } });
    await revokeInvites(tx, id);
    await announce(tx, id);
    return { name: target.name };
  });
}

/** Lets a disabled operator in again, with the grants they had. Throws DeskError `not_found`, `forbidden`. */
export async function enableOperator(database: Database, actor: Actor, id: string): Promise<{ name: string }> {
  return await database.$transaction(async (tx) => {
    const { target } = await openTarget(tx, actor, id, true);
    await tx.operator.update({ where: { id }, data: { disabledAt: null } });
    await announce(tx, id);
    return { name: target.name };
  });
}

/**
 * Locks, reads who is to be changed, and checks that it may happen, with the rights its author holds at this moment.
 * @param staysOwner whether the target, if an owner, is one afterwards too.
 */
async function openTarget(
  tx: Prisma.TransactionClient,
  actor: Actor,
  id: string,
  staysOwner: boolean,
): Promise<{ target: Target; manager: Actor }> {
  await lockAccess(tx);
  const manager = await refreshActor(tx, actor);
  if (!can(manager, "operators.manage", null)) throw new DeskError("forbidden");
  const target = await tx.operator.findUnique({ where: { id }, include: { grants: { include: { role: true } } } });
  if (target === null) throw new DeskError("not_found");
  if (!mayTouch(manager, target)) throw new DeskError("forbidden", { reason: "owner" });
  if (!staysOwner && isOwner(target) && target.disabledAt === null) {
    const others = await tx.operator.count({
      where: { id: { not: id }, disabledAt: null, grants: { some: { roleId: "owner", botId: null } } },
    });
    if (others === 0) throw new DeskError("last_owner");
  }
  if (manager.id === id) throw new DeskError("forbidden", { reason: "self" });
  return { target, manager };
}

async function checkGrants(tx: Prisma.TransactionClient, manager: Actor, grants: readonly GrantInput[]): Promise<void> {
  const roles = await tx.role.findMany({ where: { id: { in: grants.map(({ roleId }) => roleId) } } });
  const botIds = [...new Set(grants.flatMap(({ botId }) => botId ?? []))];
  if ((await tx.bot.count({ where: { id: { in: botIds } } })) !== botIds.length) throw new DeskError("not_found");
  for (const { roleId, botId } of grants) {
    const role = roles.find(({ id }) => id === roleId);
    if (role === undefined) throw new DeskError("invalid_input", { field: "grants" });
    if (botId !== null && isDeskOnly(roleId)) throw new DeskError("invalid_input", { field: "grants" });
    if (!canGrant(manager, role, botId)) throw new DeskError("forbidden", { reason: "role" });
  }
}

/** An open invite must not give what its maker could no longer give: else a demoted admin keeps a way back in. */
async function revokeInvites(tx: Prisma.TransactionClient, operatorId: string): Promise<void> {
  const grants = await readGrants(tx, operatorId);
  const maker: Actor = {
    kind: "operator",
    id: operatorId,
    name: "",
    role: null,
    sessionId: null,
    address: null,
    userAgent: null,
    grants,
  };
  const open = await tx.invite.findMany({
    where: { createdById: operatorId, usedAt: null, revokedAt: null },
    include: { role: true },
  });
  const stray = open.filter(
    (invite) => !can(maker, "operators.manage", null) || !canGrant(maker, invite.role, invite.botId),
  );
  await tx.invite.updateMany({ where: { id: { in: stray.map(({ id }) => id) } }, data: { revokedAt: new Date() } });
}

function announce(tx: Prisma.TransactionClient, id: string): Promise<void> {
  return publishIn(tx, { topic: "operator", id, botId: null, version: 1 });
}

function mayManage(actor: Actor, target: { id: string; grants: readonly GrantInput[] }): boolean {
  return can(actor, "operators.manage", null) && actor.id !== target.id && mayTouch(actor, target);
}

function mayTouch(actor: Actor, target: { grants: readonly GrantInput[] }): boolean {
  return !isOwner(target) || can(actor, "owners.manage", null);
}

function isOwner(operator: { grants: readonly GrantInput[] }): boolean {
  return operator.grants.some(isOwnership);
}

function isOwnership({ roleId, botId }: GrantInput): boolean {
  return roleId === "owner" && botId === null;
}

function isSame(one: GrantInput, other: GrantInput): boolean {
  return one.roleId === other.roleId && one.botId === other.botId;
}

/** The database's unique index lets whole-desk grants repeat, because null equals nothing there. */
function unique(grants: readonly GrantInput[]): GrantInput[] {
  return grants
    .filter((grant, index) => grants.findIndex((other) => isSame(other, grant)) === index)
    .map(({ roleId, botId }) => ({ roleId, botId }));
}
