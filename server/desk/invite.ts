import { v7 as uuid } from "uuid";
import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { canGrant, lockAccess, refreshActor } from "@/server/auth/grant";
import { createOperator, type Person, preparePerson } from "@/server/auth/person";
import { isDeskOnly } from "@/server/auth/role";
import { createToken, hashToken } from "@/server/auth/token";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";

export const defaultInviteHours = 72;
export const maximumInviteHours = 30 * 24;

export interface InviteRow {
  id: string;
  label: string;
  role: string;
  botId: string | null;
  botName: string | null;
  createdByName: string;
  createdAt: Date;
  expiresAt: Date;
  state: "open" | "used" | "expired" | "revoked";
}

export interface InviteInput {
  role: string;
  botId: string | null;
  label: string;
  /** How long it is good for: 1 to 720. */
  hours: number;
}

/** The newest invites, at most 200; tokens are not among what is known of them. */
export async function listInvites(database: Database): Promise<InviteRow[]> {
  const rows = await database.invite.findMany({
    orderBy: { id: "desc" },
    take: 200,
    include: { bot: { select: { name: true } } },
  });
  const creators = await database.operator.findMany({
    where: { id: { in: rows.map((row) => row.createdById) } },
    select: { id: true, name: true },
  });
  const now = new Date();
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    role: row.roleId,
    botId: row.botId,
    botName: row.bot?.name ?? null,
    createdByName: creators.find((creator) => creator.id === row.createdById)?.name ?? "",
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    state: row.usedAt ? "used" : row.revokedAt ? "revoked" : row.expiresAt <= now ? "expired" : "open",
  }));
}

/**
 * Makes an invite. The token is in this answer and nowhere else.
 * @throws DeskError `invalid_input` (unknown role, a role that steers the desk on a single bot, hours out of range),
 *   `not_found` (the bot), `forbidden` (a role stronger than the inviter's own).
 */
export async function createInvite(
  database: Database,
  actor: Actor,
  { role: roleId, botId, label, hours }: InviteInput,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  if (!Number.isInteger(hours) || hours < 1 || hours > maximumInviteHours) {
    throw new DeskError("invalid_input", { field: "hours" });
  }
  if (botId !== null && isDeskOnly(roleId)) throw new DeskError("invalid_input", { field: "botId" });
  const token = createToken();
  return await database.$transaction(async (tx) => {
    await lockAccess(tx);
    const inviter = await refreshActor(tx, actor);
    if (inviter.id === null || !can(inviter, "operators.manage", null)) throw new DeskError("forbidden");
    const role = await tx.role.findUnique({ where: { id: roleId } });
    if (role === null) throw new DeskError("invalid_input", { field: "role" });
    if (!canGrant(inviter, role, botId)) throw new DeskError("forbidden", { reason: "role" });
    if (botId !== null && (await tx.bot.count({ where: { id: botId } })) === 0) throw new DeskError("not_found");
    const { id, expiresAt } = await tx.invite.create({
      data: {
        id: uuid(),
        tokenHash: hashToken(token),
        roleId,
        botId,
        label: label.trim().slice(0, 120),
        createdById: inviter.id,
        expiresAt: new Date(Date.now() + hours * 3_600_000),
      },
    });
    await publishIn(tx, { topic: "operator", id: inviter.id, botId: null, version: 1 });
    return { id, token, expiresAt };
  });
}

/** What an invited person is shown before they answer. Throws DeskError `invite_invalid`: unknown, used, expired, revoked. */
export async function previewInvite(
  database: Database,
  token: string,
): Promise<{ role: string; botName: string | null; inviterName: string; expiresAt: Date }> {
  const invite = await findOpen(database, token);
  const inviter = await database.operator.findUnique({ where: { id: invite.createdById }, select: { name: true } });
  return {
    role: invite.roleId,
    botName: invite.bot?.name ?? null,
    inviterName: inviter?.name ?? "",
    expiresAt: invite.expiresAt,
  };
}

/**
 * Makes the account an invite is for. Good once: of two at the same moment one gets it. A refusal leaves it open.
 * @throws DeskError `invite_invalid`, `weak_password`, `email_taken`.
 */
export async function acceptInvite(
  database: Database,
  input: Person & { token: string },
): Promise<{ operatorId: string; email: string; name: string; role: string; botId: string | null }> {
  const invite = await findOpen(database, input.token);
  const person = await preparePerson(input);
  return await database.$transaction(async (tx) => {
    const operatorId = uuid();
    const { count } = await tx.invite.updateMany({
      where: { id: invite.id, usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date(), usedById: operatorId },
    });
    if (count === 0) throw new DeskError("invite_invalid");
    await createOperator(tx, operatorId, person, invite);
    await publishIn(tx, { topic: "operator", id: operatorId, botId: null, version: 1 });
    return { operatorId, email: person.email, name: person.name, role: invite.roleId, botId: invite.botId };
  });
}

/**
 * Takes an open invite back.
 * @throws DeskError `not_found`, `invite_invalid` (no longer open), `forbidden` (it makes somebody stronger than who
 *   revokes it).
 */
export async function revokeInvite(
  database: Database,
  actor: Actor,
  id: string,
): Promise<{ label: string; role: string }> {
  return await database.$transaction(async (tx) => {
    const invite = await tx.invite.findUnique({ where: { id }, include: { role: true } });
    if (invite === null) throw new DeskError("not_found");
    if (!canGrant(actor, invite.role, invite.botId)) throw new DeskError("forbidden", { reason: "role" });
    const { count } = await tx.invite.updateMany({
      where: { id, usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new DeskError("invite_invalid");
    await publishIn(tx, { topic: "operator", id: invite.createdById, botId: null, version: 1 });
    return { label: invite.label, role: invite.roleId };
  });
}

/** Found by its hash: a lookup by the token itself would compare it byte by byte. */
async function findOpen(database: Database, token: string) {
  const invite = await database.invite.findFirst({
    where: { tokenHash: hashToken(token), usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    include: { bot: { select: { name: true } } },
  });
  if (invite === null) throw new DeskError("invite_invalid");
  return invite;
}
