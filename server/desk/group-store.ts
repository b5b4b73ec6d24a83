import { toLine } from "@/server/audit/line";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { Group } from "@/server/platforms/entity";
import { lockRoster, touchRoster } from "./roster";

/** As a list is stored (roster-store.ts). */
const most = { name: 200, text: 1_000, address: 2_000 };

/** What is known of a group beside its id; what is left out or null is not told and stays as it is. */
export type GroupPatch = Pick<Group, "id"> & Partial<Omit<Group, "id" | "raw">>;

/**
 * Writes what was learnt of one group of a list; nothing when it is in none. Open screens are told when it changed
 * anything, and a reading of the list that is under way does not undo it.
 */
export async function patchGroup(database: Database, botId: string, patch: GroupPatch): Promise<void> {
  await database.$transaction(async (tx) => {
    await lockRoster(tx, { botId, kind: "groups", groupId: "" });
    const where = { botId_groupId: { botId, groupId: patch.id } };
    const row = await tx.knownGroup.findUnique({ where });
    if (!row) return;
    const next = {
      name: patch.name === undefined ? row.name : toLine(patch.name, most.name),
      remark: line(patch.remark) ?? row.remark,
      intro: line(patch.intro, most.text) ?? row.intro,
      avatar: line(patch.avatar, most.address) ?? row.avatar,
      ownerId: line(patch.ownerId) ?? row.ownerId,
      ownRole: patch.ownRole ?? row.ownRole,
      memberCount: patch.memberCount ?? row.memberCount,
      memberLimit: patch.memberLimit ?? row.memberLimit,
      isMuted: patch.isMuted ?? row.isMuted,
    };
    const searchText = [next.name, next.remark, row.groupId].filter(Boolean).join("\n").toLowerCase();
    const after: typeof row = { ...row, ...next, searchText };
    // Both have the same columns in the same order.
    if (JSON.stringify(after) === JSON.stringify(row)) return;
    await tx.knownGroup.update({ where, data: { ...next, searchText } });
    await touchRoster(tx, { botId, kind: "groups", groupId: "" });
  });
}

/** The account is in that group no more: it leaves the list, and its members are forgotten. */
export async function forgetGroup(tx: Prisma.TransactionClient, botId: string, groupId: string): Promise<void> {
  await lockRoster(tx, { botId, kind: "members", groupId });
  await lockRoster(tx, { botId, kind: "groups", groupId: "" });
  await tx.knownMember.deleteMany({ where: { botId, groupId } });
  await tx.roster.deleteMany({ where: { botId, kind: "members", groupId } });
  const { count } = await tx.knownGroup.deleteMany({ where: { botId, groupId } });
  if (count > 0) await touchRoster(tx, { botId, kind: "groups", groupId: "" });
}

function line(text: string | null | undefined, limit = most.name): string | null {
  return text === null || text === undefined ? null : toLine(text, limit);
}
